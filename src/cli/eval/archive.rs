//! The texts of a compressed archive.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;

/// The files of a .tar.gz whose names are wanted, by their names, in order.
pub(super) fn texts(
    path: &Path,
    is_wanted: impl Fn(&str) -> bool,
) -> anyhow::Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for entry in tar::Archive::new(GzDecoder::new(File::open(path)?)).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if entry.header().entry_type().is_file() && is_wanted(&name) {
            let mut text = String::new();
            entry.read_to_string(&mut text).with_context(|| name.clone())?;
            texts.insert(name, text);
        }
    }
    Ok(texts)
}
