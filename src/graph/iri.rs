//! The IRIs of the graph: the only place that makes them.

use std::fmt::Write as _;
use std::ops::Range;

use oxrdf::{IriParseError, NamedNode, Triple};
use sha2::{Digest, Sha256};

use super::vocabulary::rel;
use crate::extract::{AttributionId, ClaimId};
use crate::resolve::{Authority, DecisionId, EntityKey, EntityNode, Link};
use crate::text::{ArticleId, hex};

/// Where IRIs are minted unless the user says otherwise.
pub const DEFAULT_BASE: &str = "https://reportedly.example/";

/// What the paths of IRIs below the base begin with.
const KINDS: [&str; 10] = [
    "article",
    "entity",
    "proposition",
    "claim",
    "story",
    "link",
    "graph",
    "build",
    "data",
    "decision",
];

/// Mints the IRIs below one base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iris {
    base: String,
}

impl Iris {
    /// Mints below `base`, an absolute IRI; a `/` is added where it ends
    /// neither with `/` nor with `#`.
    pub fn new(base: &str) -> Result<Self, IriParseError> {
        let base = if base.ends_with(['/', '#']) { base.to_owned() } else { format!("{base}/") };
        NamedNode::new(&base)?;
        Ok(Self { base })
    }

    /// What all of them begin with.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// An article, and the named graph of what it says.
    pub fn article(&self, id: &ArticleId) -> NamedNode {
        self.mint(&format!("article/{id}"))
    }

    /// What the IRIs of all articles begin with.
    pub fn articles(&self) -> String {
        format!("{}article/", self.base)
    }

    /// An entity: below the base where it is known in every article, else below
    /// its article.
    pub fn entity(&self, article: &NamedNode, key: &EntityKey) -> NamedNode {
        match key {
            EntityKey::Global(slug) => self.mint(&format!("entity/{}", encode(slug))),
            EntityKey::Local(slug) => below(article, &format!("/entity/{}", encode(slug))),
        }
    }

    /// An entity by its name in a store.
    pub fn entity_node(&self, node: &EntityNode) -> NamedNode {
        match node {
            EntityNode::Global(slug) => self.mint(&format!("entity/{}", encode(slug))),
            EntityNode::Local(article, slug) => {
                below(&self.article(article), &format!("/entity/{}", encode(slug)))
            }
        }
    }

    /// The entity that an IRI names, if it is one of those made here.
    pub fn entity_of(&self, iri: &str) -> Option<EntityNode> {
        let path = iri.strip_prefix(&self.base)?;
        if let Some(slug) = path.strip_prefix("entity/") {
            return Some(EntityNode::Global(decode(slug)?.into()));
        }
        let (article, slug) = path.strip_prefix("article/")?.split_once("/entity/")?;
        Some(EntityNode::Local(ArticleId::new(article), decode(slug)?.into()))
    }

    /// The graph that tells of a node, where its IRI says which: that of the article that it
    /// is, or is named below.
    pub fn graph_of(&self, iri: &str) -> Option<NamedNode> {
        let articles = self.articles();
        let id = iri.strip_prefix(&articles)?;
        let id = id.split(['/', '#']).next().unwrap_or(id);
        Some(NamedNode::new_unchecked(articles.clone() + id))
    }

    /// The article that an IRI names, if it is one of those made here.
    pub fn article_of(&self, iri: &str) -> Option<ArticleId> {
        let id = iri.strip_prefix(&self.articles())?;
        (!id.is_empty() && !id.contains(['/', '#'])).then(|| ArticleId::new(id))
    }

    /// A decision about an entity.
    pub fn decision(&self, id: &DecisionId) -> NamedNode {
        self.mint(&format!("decision/{id}"))
    }

    /// The graph of what people decided about entities.
    pub fn decision_graph(&self) -> NamedNode {
        self.mint("graph/decisions")
    }

    /// What the IRIs of entities that are known in every article begin with.
    pub fn entities(&self) -> String {
        format!("{}entity/", self.base)
    }

    /// What claims of several articles have in common.
    pub fn proposition(&self, hash: &str) -> NamedNode {
        self.mint(&format!("proposition/{hash}"))
    }

    /// The proposition that a triple states.
    pub fn proposition_of(&self, triple: &Triple) -> NamedNode {
        self.proposition(&super::proposition::hash(triple))
    }

