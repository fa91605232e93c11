//! Claims and attributions of an article.

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::super::ExportError;
use super::super::claims::{ArticleView, named_term, objects};
use super::article::passage;
use super::cell::{Cell, datatype, integer, last_part, local, words};
use super::{Table, Tables, first, needed, number};
use crate::graph::vocabulary::{rdf, rel, rp};

impl Tables<'_> {
    pub(super) fn claims(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        for claim in view.claims(false) {
            let cells = self.claim(view, &claim)?;
            self.push(Table::Claims, cells)?;
            self.qualifiers(view, &claim)?;
            for reporter in view.subjects(rp::REPORTS, &claim) {
                let [reporter, label] = self.named(view, Some(reporter))?;
                let cells = [Cell::from(&claim), Cell::from(&view.article), reporter, label];
                self.push(Table::Reports, cells)?;
            }
        }
        Ok(())
    }

    fn claim(
        &mut self,
        view: &ArticleView<'_>,
        claim: &NamedNode,
    ) -> Result<Vec<Cell>, ExportError> {
        let subject = needed(view, claim, rdf::SUBJECT)?;
        let [subject, subject_label] = self.named(view, named_term(subject))?;
        let relation = named_term(needed(view, claim, rdf::PREDICATE)?);
        self.relations.extend(relation.cloned());
        let [relation, relation_label] = self.named(view, relation)?;
        let object = self.value(view, needed(view, claim, rdf::OBJECT)?)?;
        let mut cells = vec![Cell::from(claim), Cell::from(&view.article), number(claim)];
        cells.extend([subject, subject_label, relation, relation_label]);
        cells.extend(object);
        cells.push(local(needed(view, claim, rp::POLARITY)?));
        cells.push(local(needed(view, claim, rp::MODALITY)?));
        cells.extend(time(first(view, claim, rp::WHEN)));
        cells.push((!view.objects(claim, rp::ASSERTED).is_empty()).into());
        cells.push(first(view, claim, rp::EXPRESSES).map(words).into());
        cells.extend(self.sources(view, claim)?);
        cells.push(first(view, claim, rp::RULE).map(words).into());
        cells.extend(evidence(view, claim)?);
        Ok(cells)
    }

    /// The attribution that a claim stands in, whose word it is, and where it is from.
    fn sources(
        &mut self,
        view: &ArticleView<'_>,
        claim: &NamedNode,
    ) -> Result<[Cell; 4], ExportError> {
        let attribution = view.subjects(rp::CLAIM_OF, claim).first().copied();
        let source = view.subjects(rp::STATED, claim).first().copied();
        let [source, label] = self.named(view, source)?;
        let origin = first(view, claim, rp::ORIGIN).map(words);
        Ok([attribution.into(), source, label, origin.into()])
    }

    fn qualifiers(&mut self, view: &ArticleView<'_>, claim: &NamedNode) -> Result<(), ExportError> {
        let is_qualifier = |p: &&NamedNode| p.as_str().starts_with(rel::NAMESPACE);
        let mut roles: Vec<&NamedNode> =
            view.about(claim).map(|triple| &triple.predicate).filter(is_qualifier).collect();
        roles.sort_unstable();
        roles.dedup();
        for role in roles {
            for value in view.objects(claim, role.as_ref()) {
                let head = [Cell::from(claim), Cell::from(&view.article)];
                let role = [Cell::from(last_part(role.as_str()))];
                let value = self.value(view, value)?;
                let cells = head.into_iter().chain(role).chain(value);
                self.push(Table::Qualifiers, cells)?;
            }
        }
        Ok(())
    }

    pub(super) fn attributions(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        for attribution in view.having(rp::ATTITUDE) {
            let cells = self.attribution(view, &attribution)?;
            self.push(Table::Attributions, cells)?;
            for content in view.objects(&attribution, rp::CONTENT) {
                let head = [Cell::from(&attribution), Cell::from(&view.article)];
                let cells = head.into_iter().chain(passage(view, Some(content)));
                self.push(Table::Contents, cells)?;
            }
        }
        Ok(())
    }

    fn attribution(
        &mut self,
        view: &ArticleView<'_>,
        node: &NamedNode,
    ) -> Result<Vec<Cell>, ExportError> {
        let source = view.nodes(node, rp::SOURCE).first().copied();
        let [source, label] = self.named(view, source)?;
        let [start, end, cue] = passage(view, first(view, node, rp::CUE));
        Ok(vec![
            node.into(),
            Cell::from(&view.article),
            number(node),
            source,
            label,
            local(needed(view, node, rp::KIND)?),
            local(needed(view, node, rp::ATTITUDE)?),
            local(needed(view, node, rp::POLARITY)?),
            first(view, node, rp::WITHIN).map(words).into(),
            cue,
            first(view, node, rp::CUE_LEMMA).map(words).into(),
            start,
            end,
            first(view, node, rp::RULE).map(words).into(),
        ])
    }

    /// The propositions that no article before this one expresses.
    pub(super) fn propositions(&mut self, view: &ArticleView<'_>) -> Result<(), ExportError> {
        let mut all: Vec<NamedNode> = Vec::new();
        for claim in view.claims(false) {
            all.extend(view.nodes(&claim, rp::EXPRESSES).into_iter().cloned());
        }
        all.sort_unstable();
        all.dedup();
        for proposition in all {
            if self.is_first(&view.article, &proposition)? {
                self.proposition(view, &proposition)?;
            }
        }
        Ok(())
    }

    /// Whether an article is the first of those written that expresses a proposition.
    fn is_first(&self, article: &NamedNode, proposition: &NamedNode) -> Result<bool, ExportError> {
        let (database, object) = (self.store.database(), Some(proposition.as_ref().into()));
        for quad in database.quads_for_pattern(None, Some(rp::EXPRESSES), object, None) {
            if let oxrdf::GraphName::NamedNode(other) =
                quad.map_err(|error| self.store.error(error))?.graph_name
                && other < *article
                && self.articles.binary_search(&other).is_ok()
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn proposition(
        &mut self,
        view: &ArticleView<'_>,
        proposition: &NamedNode,
    ) -> Result<(), ExportError> {
        let graph = self.store.iris().proposition_graph();
        let of = |property: NamedNodeRef<'_>| objects(self.store, proposition, property, &graph);
        let needed = |property: NamedNodeRef<'_>| {
            of(property)?.into_iter().next().ok_or_else(|| ExportError::Incomplete {
                node: proposition.clone(),
                property: property.into_owned(),
            })
        };
        let (subject, relation) = (needed(rp::SUBJECT)?, needed(rp::RELATION)?);
        let (object, origins) = (needed(rp::OBJECT)?, of(rp::ORIGIN)?);
        self.relations.extend(named_term(&relation).cloned());
        let subject = self.named(view, named_term(&subject))?;
        let relation = self.named(view, named_term(&relation))?;
        let object = self.value(view, &object)?;
        let head = [Cell::from(proposition)].into_iter().chain(subject).chain(relation);
        let count = |property: NamedNodeRef<'_>| -> Result<Cell, ExportError> {
            Ok(of(property)?.first().map_or(Cell::Empty, integer))
        };
        let counts = [count(rp::ARTICLES)?, count(rp::AFFIRMATIONS)?, count(rp::DENIALS)?];
        self.push(Table::Propositions, head.chain(object).chain(counts))?;
        self.origins(proposition, &origins)
    }

    /// Where a proposition of several articles comes from, or what claims of a story say.
    pub(super) fn origins(
        &mut self,
        node: &NamedNode,
        origins: &[Term],
    ) -> Result<(), ExportError> {
        for origin in origins.iter().filter_map(named_term) {
            let label = self.labels.shared(origin)?;
            if origin.as_str().starts_with(&self.store.iris().entities()) {
                self.entities.insert(origin.clone());
            }
            self.push(Table::Origins, [node.into(), origin.into(), label.into()])?;
        }
        Ok(())
    }
}

fn time(when: Option<&Term>) -> [Cell; 2] {
    match when {
        Some(term @ Term::Literal(literal)) => [words(term), datatype(literal).into()],
        _ => [Cell::Empty, Cell::Empty],
    }
}

/// The words that bear a claim out: of the clause, and where those of its parts stand.
fn evidence(view: &ArticleView<'_>, claim: &NamedNode) -> Result<Vec<Cell>, ExportError> {
    let mut cells = Vec::from(passage(view, Some(needed(view, claim, rp::EVIDENCE)?)));
    let parts =
        [rp::SUBJECT_EVIDENCE, rp::RELATION_EVIDENCE, rp::OBJECT_EVIDENCE, rp::WHEN_EVIDENCE];
    for part in parts {
        let [start, end, _] = passage(view, first(view, claim, part));
        cells.extend([start, end]);
    }
    Ok(cells)
}
