//! The pages: HTML rendered here, complete without a script.
//!
//! In: what [`facts`](super::facts) tells. Out: HTML. A page makes nothing up and
//! looks nothing up; it links what has a page of its own.

mod add;
mod article;
mod claim;
mod decisions;
mod drawing;
mod entity;
mod highlight;
mod home;
mod html;
mod layout;
mod net;
mod node;
mod parts;
mod problem;
mod question;
mod results;
mod search;
mod sign_in;
mod sources;
mod story;

pub(super) use add::add;
pub(super) use article::article;
pub(super) use claim::claim;
pub(super) use decisions::decisions;
pub(super) use entity::entity;
pub(super) use home::{ARTICLES, articles, home};
pub(super) use node::node;
pub(super) use problem::problem;
pub(super) use question::{Asked, question, questions, sparql};
pub(super) use results::View;
pub(super) use search::{preview, search};
pub(super) use sign_in::sign_in;
pub(super) use sources::sources;
pub(super) use story::story;