    /// A story, and the named graph of what its articles have in common; by the IRI of its
    /// first article.
    pub fn story(&self, first: &NamedNode) -> NamedNode {
        self.mint(&format!("story/{}", digest(first)))
    }

    /// What the IRIs of all stories begin with.
    pub fn stories(&self) -> String {
        format!("{}story/", self.base)
    }

    /// What several claims of a story say in common; by the IRI of the first of them.
    pub fn shared_claim(&self, first: &NamedNode) -> NamedNode {
        self.mint(&format!("claim/{}", digest(first)))
    }

    /// What an article was, by the digest of the build that it was stored by.
    pub fn revision(&self, article: &NamedNode, digest: &str) -> NamedNode {
        below(article, &format!("/revision/{}", short(digest)))
    }

    /// What is stored, as a data set.
    pub fn data_set(&self) -> NamedNode {
        self.mint("graph/builds#store")
    }

    /// A build, by the digest of all that it was made with.
    pub fn build(&self, digest: &str) -> NamedNode {
        self.mint(&format!("build/{}", short(digest)))
    }

    /// What a build uses, by its digest.
    pub fn used(&self, digest: &str) -> NamedNode {
        self.mint(&format!("data/{}", short(digest)))
    }

    /// The link of an entity to a node of a knowledge base.
    pub fn link(&self, entity: &NamedNode, target: &NamedNode) -> NamedNode {
        self.mint(&link_path(entity, target))
    }

    /// The graph of what is known of entities beyond one article.
    pub fn entity_graph(&self) -> NamedNode {
        self.mint("graph/entities")
    }

    /// The graph of propositions.
    pub fn proposition_graph(&self) -> NamedNode {
        self.mint("graph/propositions")
    }

    /// The graph of links to knowledge bases.
    pub fn link_graph(&self) -> NamedNode {
        self.mint("graph/links")
    }

    /// The graph of what was built from what.
    pub fn build_graph(&self) -> NamedNode {
        self.mint("graph/builds")
    }

    /// The graph, at an endpoint elsewhere, of what was sent there.
    pub fn pushed_graph(&self) -> NamedNode {
        self.mint("graph/pushed")
    }

    /// What stands in that graph for a part of a graph that articles share.
    pub fn pushed_part(&self, graph: &NamedNode, part: &str) -> NamedNode {
        let name = graph.as_str().rsplit('/').next().expect("splitting gives at least one part");
        below(&self.pushed_graph(), &format!("#{name}-{part}"))
    }

    /// The IRI that is shown as a path below the base, such as `entity/ukraine`;
    /// none where the text is no path of what is named here.
    pub fn at(&self, path: &str) -> Option<NamedNode> {
        let (kind, rest) = path.split_once('/')?;
        if rest.is_empty() || !KINDS.contains(&kind) || path.contains(char::is_whitespace) {
            return None;
        }
        NamedNode::new(format!("{}{path}", self.base)).ok()
    }

    fn mint(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.base))
    }
}

/// A passage of an article: characters `start,end` as RFC 5147 counts them.
pub fn passage(article: &NamedNode, characters: &Range<u32>) -> NamedNode {
    below(article, &format!("#char={},{}", characters.start, characters.end))
}

/// A claim of an article; its number there counts from 1.
pub(super) fn claim(article: &NamedNode, id: ClaimId) -> NamedNode {
    below(article, &format!("/claim/{}", id.next()))
}

/// An attribution of an article; its number there counts from 1.
pub(super) fn attribution(article: &NamedNode, id: AttributionId) -> NamedNode {
    below(article, &format!("/attribution/{}", id.next()))
}

/// The IRIs of the nanopublication of a claim: of itself, and of its graphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NanopublicationIris {
    /// The nanopublication.
    pub itself: NamedNode,
    /// The graph that says which graphs it has.
    pub head: NamedNode,
    /// The graph of what is claimed.
    pub assertion: NamedNode,
    /// The graph of whose word that is, and where it stands.
    pub provenance: NamedNode,
    /// The graph of what the nanopublication is.
    pub publication: NamedNode,
}

impl NanopublicationIris {
    /// Those of a claim.
    pub fn of(claim: &NamedNode) -> Self {
        let itself = below(claim, "/nanopub");
        let [head, assertion, provenance, publication] =
            ["#head", "#assertion", "#provenance", "#publication"].map(|g| below(&itself, g));
        Self { itself, head, assertion, provenance, publication }
    }
}

