//! The vocabulary every module shares: spans, articles and the layers of a document.
//!
//! In: nothing. Out: types only, with no behaviour beyond looking things up in
//! themselves. This module knows no other module, reads no files and holds no
//! linguistic knowledge.
//!
//! All offsets are **byte** offsets into [`Article::text`], which is frozen
//! when the article is read. Offsets leave the program (JSON, RDF) as
//! characters, converted by [`CharOffsets`].

mod article;
mod deprel;
mod layers;
mod span;
mod tag;
mod tree;

pub use article::{Article, ArticleId, Block, BlockKind, Published};
pub use deprel::{Deprel, DeprelSet, EdgeLabel};
pub use layers::{
    Cluster, ClusterId, Document, Mention, MentionId, MentionKind, Name, NameKind, Quotation,
    Sentence, SentenceId, Time, TimeKind, Token, TokenId,
};
pub use span::{CharOffsets, Span, is_blank};
pub use tag::{Feats, Tag, Upos};
pub use tree::{Edge, Tree};
