//! What the tests of the whole program share: running it, and finding the
//! development data that lies beside the repository.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic
#![allow(dead_code)] // each test file uses its own part

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository's root.
pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Runs the program in the repository's root.
pub(crate) fn reportedly<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Output {
    Command::new(env!("CARGO_BIN_EXE_reportedly"))
        .args(arguments)
        .current_dir(ROOT)
        .output()
        .expect("the program starts")
}

/// Runs the program, which must end well, and gives what it wrote to standard output.
pub(crate) fn succeed<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> String {
    let output = reportedly(arguments);
    assert!(
        output.status.success(),
        "{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// Builds a store of these inputs in a fresh folder.
pub(crate) fn build(inputs: &[PathBuf], more: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    build_into(&dir.path().join("store"), inputs, more);
    dir
}

/// Builds these inputs into a store.
pub(crate) fn build_into(store: &Path, inputs: &[PathBuf], more: &[&str]) {
    let mut arguments = vec![OsStr::new("build")];
    arguments.extend(inputs.iter().map(|i| i.as_os_str()));
    arguments.extend([OsStr::new("--store"), store.as_os_str()]);
    arguments.extend(more.iter().map(OsStr::new));
    succeed(arguments);
}

/// The store that [`build`] made.
pub(crate) fn store(dir: &tempfile::TempDir) -> String {
    dir.path().join("store").to_str().expect("a path in UTF-8").to_owned()
}

/// The export of a store.
pub(crate) fn export(dir: &tempfile::TempDir, format: &str) -> String {
    succeed(["export", "--store", &store(dir), "--format", format])
}

/// The answers of a query, each a map from column to value (without types and tags).
pub(crate) fn query(dir: &tempfile::TempDir, question: &[&str]) -> Vec<Row> {
    let store = store(dir);
    let mut arguments = vec!["query", "--store", &store, "--format", "json"];
    arguments.extend(question);
    let answer: serde_json::Value = serde_json::from_str(&succeed(arguments)).expect("JSON");
    let rows = answer["results"]["bindings"].as_array().expect("bindings").clone();
    rows.into_iter().map(Row).collect()
}

/// One answer of a query.
#[derive(Debug)]
pub(crate) struct Row(serde_json::Value);

impl Row {
    /// The value of a column; empty where it is unbound.
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0[column]["value"].as_str().unwrap_or("")
    }

    /// Whether a column's value contains one of the words, whatever their case.
    pub(crate) fn has(&self, column: &str, words: &[&str]) -> bool {
        let value = self.get(column).to_lowercase();
        words.iter().any(|w| value.contains(&w.to_lowercase()))
    }
}

/// The articles of `examples/`, sorted; not those of its folder `formats`.
pub(crate) fn examples() -> Vec<PathBuf> {
    let folder = Path::new(ROOT).join("examples");
    let entries = std::fs::read_dir(folder).expect("examples/ is there");
    let mut files: Vec<_> = entries.map(|e| e.expect("readable").path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

/// A path of the development data beside the repository, which a test that is
/// not ignored must find.
pub(crate) fn shared(path: &str) -> PathBuf {
    let full = Path::new(ROOT).join("../shared").join(path);
    assert!(full.exists(), "no development data at {}", full.display());
    full
}
