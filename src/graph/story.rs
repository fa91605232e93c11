//! Stories as quads: which articles tell one, which of their claims say the same, and
//! where they differ.
//!
//! In: the graphs of the articles of a store. Out: a named graph for each story. Which
//! stories there are is worked out of what is kept of every article (`rp:signature`, in
//! the graph of builds); what one story holds, of its own articles alone, and only where
//! they have changed.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, QuadRef, Term, vocab::xsd};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use sha2::{Digest, Sha256};

use super::Iris;
use super::select::{
    Select, is_none_of,
    names::{O, P, S},
    variable,
};
use super::telling::telling;
use super::vocabulary::{oa, prov, rdf, rp, schema, skos};
use crate::stories::{
    Comparison, DifferenceKind, Meeting, Signature, Telling, Words, compare, near_copies, origins,
    stories,
};
use crate::text::{hex, one_line};

/// So many entities are named as what a story is about.
const MAIN_ENTITIES: usize = 5;

/// So many stories are described at a time, by as many threads as there are.
const DESCRIBED_TOGETHER: usize = 64;

/// What stands often in the graph of an article, and tells stories nothing.
const UNREAD: [NamedNodeRef<'static>; 16] = [
    rp::RELATION_EVIDENCE,
    rp::WHEN_EVIDENCE,
    rp::REPORTS,
    rp::STATED,
    rp::ENTITY,
    rp::TARGET,
    rp::SCORE,
    rp::METHOD,
    rp::CLAIM_OF,
    rp::CONTENT,
    rp::CUE,
    rp::CUE_LEMMA,
    rp::ATTITUDE,
    rp::SOURCE,
    oa::EXACT,
    prov::WAS_DERIVED_FROM,
];

/// What the graph of builds keeps of an article, so that stories can be found.
pub(super) fn signature(iris: &Iris, article: &NamedNode, signature: &Signature) -> Quad {
    let text = Literal::new_simple_literal(signature.to_text());
    Quad::new(article.clone(), rp::SIGNATURE, text, iris.build_graph())
}

/// The mark that stories are to be looked at again.
pub(super) fn pending(iris: &Iris) -> Quad {
    let builds = iris.build_graph();
    Quad::new(builds.clone(), rp::PENDING, Literal::from(true), builds)
}

/// Brings the graphs of all stories up to date; those whose articles are the same stay.
pub(super) fn refresh(store: &oxigraph::store::Store, iris: &Iris) -> Result<(), StorageError> {
    let wanted = wanted(store, iris)?;
    let stored = stored(store, iris)?;
    let is_as_wanted = |story: &&NamedNode| {
        wanted.get(*story).is_some_and(|w| stored.get(*story) == Some(&w.digest))
    };
    for gone in stored.keys().filter(|story| !is_as_wanted(story)) {
        let mut transaction = store.start_transaction()?;
        forget(&mut transaction, iris, gone)?;
        transaction.commit()?;
    }
    let changed: Vec<(&NamedNode, &Members)> =
        wanted.iter().filter(|(story, _)| !is_as_wanted(story)).collect();
    for part in changed.chunks(DESCRIBED_TOGETHER) {
        let described =
            part.par_iter().map(|(story, members)| describe(store, iris, story, &members.articles));
        let described: Vec<Vec<Quad>> = described.collect::<Result<_, _>>()?;
        for ((story, members), quads) in part.iter().zip(described) {
            let mut transaction = store.start_transaction()?;
            transaction.extend(&quads);
            let digest = Literal::new_simple_literal(&members.digest);
            let builds = iris.build_graph();
            transaction.insert(QuadRef::new(*story, rp::DIGEST, &digest, &builds));
            transaction.commit()?;
        }
    }
    store.remove(&pending(iris))
}

/// The articles of a story, and what tells whether they have changed.
struct Members {
    articles: Vec<NamedNode>,
    digest: String,
}

/// The stories of all stored articles.
fn wanted(
    store: &oxigraph::store::Store,
    iris: &Iris,
) -> Result<BTreeMap<NamedNode, Members>, StorageError> {
    let (digests, decided) = (noted(store, iris, rp::DIGEST)?, decided(store)?);
    let (mut articles, mut signatures) = (Vec::new(), Vec::new());
    for (article, text) in noted(store, iris, rp::SIGNATURE)? {
        let signature = Signature::from_text(&text);
        signatures.push(signature.map_err(|error| StorageError::Other(Box::new(error)))?);
        articles.push(article);
    }
    let mut all = BTreeMap::new();
    for (story, articles) in stories_of(iris, &articles, &signatures) {
        let mut digest = Sha256::new();
        for article in &articles {
            digest.update(article.as_str());
            digest.update(digests.get(article).map_or("", String::as_str));
            decided.get(article).into_iter().flatten().for_each(|decision| digest.update(decision));
        }
        let digest: [u8; 32] = digest.finalize().into();
        all.insert(story, Members { articles, digest: hex(&digest[..16]) });
    }
    Ok(all)
}

