//! Reads claims and attributions where their articles state them, each text, label and
//! attribution once.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::Lookup;
use super::catalogue::Catalogue;
use super::claim::{Circumstance, Claim, ClaimPage, Passage, Voice, article_of};
use super::lookup::{Said, local_name};
use super::thing::Thing;
use super::whole::{UNSHOWN, Whole};
use crate::graph::vocabulary::{rdf, rel, rp, skos, xsd};
use crate::graph::{Characters, StoreError, offsets_of_passage};

/// So many claims of one proposition are shown, and so many that contradict one.
const MOST_ALIKE: usize = 200;

/// Reads claims.
pub(super) struct Reader<'r> {
    lookup: Lookup<'r>,
    catalogue: &'r Catalogue,
    /// The graph of an article of which much is read.
    whole: Option<Whole>,
    texts: RefCell<HashMap<NamedNode, Rc<Characters>>>,
    voices: RefCell<HashMap<NamedNode, Voice>>,
    labels: RefCell<HashMap<String, String>>,
}

impl<'r> Reader<'r> {
    /// Reads claims of any articles.
    pub(super) fn new(lookup: Lookup<'r>, catalogue: &'r Catalogue) -> Self {
        let (texts, voices, labels) = Default::default();
        Self { lookup, catalogue, whole: None, texts, voices, labels }
    }

    /// Reads most of what one article says, whose graph is read as a whole.
    pub(super) fn of(self, article: &NamedNode) -> Result<Self, StoreError> {
        Ok(Self { whole: Some(Whole::of(self.lookup, article)?), ..self })
    }

    /// The nodes with this part in their IRIs, in the graph that is read as a whole.
    pub(super) fn nodes(&self, part: &str) -> Vec<NamedNode> {
        self.whole.as_ref().map_or_else(Vec::new, |whole| whole.nodes(part))
    }

    /// Claims by their IRIs, in order; those that are none are passed over.
    pub(super) fn claims(&self, nodes: &[NamedNode]) -> Result<Vec<Claim>, StoreError> {
        let mut claims = Vec::new();
        for node in nodes {
            claims.extend(self.claim(node)?);
        }
        Ok(claims)
    }

    /// A claim; none where there is no such.
    pub(super) fn claim(&self, node: &NamedNode) -> Result<Option<Claim>, StoreError> {
        let said = self.said(node)?;
        let thing_of = |property| said.term(property).map(|term| self.thing(term)).transpose();
        let (Some(subject), Some(relation)) = (thing_of(rdf::SUBJECT)?, thing_of(rdf::PREDICATE)?)
        else {
            return Ok(None);
        };
        let evidence = said.node(rp::EVIDENCE);
        Ok(Some(Claim {
            iri: node.as_str().to_owned(),
            article: self.catalogue.get(article_of(node.as_str())).cloned(),
            subject,
            relation,
            object: self.object(&said)?,
            circumstances: self.circumstances(&said)?,
            polarity: name(said.term(rp::POLARITY)),
            modality: name(said.term(rp::MODALITY)),
            when: said.text(rp::WHEN),
            asserted: said.text(rp::ASSERTED).as_deref() == Some("true"),
            voices: self.voices(node)?,
            origin: thing_of(rp::ORIGIN)?,
            evidence: evidence.map(|passage| self.passage(passage)).transpose()?.flatten(),
            proposition: said.node(rp::EXPRESSES).map(|node| node.as_str().to_owned()),
        }))
    }

