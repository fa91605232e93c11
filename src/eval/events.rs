//! Events across documents, against ECB+: which actions of several articles are one?
//!
//! In: articles of ECB+ (Cybulska and Vossen 2014, "Using a sledgehammer to crack a nut?
//! Lexical diversity and event coreference resolution", LREC), as CAT writes them, with
//! their sentences as the program analyses them. Out: MUC, B³ (actions that are alone
//! count), CEAF-e and their mean, of three decisions side by side ([`Decision`]).
//!
//! The actions are given, and so are the participants, places and times with what they
//! mean across articles. The set does not say which takes part in which action; that is
//! read off our trees. Each action becomes a claim, and the claims of all articles of a
//! topic are compared, those of its two events together: nothing tells them apart but what
//! they speak of. So this measures the comparison, not the finding of actions or names.

mod article;
mod cat;
mod decision;
mod likeness;
mod linkage;
mod report;
mod roles;
mod told;

pub use article::{CheckedSentences, EventArticle, EventsError, Instance, Marked, MarkedKind};
pub use cat::CatError;
pub use decision::{Decision, decide};
pub use report::{EventsReport, LAST_DEVELOPMENT_TOPIC};
pub use told::{Event, ToldArticle, tell};

#[cfg(test)]
mod tests;