/// The decisions of people that hold in each article, which its digest does not tell.
fn decided(
    store: &oxigraph::store::Store,
) -> Result<BTreeMap<NamedNode, BTreeSet<String>>, StorageError> {
    let mut all: BTreeMap<NamedNode, BTreeSet<String>> = BTreeMap::new();
    for quad in store.quads_for_pattern(None, Some(prov::WAS_INFLUENCED_BY), None, None) {
        let quad = quad?;
        if let GraphName::NamedNode(article) = quad.graph_name {
            all.entry(article).or_default().insert(quad.object.to_string());
        }
    }
    Ok(all)
}

/// The stories that articles tell, each with its articles, the first to appear first. The
/// articles come in order of their IRIs, each with its signature.
pub fn stories_of(
    iris: &Iris,
    articles: &[NamedNode],
    signatures: &[Signature],
) -> BTreeMap<NamedNode, Vec<NamedNode>> {
    let mut all = BTreeMap::new();
    for mut members in stories(signatures) {
        // The first to appear gives the story its name; those without a day are last.
        members.sort_by_key(|&m| (signatures[m].day.is_none(), signatures[m].day, &articles[m]));
        let articles: Vec<NamedNode> = members.into_iter().map(|m| articles[m].clone()).collect();
        all.insert(iris.story(&articles[0]), articles);
    }
    all
}

/// The stories that are stored, with the digests of their articles.
fn stored(
    store: &oxigraph::store::Store,
    iris: &Iris,
) -> Result<BTreeMap<NamedNode, String>, StorageError> {
    let mut digests = noted(store, iris, rp::DIGEST)?;
    digests.retain(|node, _| node.as_str().starts_with(&iris.stories()));
    Ok(digests)
}

/// What the graph of builds says with a predicate, in order of the nodes.
fn noted(
    store: &oxigraph::store::Store,
    iris: &Iris,
    predicate: NamedNodeRef<'_>,
) -> Result<BTreeMap<NamedNode, String>, StorageError> {
    let noted = Select::triples(variable(S), predicate.into_owned(), variable(O));
    let mut all = BTreeMap::new();
    for row in noted.within(iris.build_graph()).rows(store, [S, O])? {
        if let [Term::NamedNode(node), Term::Literal(text)] = row {
            all.insert(node, text.destruct().0);
        }
    }
    Ok(all)
}

fn forget(
    transaction: &mut Transaction<'_>,
    iris: &Iris,
    story: &NamedNode,
) -> Result<(), StorageError> {
    transaction.remove_named_graph(story)?;
    super::derived::remove_about(transaction, &story.clone().into(), &iris.build_graph())
}

/// The graph of a story that is stored.
fn describe(
    store: &oxigraph::store::Store,
    iris: &Iris,
    story: &NamedNode,
    articles: &[NamedNode],
) -> Result<Vec<Quad>, StorageError> {
    let mut graphs = Vec::with_capacity(articles.len());
    for article in articles {
        graphs.push((article.clone(), told(store, article)?));
    }
    Ok(story_graph(iris, story, &graphs))
}

/// What the graph of an article tells stories.
fn told(store: &oxigraph::store::Store, article: &NamedNode) -> Result<Vec<Quad>, StorageError> {
    let triples = Select::triples(variable(S), variable(P), variable(O));
    let triples = triples.within(article.clone()).that(is_none_of(P, &UNREAD));
    let mut quads = Vec::new();
    for row in triples.rows(store, [S, P, O])? {
        if let [Term::NamedNode(subject), Term::NamedNode(predicate), object] = row {
            quads.push(Quad::new(subject, predicate, object, article.clone()));
        }
    }
    Ok(quads)
}

/// The graph of a story, from the graphs of its articles, the first to appear first.
pub fn story_graph(
    iris: &Iris,
    story: &NamedNode,
    articles: &[(NamedNode, Vec<Quad>)],
) -> Vec<Quad> {
    let mut tellings = Vec::with_capacity(articles.len());
    let mut headlines = Vec::with_capacity(articles.len());
    for (article, quads) in articles {
        let headline = quads.iter().find(|quad| quad.predicate == schema::HEADLINE);
        headlines.push(headline.map(|quad| quad.object.clone()));
        tellings.push(telling(iris, article, quads));
    }
    let mut writer = Writer { iris, story, tellings: &tellings, quads: Vec::new() };
    writer.story(headlines);
    let copies = near_copies(&tellings);
    for &(one, other) in &copies {
        let (one, other) = (node(&tellings[one].article), node(&tellings[other].article));
        writer.say(&other, rp::NEAR_COPY_OF, one.into());
    }
    let Comparison { meetings, differences } = compare(&tellings, Words::english());
    let origins = origins(&tellings, &copies, &meetings);
    for (meeting, origins) in meetings.iter().zip(origins) {
        writer.meeting(meeting, origins.into_iter().flatten().collect());
    }
    for difference in differences {
        let (one, other) = (writer.claim(difference.one), writer.claim(difference.other));
        match difference.kind {
            DifferenceKind::Contradicts => {
                writer.say(&one, rp::CONTRADICTS, other.clone().into());
                writer.say(&other, rp::CONTRADICTS, one.into());
            }
            DifferenceKind::Updates => writer.say(&one, rp::UPDATES, other.into()),
            DifferenceKind::Supersedes => writer.say(&one, rp::SUPERSEDES, other.into()),
        }
    }
    writer.quads
}