    /// What an article says of a node that is named below it.
    pub(super) fn said(&self, node: &NamedNode) -> Result<Cow<'_, Said>, StoreError> {
        let Some(graph) = self.graph_of(node) else { return Ok(Cow::default()) };
        match &self.whole {
            Some(whole) if whole.is_of(&graph) => {
                Ok(whole.said(node).map_or_else(Cow::default, Cow::Borrowed))
            }
            _ => self.lookup.said_in(&graph, node, &UNSHOWN).map(Cow::Owned),
        }
    }

    fn graph_of(&self, node: &NamedNode) -> Option<NamedNode> {
        self.lookup.store.iris().graph_of(node.as_str())
    }

    /// The object of a claim; none for "the troops left".
    fn object(&self, said: &Said) -> Result<Option<Thing>, StoreError> {
        let is_none = |term: &&Term| matches!(term, Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN);
        let object = said.term(rdf::OBJECT).filter(|term| !is_none(term));
        object.map(|term| self.thing(term)).transpose()
    }

    fn circumstances(&self, said: &Said) -> Result<Vec<Circumstance>, StoreError> {
        let mut all = Vec::new();
        for (property, term) in said.iter() {
            if let Some(role) = property.strip_prefix(rel::NAMESPACE) {
                all.push(Circumstance { role: role.to_owned(), value: self.thing(term)? });
            }
        }
        all.sort_by(|a, b| (&a.role, &a.value).cmp(&(&b.role, &b.value)));
        all.dedup();
        Ok(all)
    }

    /// The attributions of a claim, from the inside out.
    fn voices(&self, claim: &NamedNode) -> Result<Vec<Voice>, StoreError> {
        let mut open = self.attributions(claim)?;
        let mut chain: Vec<NamedNode> = Vec::new();
        while !open.is_empty() {
            let mut outer = Vec::new();
            for node in &open {
                outer.extend(self.said(node)?.nodes(rp::WITHIN));
            }
            // What another one stands within comes later.
            let (later, now): (Vec<_>, Vec<_>) = open.into_iter().partition(|n| outer.contains(n));
            let fresh: Vec<_> = now.into_iter().filter(|n| !chain.contains(n)).collect();
            if fresh.is_empty() {
                break;
            }
            chain.extend(fresh);
            open = later.into_iter().chain(outer).filter(|n| !chain.contains(n)).collect();
            open.sort_unstable();
            open.dedup();
        }
        chain.iter().map(|node| self.voice(node)).collect()
    }

    fn attributions(&self, claim: &NamedNode) -> Result<Vec<NamedNode>, StoreError> {
        let Some(graph) = self.graph_of(claim) else { return Ok(Vec::new()) };
        match &self.whole {
            Some(whole) if whole.is_of(&graph) => Ok(whole.attributions(claim.as_str())),
            _ => self.lookup.subjects_in(&graph, rp::CLAIM_OF, claim.as_ref().into()),
        }
    }

    /// An attribution.
    pub(super) fn voice(&self, node: &NamedNode) -> Result<Voice, StoreError> {
        if let Some(voice) = self.voices.borrow().get(node) {
            return Ok(voice.clone());
        }
        let said = self.said(node)?;
        let unnamed = match said.node(rp::SOURCE) {
            Some(source) => self.is_unnamed(source)?,
            None => true,
        };
        let voice = Voice {
            iri: node.as_str().to_owned(),
            source: said.term(rp::SOURCE).map(|term| self.thing(term)).transpose()?,
            unnamed,
            cue: said.node(rp::CUE).map(|cue| self.passage(cue)).transpose()?.flatten(),
            attitude: name(said.term(rp::ATTITUDE)),
            kind: name(said.term(rp::KIND)),
        };
        self.voices.borrow_mut().insert(node.clone(), voice.clone());
        Ok(voice)
    }

    /// Whether a source has no name.
    fn is_unnamed(&self, source: &NamedNode) -> Result<bool, StoreError> {
        if self.is_local(source.as_str()) {
            return Ok(self
                .said(source)?
                .nodes(rdf::TYPE)
                .iter()
                .any(|t| *t == rp::UNNAMED_SOURCE));
        }
        super::lookup::is_unnamed(self.lookup, source)
    }

    /// A term as something to be shown.
    pub(super) fn thing(&self, term: &Term) -> Result<Thing, StoreError> {
        Ok(match term {
            Term::NamedNode(node) => {
                Thing { iri: Some(node.as_str().to_owned()), label: self.label(node)? }
            }
            Term::Literal(literal) => Thing { iri: None, label: literal.value().to_owned() },
            other => Thing { iri: None, label: other.to_string() },
        })
    }

    /// What a node is called: what an article names itself by the article.
    fn label(&self, node: &NamedNode) -> Result<String, StoreError> {
        if !self.is_local(node.as_str()) {
            return self.lookup.label(node);
        }
        if let Some(label) = self.labels.borrow().get(node.as_str()) {
            return Ok(label.clone());
        }
        let label = self.own_label(node, skos::PREF_LABEL)?;
        let label = label.unwrap_or_else(|| local_name(node.as_str()).to_owned());
        self.labels.borrow_mut().insert(node.as_str().to_owned(), label.clone());
        Ok(label)
    }

    fn own_label(
        &self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<String>, StoreError> {
        let Some(graph) = self.graph_of(node) else { return Ok(None) };
        match &self.whole {
            Some(whole) if whole.is_of(&graph) => {
                Ok(whole.said(node).and_then(|said| said.text(property)))
            }
            _ => self.lookup.text_in(&graph, node, property),
        }
    }

    /// Whether a node is named below an article of the store.
    fn is_local(&self, node: &str) -> bool {
        let article = article_of(node);
        article.len() < node.len() && self.catalogue.get(article).is_some()
    }

    /// A passage, by its IRI and the text of its article.
    pub(super) fn passage(&self, node: &NamedNode) -> Result<Option<Passage>, StoreError> {
        let (Some((start, end)), Some(article)) =
            (offsets_of_passage(node.as_str()), self.graph_of(node))
        else {
            return Ok(None);
        };
        let text = self.text(&article)?;
        let words = text.bytes(start, end).and_then(|range| text.text().get(range));
        Ok(words.map(|words| Passage { start, end, text: words.to_owned() }))
    }

    /// The text of an article.
    pub(super) fn text(&self, article: &NamedNode) -> Result<Rc<Characters>, StoreError> {
        if let Some(text) = self.texts.borrow().get(article) {
            return Ok(Rc::clone(text));
        }
        let text = match self.whole.as_ref().filter(|whole| whole.is_of(article)) {
            Some(whole) => whole.said(article).and_then(|said| said.text(rp::TEXT)),
            None => self.lookup.text_in(article, article, rp::TEXT)?,
        };
        let text = Rc::new(Characters::of(text.unwrap_or_default()));
        self.texts.borrow_mut().insert(article.clone(), Rc::clone(&text));
        Ok(text)
    }
}

