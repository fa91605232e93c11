//! Mentions become entities, claims become propositions.
//!
//! In: documents with their claims, and a gazetteer of known entities. Out:
//! entities with a key that is the same in every article. No IRIs, no files.
