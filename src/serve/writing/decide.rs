//! What people decide about entities, sent by the forms of their pages.

use std::collections::BTreeSet;

use compact_str::CompactString;
use oxrdf::NamedNode;

use super::{Writer, open, unwritten};
use crate::curation::{self, Change, CurationError, Plan};
use crate::graph::Store;
use crate::pipeline::Pipeline;
use crate::resolve::{Authority, Decision, DecisionId, EntityKey, EntityNode, Verdict};
use crate::serve::fields::Fields;
use crate::serve::http::{Problem, Reply, Request};
use crate::text::{ArticleId, NameKind};

/// A form, with what it is put to.
struct Form<'f> {
    store: &'f Store,
    pipeline: &'f Pipeline,
    fields: &'f Fields,
}

/// Makes or undoes what a form says.
pub(super) fn decide(writer: &Writer, request: &Request) -> Result<Reply, Problem> {
    let fields = request.fields();
    let pipeline = writer.analyst.pipeline()?;
    let store = open(writer)?;
    let form = Form { store: &store, pipeline, fields: &fields };
    let (change, place) = form.change()?;
    let plan = Plan::of(&store, &change).map_err(|error| undecided(&error))?;
    plan.carry_out(&store, pipeline).map_err(|error| undecided(&error))?;
    store.flush().map_err(unwritten)?;
    Ok(Reply::see(place))
}

/// Why nothing was decided.
fn undecided(error: &CurationError) -> Problem {
    match error {
        CurationError::Store(error) => Problem::new(500, error.to_string()),
        CurationError::NoDecision(_) => Problem::new(404, error.to_string()),
        _ => Problem::new(409, error.to_string()),
    }
}