/// The name of a term of the vocabulary: `positive`.
fn name(term: Option<&Term>) -> String {
    match term {
        Some(Term::NamedNode(node)) => local_name(node.as_str()).to_owned(),
        _ => String::new(),
    }
}

/// Claims by their IRIs, in order; those that are none are passed over.
pub(in crate::serve) fn claims(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    nodes: &[NamedNode],
) -> Result<Vec<Claim>, StoreError> {
    Reader::new(lookup, catalogue).claims(nodes)
}

/// A claim with all that its page shows.
pub(in crate::serve) fn claim(
    lookup: Lookup<'_>,
    catalogue: &Catalogue,
    node: &NamedNode,
) -> Result<Option<ClaimPage>, StoreError> {
    let reader = Reader::new(lookup, catalogue);
    let Some(claim) = reader.claim(node)? else { return Ok(None) };
    let mut same = Vec::new();
    for proposition in lookup.nodes(node, rp::EXPRESSES)? {
        same.extend(lookup.subjects(rp::EXPRESSES, &proposition.into(), MOST_ALIKE)?);
    }
    same.retain(|other| other != node);
    let mut contrary = lookup.nodes(node, rp::CONTRADICTS)?;
    contrary.truncate(MOST_ALIKE);
    Ok(Some(ClaimPage {
        claim,
        appearances: reader.claims(&same)?,
        contradictions: reader.claims(&contrary)?,
    }))
}
