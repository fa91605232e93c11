//! Stories: which articles tell of the same events, which of their claims say the
//! same, where they differ, and how many sources there are behind them.
//!
//! In: what each article tells ([`Telling`]), as its graph has it. Out: the groups of
//! articles that tell one story ([`stories`]), and within one story the groups of claims
//! that say the same, with score and reason, and what stands against each other
//! ([`compare`]). All of it is a function of the set of articles: their
//! order leaves no trace, and the articles of one story are all that is looked at for it.
//!
//! Two claims say the same where the same take part in the same role, the relations are
//! the same or one entails the other, and the rest of the words agrees. Whether either
//! holds, is planned or denied stays with each claim: "planned" in one article and
//! "ruled out" in another stand side by side.

mod comparison;
mod difference;
mod likeness;
mod meeting;
mod near_copy;
mod odds;
mod origin;
mod pair;
mod saying;
mod signature;
mod signs;
mod story;
mod telling;
mod terms;
mod words;

pub use comparison::{Comparison, compare};
pub use difference::{Difference, DifferenceKind};
pub use meeting::{Meeting, signs};
pub use near_copy::near_copies;
pub use origin::origins;
pub use pair::{Relation, relation};
pub use signature::{NoSignature, Signature};
pub use signs::Signs;
pub use story::stories;
pub use telling::{Argument, Claim, Telling, Thing, Voice};
pub use words::Words;