impl Form<'_> {
    /// What is to be changed, and the page that shows it.
    fn change(&self) -> Result<(Change, String), Problem> {
        let kind = self.needed("kind")?;
        if kind == "undo" {
            let given = self.needed("decision")?;
            let id = DecisionId::read(given.rsplit('/').next().unwrap_or(given));
            let id = id.ok_or_else(|| Problem::bad(format!("{given}: no id of a decision")))?;
            let change = Change { undone: [id].into(), ..Change::default() };
            return Ok((change, "/decisions".to_owned()));
        }
        let node = self.known("entity")?;
        let (decided, verdict, shown) = match kind {
            "merge" => self.merge(node)?,
            "split" => self.split(node)?,
            "link" => {
                let verdict = curation::link(self.pipeline, &node, self.id()?);
                (node.clone(), verdict.map_err(|error| undecided(&error))?, node)
            }
            "unlink" => (of_all(&node)?, Verdict::NotLinked(self.id()?), node),
            "rename" => (of_all(&node)?, Verdict::Called(self.needed("name")?.into()), node),
            other => return Err(Problem::bad(format!("kind={other}: nothing to decide"))),
        };
        let made = vec![self.decision(decided, verdict)?];
        Ok((Change { made, ..Change::default() }, format!("/{shown}")))
    }

    /// A decision, with why and by whom.
    fn decision(&self, node: EntityNode, verdict: Verdict) -> Result<Decision, Problem> {
        let text = |name: &str| self.fields.words(name).map(str::to_owned);
        let on = self.fields.words("on").map(str::parse).transpose();
        let on = on.map_err(|error| Problem::bad(format!("on: no day: {error}")))?;
        let (reason, by) = (text("reason"), text("by"));
        Ok(Decision { reason, by, on, ..Decision::new(node, verdict) })
    }

    /// That another entity is this one.
    fn merge(&self, kept: EntityNode) -> Result<(EntityNode, Verdict, EntityNode), Problem> {
        let other = self.known("other")?;
        let EntityNode::Global(key) = &kept else {
            let detail = format!("{kept} belongs to one article; merge it into one of all");
            return Err(Problem::bad(detail));
        };
        if other == kept {
            return Err(Problem::bad(format!("{other}: an entity cannot be merged into itself")));
        }
        let label = curation::label_of(self.store, &kept)?.map(CompactString::from);
        let verdict = Verdict::Same { key: key.clone(), label };
        Ok((other, verdict, kept))
    }

    /// That some articles mean another by the name.
    fn split(&self, node: EntityNode) -> Result<(EntityNode, Verdict, EntityNode), Problem> {
        let speaking = self.store.articles_with(&node)?;
        let mut articles = BTreeSet::new();
        for given in self.fields.all("article").filter(|given| !given.trim().is_empty()) {
            let id = self.article(given);
            if !speaking.contains(&id) {
                return Err(Problem::bad(format!("{given}: does not speak of {node}")));
            }
            articles.insert(id);
        }
        if let EntityNode::Local(article, _) = &node {
            articles.insert(article.clone());
        }
        if articles.is_empty() {
            return Err(Problem::bad("in which articles is it another?"));
        }
        let (key, label) = self.other(&node)?;
        let shown = EntityNode::Global(key.clone());
        Ok((node, Verdict::Apart { articles, key, label }, shown))
    }

    /// An entity of the store, or one of a new name.
    fn other(&self, node: &EntityNode) -> Result<(CompactString, Option<CompactString>), Problem> {
        let given = self.needed("as")?;
        if let Some(EntityNode::Global(key)) = self.entity(given) {
            return Ok((key, None));
        }
        let shown = curation::show(self.store, node)?;
        let kind = shown.and_then(|shown| kind(&shown.kind));
        let key = EntityKey::of_name(given, kind);
        let key = key.ok_or_else(|| Problem::bad(format!("{given}: no letters or digits")))?;
        if key.slug() == node.slug() {
            let detail =
                format!("{given}: that is {node} itself; add what tells the other from it");
            return Err(Problem::bad(detail));
        }
        Ok((key.slug().into(), Some(given.into())))
    }

    fn needed(&self, name: &str) -> Result<&str, Problem> {
        self.fields
            .words(name)
            .ok_or_else(|| Problem::bad(format!("the field `{name}` is missing")))
    }

    /// An article by its IRI, its path, or its id.
    fn article(&self, given: &str) -> ArticleId {
        let path = given.trim().trim_start_matches(self.store.iris().base());
        let path = path.trim_start_matches('/');
        ArticleId::new(path.strip_prefix("article/").unwrap_or(path))
    }

    /// The entity that an IRI or path names.
    fn entity(&self, given: &str) -> Option<EntityNode> {
        let iris = self.store.iris();
        let path = given.trim().trim_start_matches(iris.base()).trim_start_matches('/');
        iris.entity_of(&format!("{}{path}", iris.base()))
    }

    /// The entity that a field names, of which some article speaks.
    fn known(&self, field: &str) -> Result<EntityNode, Problem> {
        let given = self.needed(field)?;
        match self.entity(given) {
            Some(node) if !self.store.articles_with(&node)?.is_empty() => Ok(node),
            _ => Err(Problem::missing(given)),
        }
    }

    /// An id of a knowledge base.
    fn id(&self) -> Result<(Authority, CompactString), Problem> {
        let given = self.needed("id")?;
        let item = given.strip_prefix("wd:").unwrap_or(given);
        let digits = item.strip_prefix('Q').unwrap_or("");
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Ok((Authority::Wikidata, item.into()));
        }
        let page = "https://www.wikidata.org/wiki/";
        let iri = given.replacen(page, Authority::Wikidata.prefix(), 1);
        let id = NamedNode::new(&iri).ok().and_then(|_| Authority::of_iri(&iri));
        id.ok_or_else(|| Problem::bad(format!("{given}: neither Q597 nor an IRI")))
    }
}

/// An entity that is the same in every article.
fn of_all(node: &EntityNode) -> Result<EntityNode, Problem> {
    match node {
        EntityNode::Global(_) => Ok(node.clone()),
        EntityNode::Local(..) => Err(undecided(&CurationError::Local(node.clone()))),
    }
}

/// The kind of names of a class.
fn kind(class: &str) -> Option<NameKind> {
    Some(match class {
        "Person" => NameKind::Person,
        "Organization" => NameKind::Organization,
        "Place" => NameKind::Place,
        "Event" => NameKind::Event,
        "Group" => NameKind::Group,
        "Product" => NameKind::Product,
        _ => return None,
    })
}
