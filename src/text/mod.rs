//! The vocabulary every module shares: spans, articles and the layers of a document.
//!
//! In: nothing. Out: types only, with no behaviour beyond looking things up in
//! themselves. This module knows no other module, reads no files and holds no
//! linguistic knowledge but the words of closed classes ([`FunctionWords`]).
//!
//! All offsets are **byte** offsets into [`Article::text`], which is frozen
//! when the article is read. Offsets leave the program (JSON, RDF) as
//! characters, converted by [`CharOffsets`].

mod article;
mod certainty;
mod deprel;
mod hex;
mod ids;
mod layers;
pub mod lexicon;
mod markup;
mod name;
mod reading;
pub mod sequence;
mod span;
pub mod table;
mod tag;
mod time;
mod tree;
mod word_class;
mod words;

pub use article::{Article, ArticleId, Block, BlockKind, NoDate, Published};
pub use certainty::{ArcCertainty, Certainty, NoCertainty};
pub use deprel::{Deprel, DeprelSet, EdgeLabel};
pub use hex::hex;
pub(crate) use ids::index_type;
pub use ids::{ClusterId, MentionId, SentenceId, TokenId, TokenIds, TokenRange};
pub use layers::{
    Cluster, Document, Mention, MentionKind, Quotation, Sentence, Time, TimeKind, Token,
};
pub use markup::{escaped, push_escaped};
pub use name::{Name, NameKind, Sort};
pub use reading::{LeftOut, Reading, Told};
pub use span::{CharOffsets, Span, is_blank, one_line};
pub use tag::{Feats, Tag, Upos};
pub use time::{Count, DayPart, Duration, DurationUnit, NoTimeValue, Season, TimeOfDay, TimeValue};
pub use tree::{Edge, Tree};
pub(crate) use word_class::word_classes;
pub use word_class::{ClassedWords, Classes, WordClass, small};
pub use words::{FunctionWord, FunctionWords, Pronoun, Voice, word_lists};