/// This version of the program, as an agent that makes graphs.
pub fn program() -> NamedNode {
    let version = env!("CARGO_PKG_VERSION");
    NamedNode::new_unchecked(format!("https://w3id.org/reportedly/program/{version}"))
}

/// What an article gives for a link.
pub(super) fn link_evidence(
    article: &NamedNode,
    entity: &NamedNode,
    target: &NamedNode,
) -> NamedNode {
    below(article, &format!("/{}", link_path(entity, target)))
}

/// What an entity is elsewhere; none for an id that makes no IRI.
pub fn link_target(link: &Link) -> Option<NamedNode> {
    NamedNode::new(link.iri()).ok()
}

fn link_path(entity: &NamedNode, target: &NamedNode) -> String {
    let slug = entity.as_str().rsplit('/').next().expect("splitting gives at least one part");
    // Ids of authorities that are not known here are unique as whole IRIs only.
    let id = match Authority::of_iri(target.as_str()) {
        Some((Authority::Other(_), _)) | None => encode(target.as_str()),
        Some((_, id)) => encode(&id),
    };
    format!("link/{slug}/{id}")
}

/// What a phrase of an article stands for.
pub(super) fn phrase(article: &NamedNode, characters: &Range<u32>) -> NamedNode {
    below(article, &format!("/phrase/{}-{}", characters.start, characters.end))
}

/// The property of a relation or a qualifier, by its name: `rel:returnsTo`,
/// `rel:from`.
pub(super) fn relation(name: &str) -> NamedNode {
    NamedNode::new_unchecked(relation_iri(name))
}

/// The IRI of the property of a relation, by its name.
pub fn relation_iri(name: &str) -> String {
    format!("{}{name}", rel::NAMESPACE)
}

/// 32 hexadecimal digits that stand for a node.
fn digest(node: &NamedNode) -> String {
    let digest: [u8; 32] = Sha256::digest(node.as_str()).into();
    hex(&digest[..16])
}

/// As much of a digest as tells it from all others.
fn short(digest: &str) -> String {
    encode(&digest.chars().take(16).collect::<String>())
}

fn below(node: &NamedNode, path: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{path}", node.as_str()))
}

/// Percent-encodes what is neither a letter, a digit nor one of `-_.~`.
fn encode(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for c in segment.chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~') {
            encoded.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

/// Undoes [`encode`]; none where what is percent-encoded is no text.
fn decode(segment: &str) -> Option<String> {
    if segment.is_empty() {
        return None;
    }
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(made: &NamedNode, expected: &str) {
        assert_eq!(made.as_str(), expected);
        assert!(NamedNode::new(made.as_str()).is_ok(), "{made} is no IRI");
    }

    #[test]
    fn iris_are_minted_below_the_base() {
        let iris = Iris::new("https://example.org/news").unwrap();
        let article = iris.article(&ArticleId::new("a 1"));
        check(&article, "https://example.org/news/article/a-1");
        check(&passage(&article, &(12..34)), "https://example.org/news/article/a-1#char=12,34");
        check(&claim(&article, ClaimId::new(2)), "https://example.org/news/article/a-1/claim/3");
        let odd = EntityKey::Global("a/b <c>".into());
        check(&iris.entity(&article, &odd), "https://example.org/news/entity/a%2Fb%20%3Cc%3E");
        let local = EntityKey::Local("the-embassy".into());
        check(
            &iris.entity(&article, &local),
            "https://example.org/news/article/a-1/entity/the-embassy",
        );
    }

    #[test]
    fn entities_are_told_by_their_iris() {
        let iris = Iris::new("https://example.org/news").unwrap();
        let article = ArticleId::new("a-1");
        for node in [
            EntityNode::Global("https://list.example/id/7".into()),
            EntityNode::Global("são-paulo".into()),
            EntityNode::Local(article, "the-embassy".into()),
        ] {
            assert_eq!(iris.entity_of(iris.entity_node(&node).as_str()), Some(node));
        }
        assert_eq!(iris.entity_of("https://example.org/news/article/a-1"), None);
        assert_eq!(iris.entity_of("https://example.org/news/entity/%FF"), None);
        assert_eq!(iris.entity_of("https://elsewhere.example/entity/a"), None);
    }

    #[test]
    fn a_base_must_be_an_iri() {
        assert!(Iris::new("not an iri").is_err());
        assert!(Iris::new("").is_err());
        assert!(Iris::new("relative").is_err());
    }
}
