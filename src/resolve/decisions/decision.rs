//! One decision of a person about an entity.

use std::collections::BTreeSet;
use std::fmt;

use compact_str::CompactString;
use sha2::{Digest, Sha256};

use crate::resolve::entity::{Authority, EntityKey};
use crate::text::{ArticleId, hex};

/// An entity of a store, by its key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityNode {
    /// One that is the same in every article.
    Global(CompactString),
    /// One of an article.
    Local(ArticleId, CompactString),
}

impl EntityNode {
    /// The entity of this key in an article.
    pub fn of(article: &ArticleId, key: &EntityKey) -> Self {
        match key {
            EntityKey::Global(slug) => Self::Global(slug.clone()),
            EntityKey::Local(slug) => Self::Local(article.clone(), slug.clone()),
        }
    }

    /// What its key is made of.
    pub fn slug(&self) -> &str {
        match self {
            Self::Global(slug) | Self::Local(_, slug) => slug,
        }
    }
}

impl fmt::Display for EntityNode {
    /// As the graph names it below its base: `entity/lisbon`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Global(slug) => write!(f, "entity/{slug}"),
            Self::Local(article, slug) => write!(f, "article/{article}/entity/{slug}"),
        }
    }
}

/// What was decided of a node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// It is the entity of this key.
    Same {
        /// Of what it is.
        key: CompactString,
        /// What that is called.
        label: Option<CompactString>,
    },
    /// What these articles call so is the entity of this key, and not what others
    /// call so.
    Apart {
        /// The articles that it is another in.
        articles: BTreeSet<ArticleId>,
        /// Of what it is there.
        key: CompactString,
        /// What that is called.
        label: Option<CompactString>,
    },
    /// It is what this id means.
    Linked((Authority, CompactString)),
    /// It is not what this id means.
    NotLinked((Authority, CompactString)),
    /// It is called so.
    Called(CompactString),
}

/// The name of a decision: 16 hexadecimal digits that follow from what was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(CompactString);

impl DecisionId {
    /// The id that a text is, if it is one.
    pub fn read(text: &str) -> Option<Self> {
        let is_one =
            text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_one.then(|| Self(text.into()))
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A decision of a person about an entity, with what they say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it is about.
    pub node: EntityNode,
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub on: Option<jiff::civil::Date>,
}

impl Decision {
    /// A decision of which nobody says why.
    pub fn new(node: EntityNode, verdict: Verdict) -> Self {
        Self { node, verdict, reason: None, by: None, on: None }
    }

    /// Its name: of what was decided, and not of why or by whom, so that two who decide
    /// the same make one decision.
    pub fn id(&self) -> DecisionId {
        let told = match &self.verdict {
            Verdict::Same { key, .. } => format!("same {key}"),
            Verdict::Apart { articles, key, .. } => {
                let articles: Vec<&str> = articles.iter().map(ArticleId::as_str).collect();
                format!("apart {key} {}", articles.join(" "))
            }
            Verdict::Linked((authority, id)) => format!("linked {}", authority.iri(id)),
            Verdict::NotLinked((authority, id)) => format!("not-linked {}", authority.iri(id)),
            Verdict::Called(name) => format!("called {name}"),
        };
        let digest: [u8; 32] = Sha256::digest(format!("{} {told}", self.node)).into();
        DecisionId(hex(&digest[..8]).into())
    }
}
