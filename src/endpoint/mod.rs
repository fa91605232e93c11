//! SPARQL endpoints elsewhere: the graphs of a store go there, and questions are
//! answered there.
//!
//! In: a [`Store`](crate::graph::Store), the address of an endpoint (any that speaks the
//! SPARQL 1.1 Protocol, for [`push`] with Update). Out: an endpoint that holds the same
//! named graphs; rows, in the form that [`query::ask`](crate::query::ask) gives. The only
//! module beside `cli` that uses the network.
//!
//! What was sent is noted at the endpoint itself, in a graph of its own (`graph/pushed`):
//! of each named graph a digest. So any machine that has the store can go on with it, only
//! what has changed is sent, and what was withdrawn is taken out. Our graphs have no blank
//! nodes, so that sending a part twice changes nothing.

mod ask;
mod client;
mod credentials;
mod error;
mod held;
mod local;
mod push;
mod shared;
mod union;
mod update;

pub use ask::{ask, base_of};
pub use client::{Client, ClientOptions};
pub use credentials::Credentials;
pub use error::EndpointError;
pub use push::{PushOptions, Pushed, Step, push};
