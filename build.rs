//! Collects the rule files, the word lists and the named queries, so that a new
//! file is part of the program without being registered anywhere, and digests
//! the data that decides what is made of an article.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let rules = embed(&root.join("src/extract/rules"), "rule", "RULES")?;
    let lexicon = embed(&root.join("src/extract/lexicon"), "tsv", "LEXICON")?;
    fs::write(out.join("extract_data.rs"), rules + &lexicon)?;
    for module in ["text", "read", "analyse", "resolve"] {
        let lists = embed(&root.join("src").join(module), "tsv", "LISTS")?;
        fs::write(out.join(format!("{module}_lists.rs")), lists)?;
    }
    fs::write(out.join("queries.rs"), embed(&root.join("queries"), "rq", "QUERIES")?)?;
    let data = digest(&root, &["src", "ontology"])?;
    println!("cargo::rustc-env=REPORTEDLY_DATA={data:016x}");
    Ok(())
}

/// A Rust constant with the path from the folder and the contents of each file
/// of a folder and the folders in it, by path.
fn embed(folder: &Path, extension: &str, constant: &str) -> io::Result<String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = files(folder)?;
    files.retain(|f| f.extension().is_some_and(|e| e == extension));
    files.sort();
    let mut code = format!("pub(crate) const {constant}: &[(&str, &str)] = &[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let path = file.strip_prefix(folder).unwrap_or(&file);
        let name = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        writeln!(code, "    ({name:?}, include_str!({:?})),", file.display().to_string())
            .map_err(io::Error::other)?;
    }
    Ok(code + "];\n")
}

/// Whether a file is neither code nor prose.
fn is_data(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending != "rs" && ending != "md")
}

/// The files of a folder and of the folders in it.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            all.extend(files(&path)?);
        } else {
            all.push(path);
        }
    }
    Ok(all)
}

/// A digest of all data files of some folders (rules, word lists, ontologies) and
/// of the models. What code makes of them has a version of its own
/// (`src/pipeline/fingerprint.rs`). 64 bits of FNV-1a, since a build script has
/// nothing better.
fn digest(root: &Path, folders: &[&str]) -> io::Result<u64> {
    let mut all = Vec::new();
    for folder in folders.iter().map(|f| root.join(f)).filter(|f| f.is_dir()) {
        println!("cargo::rerun-if-changed={}", folder.display());
        all.extend(files(&folder)?);
    }
    all.retain(|file| is_data(file));
    all.sort();
    let mut hash = FNV_BASIS;
    for file in all {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        hash = fnv(fnv(hash, name.as_bytes()), &fs::read(&file)?);
    }
    for part in [
        reportedly_english::MODEL,
        reportedly_english::WORDS,
        reportedly_english::SEGMENTS,
        reportedly_english::ANTECEDENTS,
        reportedly_entities::ENTITIES,
    ] {
        hash = fnv(hash, part);
    }
    Ok(hash)
}

/// The hash of no bytes at all.
const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of what was hashed before and these bytes behind it.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
