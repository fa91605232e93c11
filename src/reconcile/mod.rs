//! Asks a reconciliation service which of its entities a store's are.
//!
//! In: the address of a service of the
//! [Reconciliation Service API](https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/)
//! 0.1, 0.2 or 1.0 (draft), and names with kinds. Out: its candidates, and those of them
//! that it is sure of, as [`Decision`](crate::resolve::Decision)s that a person can
//! review. Answers are kept on disk, so that what was interrupted goes on. With `fetch`
//! and `endpoint` the only module that uses the network.

mod answer;
mod client;
mod error;
mod manifest;
mod question;

pub use answer::{Accept, Candidate};
pub use client::{Client, ClientOptions};
pub use error::ReconcileError;
pub use manifest::Manifest;
pub use question::Question;
