//! The dependency trees of a document's sentences.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{ArcCertainty, Deprel, EdgeLabel, TokenId};

/// One edge of the enhanced graph: `dependent` depends on `head`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edge {
    /// The dependent.
    pub dependent: TokenId,
    /// The head.
    pub head: TokenId,
    /// How it depends.
    pub label: EdgeLabel,
}

/// The basic dependency trees of a document's sentences, and the edges that
/// the enhanced representation adds
/// (<https://universaldependencies.org/u/overview/enhanced-syntax.html>).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tree {
    /// Head of each token, `None` for the root of its sentence. Every sentence
    /// has exactly one root and no cycle.
    heads: Vec<Option<TokenId>>,
    /// Relation of each token to its head.
    deprels: Vec<Deprel>,
    /// The labels of tokens whose label says more than the relation, as foreign
    /// CoNLL-U may; sorted by token.
    labels: Vec<(TokenId, CompactString)>,
    /// `children[first_child[i]..first_child[i + 1]]` depend on token `i`, in order.
    first_child: Vec<u32>,
    children: Vec<TokenId>,
    /// How sure the parser was of each token's head and relation; empty where no parser
    /// of ours made the tree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    certainty: Vec<ArcCertainty>,
    /// Edges beyond the basic tree that CoNLL-U brings or is to have: subjects
    /// of conjuncts and controlled verbs, antecedents of relative pronouns;
    /// sorted.
    pub extra: Vec<Edge>,
}

impl Tree {
    /// Makes the trees of a document from each token's head and relation. The
    /// caller vouches for one root a sentence and no cycles.
    pub fn new(heads: Vec<Option<TokenId>>, deprels: Vec<Deprel>) -> Self {
        let n = heads.len();
        let mut first_child = vec![0u32; n + 1];
        for head in heads.iter().flatten() {
            if let Some(count) = first_child.get_mut(head.index() + 1) {
                *count += 1;
            }
        }
        for i in 1..=n {
            first_child[i] += first_child[i - 1];
        }
        let mut next = first_child.clone();
        let mut children = vec![TokenId::default(); first_child[n] as usize];
        for (i, head) in heads.iter().enumerate() {
            if let Some(at) = head.and_then(|h| next.get_mut(h.index())) {
                children[*at as usize] = TokenId::from_index(i);
                *at += 1;
            }
        }
        let (labels, certainty, extra) = Default::default();
        Self { heads, deprels, labels, first_child, children, certainty, extra }
    }

    /// The same with how sure the parser was of each token's head and relation.
    #[must_use]
    pub fn with_certainty(self, certainty: Vec<ArcCertainty>) -> Self {
        Self { certainty, ..self }
    }

    /// How sure the parser was of a token's head, and of its relation to that.
    pub fn certainty(&self, token: TokenId) -> ArcCertainty {
        self.certainty.get(token.index()).copied().unwrap_or(ArcCertainty::FULL)
    }

    /// The same from labels as CoNLL-U writes them; what they say beyond the
    /// relation is kept for [`Tree::label`].
    pub fn from_labels<L: AsRef<str>>(heads: Vec<Option<TokenId>>, labels: &[L]) -> Self {
        let deprels = labels.iter().map(|label| Deprel::parse(label.as_ref())).collect();
        let mut tree = Self::new(heads, deprels);
        for (token, label) in labels.iter().enumerate() {
            let label = label.as_ref();
            if tree.deprel(TokenId::from_index(token)).as_str() != label {
                tree.labels.push((TokenId::from_index(token), label.into()));
            }
        }
        tree
    }

    /// The least certain head and the least certain relation on the way from one token to
    /// another of its sentence.
    pub fn certainty_between(&self, from: TokenId, to: TokenId) -> ArcCertainty {
        let path = |token: TokenId| std::iter::once(token).chain(self.ancestors(token));
        let above: Vec<TokenId> = path(to).collect();
        let is_shared = |token: &TokenId| above.contains(token);
        let meeting = path(from).find(is_shared);
        let up = path(from).take_while(|token| Some(*token) != meeting);
        let down = path(to).take_while(|token| Some(*token) != meeting);
        up.chain(down)
            .map(|token| self.certainty(token))
            .fold(ArcCertainty::FULL, ArcCertainty::min)
    }

    /// The same of all tokens; empty where no parser of ours made the tree.
    pub fn certainties(&self) -> &[ArcCertainty] {
        &self.certainty
    }

    /// How many tokens it spans.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether it spans no token.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The head of a token; `None` for a root.
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        self.heads.get(token.index()).copied().flatten()
    }

    /// The head of a token that hangs on it by a relation or a subtype of it.
    pub fn head_by(&self, token: TokenId, relation: Deprel) -> Option<TokenId> {
        self.head(token).filter(|_| self.is(token, relation))
    }

    /// The relation of a token to its head.
    pub fn deprel(&self, token: TokenId) -> Deprel {
        self.deprels.get(token.index()).copied().unwrap_or(Deprel::Other)
    }

    /// The same as CoNLL-U writes it, foreign subtypes included.
    pub fn label(&self, token: TokenId) -> &str {
        match self.labels.binary_search_by_key(&token, |(token, _)| *token) {
            Ok(at) => &self.labels[at].1,
            Err(_) => self.deprel(token).as_str(),
        }
    }

    /// The tokens that depend on this one, in order.
    pub fn children(&self, token: TokenId) -> &[TokenId] {
        let at = |i: usize| self.first_child.get(i).map_or(0, |&x| x as usize);
        let token = token.index();
        self.children.get(at(token)..at(token + 1)).unwrap_or(&[])
    }

    /// The first dependent by this relation: exactly, or with any subtype
    /// where `relation` has none.
    pub fn child(&self, token: TokenId, relation: Deprel) -> Option<TokenId> {
        self.children_by(token, relation).next()
    }

    /// Whether there is a dependent by this relation; see [`Tree::child`].
    pub fn has(&self, token: TokenId, relation: Deprel) -> bool {
        self.child(token, relation).is_some()
    }

    /// Whether there is a dependent by any of these relations; see [`Tree::child`].
    pub fn has_any(&self, token: TokenId, relations: &[Deprel]) -> bool {
        relations.iter().any(|&relation| self.has(token, relation))
    }

    /// The dependents by this relation, in order; see [`Tree::child`].
    pub fn children_by(
        &self,
        token: TokenId,
        relation: Deprel,
    ) -> impl Iterator<Item = TokenId> + '_ {
        self.children(token).iter().copied().filter(move |&c| self.is(c, relation))
    }

    /// Whether a token hangs on its head by this relation; see [`Tree::child`].
    pub fn is(&self, token: TokenId, relation: Deprel) -> bool {
        self.deprel(token).is(relation)
    }

    /// The heads of a token, one above the other, up to the root.
    pub fn ancestors(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::successors(self.head(token), |&t| self.head(t)).take(self.len())
    }

    /// Whether a token is the head of another, or of its head, and so on up.
    pub fn dominates(&self, above: TokenId, below: TokenId) -> bool {
        self.ancestors(below).any(|head| head == above)
    }

    /// The token and everything below it, in order.
    pub fn subtree(&self, token: TokenId) -> Vec<TokenId> {
        let mut all = vec![token];
        let mut next = 0;
        while let Some(&t) = all.get(next) {
            all.extend_from_slice(self.children(t));
            next += 1;
        }
        all.sort_unstable();
        all
    }
}
