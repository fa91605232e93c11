//! Files, streams and lines become [`Article`](crate::text::Article)s.
//!
//! In: paths, standard input. Out: articles whose text is frozen, one by one,
//! each or the reason why it could not be read. Knows formats of input; knows
//! nothing of language beyond what boilerplate looks like.

pub mod conllu;
