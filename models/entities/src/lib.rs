//! The default knowledge base of `reportedly`, as bytes: names, kinds, countries and
//! Wikidata ids of politicians, places, agencies, companies and brands. README.md tells
//! where each comes from.

/// A base as `reportedly kb build` compiles them.
pub static ENTITIES: &[u8] = include_bytes!("../entities.kb");