fn node(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

/// Writes the graph of a story.
struct Writer<'a> {
    iris: &'a Iris,
    story: &'a NamedNode,
    tellings: &'a [Telling],
    quads: Vec<Quad>,
}

impl Writer<'_> {
    fn say(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term) {
        let graph = self.story.clone();
        self.quads.push(Quad::new(subject.clone(), predicate.into_owned(), object, graph));
    }

    fn claim(&self, (article, claim): (usize, usize)) -> NamedNode {
        node(&self.tellings[article].claims[claim].iri)
    }

    fn story(&mut self, headlines: Vec<Option<Term>>) {
        let story = self.story.clone();
        self.say(&story, rdf::TYPE, rp::STORY_CLASS.into());
        for telling in self.tellings {
            self.say(&story, schema::HAS_PART, node(&telling.article).into());
        }
        let count = Literal::from(self.tellings.len() as i64);
        self.say(&story, rp::ARTICLES, count.into());
        if let Some(headline) = headlines.into_iter().flatten().next() {
            self.say(&story, skos::PREF_LABEL, headline);
        }
        let days: BTreeSet<_> = self.tellings.iter().filter_map(|telling| telling.day).collect();
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            let span = if first == last { first.to_string() } else { format!("{first}/{last}") };
            self.say(&story, schema::TEMPORAL_COVERAGE, Literal::new_simple_literal(span).into());
        }
        for entity in self.main_entities() {
            self.say(&story, schema::ABOUT, node(&entity).into());
        }
    }

    /// The entities that most articles, and then most mentions, speak of; of two articles
    /// at least.
    fn main_entities(&self) -> Vec<String> {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for thing in self.tellings.iter().flat_map(|telling| &telling.things) {
            if thing.is_shared && !thing.mentions.is_empty() {
                let (articles, mentions) = counts.entry(&thing.iri).or_default();
                *articles += 1;
                *mentions += thing.mentions.len();
            }
        }
        let outlets: BTreeSet<&str> =
            self.tellings.iter().filter_map(|telling| telling.outlet.as_deref()).collect();
        counts.retain(|entity, (articles, _)| *articles > 1 && !outlets.contains(entity));
        let mut all: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
        all.sort_by(|(a, x), (b, y)| (y.1, y.0).cmp(&(x.1, x.0)).then(a.cmp(b)));
        all.into_iter().take(MAIN_ENTITIES).map(|(entity, _)| entity.to_owned()).collect()
    }

    /// What claims of several articles say in common.
    fn meeting(&mut self, meeting: &Meeting, origins: BTreeSet<String>) {
        let claims: Vec<NamedNode> =
            meeting.claims.iter().map(|&place| self.claim(place)).collect();
        let shared = self.iris.shared_claim(&claims[0]);
        let (story, label) = (self.story.clone(), self.label(meeting));
        let articles: BTreeSet<usize> =
            meeting.claims.iter().map(|(article, _)| *article).collect();
        let count = Literal::from(articles.len() as i64);
        let score = format!("{:.2}", meeting.score.clamp(0.0, 1.0));
        self.say(&shared, rdf::TYPE, schema::CLAIM.into());
        self.say(&shared, rp::STORY, story.into());
        self.say(&shared, skos::PREF_LABEL, Literal::new_simple_literal(label).into());
        self.say(&shared, rp::ARTICLES, count.into());
        self.say(&shared, rp::SCORE, Literal::new_typed_literal(score, xsd::DECIMAL).into());
        if !meeting.shared.is_empty() {
            let common = Literal::new_simple_literal(meeting.shared.join(" "));
            self.say(&shared, rp::IN_COMMON, common.into());
        }
        for origin in origins {
            self.say(&shared, rp::ORIGIN, node(&origin).into());
        }
        for claim in claims {
            self.say(&shared, schema::APPEARANCE, claim.into());
        }
    }

    /// The words that say it best.
    fn label(&self, meeting: &Meeting) -> String {
        let (article, claim) = meeting.claims[meeting.best];
        let telling = &self.tellings[article];
        let words = telling.text.get(telling.claims[claim].clause.clone());
        one_line(words.unwrap_or_default())
    }
}
