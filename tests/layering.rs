//! The fences between the modules at the top of `src/`, held over the source
//! text itself: a module knows only the modules before it, those in the middle
//! touch nothing of the machine, only `graph` mints IRIs, only `cli` prints, and
//! the files of a module do not use each other in a circle.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod imports;
mod source;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use imports::ImportGraph;
use regex::Regex;
use source::SourceFile;

/// The modules at the top, in the order of the data's path; those on one line
/// may not know each other. The table of ARCHITECTURE.md has the same.
const MODULES: &[&[&str]] = &[
    &["text"],
    &["read"],
    &["analyse"],
    &["extract"],
    &["resolve"],
    &["stories"],
    &["graph"],
    &["knowledge", "query", "export", "report", "validate"],
    &["web"],
    &["endpoint"],
    &["pipeline"],
    &["curation", "reconcile"],
    &["build"],
    &["eval", "serve"],
    &["cli"],
];

/// The modules without files, network, clock, environment, randomness and RDF.
const PURE: &[&str] = &["text", "analyse", "extract", "resolve", "stories", "pipeline"];

/// Circles that are still there: their module, then those of its children that
/// use each other in a circle. A circle that has gone is taken off.
const KNOWN_CIRCLES: &[&str] = &[];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<SourceFile> {
    source::files_of(&root().join("src"))
}

/// The module of a file; none for the crate's root.
fn top_module(source: &SourceFile) -> Option<&str> {
    source.module.first().map(String::as_str)
}

fn rank(module: &str) -> Option<usize> {
    MODULES.iter().position(|row| row.contains(&module))
}

/// Fails with one line for each place that breaks the fence.
fn hold(fence: &str, broken: impl Fn(&SourceFile) -> Vec<String>) {
    let mut report = String::new();
    for source in sources() {
        for what in broken(&source) {
            writeln!(report, "src/{}: {what}", source.path).unwrap();
        }
    }
    assert!(report.is_empty(), "{fence}:\n{report}");
}

/// Where the pattern stands in the code, as it stands there.
fn places(source: &SourceFile, pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let code = source.code();
    let lines = code.lines().enumerate().filter(|(_, line)| pattern.is_match(line));
    lines.map(|(n, line)| format!("line {}: {}", n + 1, line.trim())).collect()
}

/// The names in the first column of ARCHITECTURE.md's table of modules.
fn modules_of_architecture() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let is_head = |line: &&str| line.starts_with('|') && line.contains("| comes in | goes out |");
    let table = text.lines().skip_while(|l| !is_head(l)).skip(2);
    let cells = table.map_while(|l| l.strip_prefix('|')?.split('|').next());
    let name = Regex::new("`([a-z_]+)`").unwrap();
    let names = |cell| name.captures_iter(cell).map(|c| c[1].to_owned()).collect::<Vec<_>>();
    cells.flat_map(names).collect()
}

#[test]
fn every_module_has_its_place() {
    let folders = std::fs::read_dir(root().join("src")).unwrap().map(Result::unwrap);
    let folders = folders.filter(|e| e.path().is_dir());
    let folders: BTreeSet<_> =
        folders.map(|e| e.file_name().into_string().expect("UTF-8")).collect();
    let modules: BTreeSet<_> = MODULES.concat().into_iter().map(str::to_owned).collect();
    assert_eq!(folders, modules, "the folders of src/ and the modules of tests/layering.rs");
    assert_eq!(modules_of_architecture(), MODULES.concat(), "the table of ARCHITECTURE.md");
}

#[test]
fn a_module_knows_only_the_modules_before_it() {
    let sources = sources();
    let graph = ImportGraph::new(&sources);
    hold("a module may know only earlier modules", |source| {
        let Some(own) = top_module(source) else { return Vec::new() };
        let targets = graph.targets(source).iter().filter_map(|module| module.first());
        let known: BTreeSet<&String> = targets.filter(|&other| other != own).collect();
        let later = |other: &&String| rank(other) >= rank(own);
        known.into_iter().filter(later).map(|other| format!("knows {other}")).collect()
    });
}

#[test]
fn files_do_not_use_each_other_in_a_circle() {
    let sources = sources();
    let circles = ImportGraph::new(&sources).circles();
    assert!(sources.len() > 100, "the scanner finds the sources");
    let new: Vec<String> = circles
        .iter()
        .filter(|c| !KNOWN_CIRCLES.contains(&c.name.as_str()))
        .map(|c| format!("{}\n    {}\n", c.name, c.uses.join("\n    ")))
        .collect();
    assert!(new.is_empty(), "files use each other in a circle:\n{}", new.concat());
    let is_there = |known: &&&str| circles.iter().any(|c| c.name == **known);
    let gone: Vec<_> = KNOWN_CIRCLES.iter().filter(|known| !is_there(known)).collect();
    assert!(gone.is_empty(), "gone, so take them off the list: {gone:#?}");
}

#[test]
fn the_middle_modules_touch_nothing_of_the_machine() {
    let machine = r"\bstd::(fs|env|net|process|time|thread)\b|\bInstant\b|\bSystemTime\b|::now\(|\brand::|\bFile::|\bio::(stdin|stdout|stderr)\b";
    hold("no files, network, clock, environment or randomness here", |source| {
        let pure = top_module(source).is_some_and(|l| PURE.contains(&l));
        if pure { places(source, machine) } else { Vec::new() }
    });
}

#[test]
fn rdf_begins_in_graph() {
    hold("modules before `graph` know no RDF library", |source| {
        let early = top_module(source).is_some_and(|l| rank(l) < rank("graph"));
        if early { places(source, r"\b(oxigraph|oxrdf|oxttl|sophia)\b") } else { Vec::new() }
    });
}

#[test]
fn only_graph_mints_iris() {
    let minting = r"NamedNode|BlankNode|format!\([^)]*https?://";
    hold(
        "IRIs are minted in `graph`, and parsed where a user writes one",
        |source| match top_module(source) {
            Some("graph") => Vec::new(),
            Some(module) if rank(module) > rank("graph") => {
                places(source, r"NamedNode(Ref)?::new_unchecked")
            }
            _ => places(source, minting),
        },
    );
}

#[test]
fn only_cli_prints() {
    let printing = r"\be?print(ln)?!|\bio::std(out|err)\b|\bdbg!";
    hold("only `cli` prints", |source| {
        if top_module(source) == Some("cli") { Vec::new() } else { places(source, printing) }
    });
}

#[test]
fn anyhow_stays_in_cli() {
    hold("modules have error enums of their own; `anyhow` is for `cli`", |source| {
        if top_module(source) == Some("cli") { Vec::new() } else { places(source, r"\banyhow\b") }
    });
}

#[test]
fn every_module_says_what_comes_in_and_what_goes_out() {
    for module in MODULES.concat() {
        let path = root().join("src").join(module).join("mod.rs");
        let text = std::fs::read_to_string(&path).unwrap();
        let head: String = text.lines().take_while(|l| l.starts_with("//!")).collect();
        assert!(head.len() > 60, "{} does not open with `//!` on its module", path.display());
    }
}

/// The names of a manifest's dependencies that no file of the folders uses.
fn unused_dependencies(manifest: &str, section: &str, folders: &[&str]) -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join(manifest)).unwrap();
    let lines = manifest.lines().skip_while(|l| *l != section).skip(1);
    let lines = lines.take_while(|l| !l.starts_with('['));
    let names: Vec<&str> = lines.filter_map(|l| Some(l.split_once('=')?.0.trim())).collect();
    assert!(!names.is_empty(), "{section} of a manifest");
    let code: String = folders.iter().map(|f| all_code(&root().join(f))).collect();
    let used = |name: &str| {
        let name = name.replace('-', "_");
        Regex::new(&format!(r"\b{name}(::|;| as )")).unwrap().is_match(&code)
    };
    names.into_iter().filter(|name| !used(name)).map(str::to_owned).collect()
}

fn all_code(folder: &Path) -> String {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let rust = files.filter(|f| f.path().extension().is_some_and(|e| e == "rs"));
    rust.map(|f| std::fs::read_to_string(f.path()).unwrap()).collect()
}

#[test]
fn every_dependency_is_used() {
    let check = |manifest: &str, section: &str, folders: &[&str]| {
        let unused = unused_dependencies(manifest, section, folders);
        assert!(unused.is_empty(), "{manifest}, {section}: {unused:?}");
    };
    check("Cargo.toml", "[dependencies]", &["src"]);
    check("Cargo.toml", "[dev-dependencies]", &["src", "tests", "benches"]);
    check("training/Cargo.toml", "[dependencies]", &["training/src"]);
    check("fuzz/Cargo.toml", "[dependencies]", &["fuzz/fuzz_targets"]);
    check("fuzz/Cargo.toml", "[target.'cfg(fuzzing)'.dependencies]", &["fuzz/fuzz_targets"]);
}

/// Files of a small library, to try the scanner on.
fn library(files: &[(&str, &str)]) -> Vec<SourceFile> {
    files.iter().map(|(path, text)| SourceFile::parse(path, text).0).collect()
}

#[test]
fn the_scanner_sees_what_a_file_uses() {
    let targets = |code: &str| {
        let files = [
            ("lib.rs", "pub mod cli; pub mod extract; pub mod read; pub mod text;"),
            ("cli.rs", ""),
            ("extract.rs", "pub fn f() {}"),
            ("read/mod.rs", "pub mod lines; mod date; pub use date::Date;"),
            ("read/date.rs", "pub struct Date;"),
            ("text/mod.rs", "mod span; pub use self::span::*;"),
            ("text/span.rs", "pub struct Span; pub fn g() -> usize { 1 }"),
            ("read/lines.rs", code),
        ];
        let sources = library(&files);
        let graph = ImportGraph::new(&sources);
        graph.targets(&sources[7]).iter().map(|t| t.join("/")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(targets("use crate::text::Span; // crate::cli"), "text/span");
    assert_eq!(targets("use crate::{text::{Span as S}, extract::f};"), "extract text/span");
    assert_eq!(targets("fn x() { super::super::extract::f() }"), "extract");
    assert_eq!(targets("fn x() { let y = [super::Date]; f::<super::date::Date>(y) }"), "read/date");
    assert_eq!(targets("fn x() { assert_eq!(1, crate::text::g()); }"), "text/span");
    assert_eq!(targets("mod y { use super::super::Date; }"), "read/date");
    assert_eq!(targets("#[cfg(test)]\nmod tests { use crate::cli; }"), "");
}

#[test]
fn the_scanner_sees_circles() {
    let circles = |lines: &str, date: &str| {
        let sources = library(&[
            ("lib.rs", "mod read;"),
            ("read/mod.rs", "mod lines; mod date; use date::Date; fn f() {}"),
            ("read/lines.rs", lines),
            ("read/date.rs", date),
        ]);
        let circles = ImportGraph::new(&sources).circles();
        circles.into_iter().map(|c| c.name).collect::<Vec<_>>()
    };
    assert_eq!(circles("use super::Date;", "use super::lines::L;"), ["read: date lines"]);
    assert_eq!(circles("use super::Date;", "use super::f;"), [""; 0]);
    assert_eq!(circles("", "use super::lines::L;"), [""; 0]);
}

#[test]
fn unit_tests_and_comments_are_no_code() {
    let text = "let a = \"https://x\"; // gone\n".replace("let a", "const A: &str");
    let (file, _) = SourceFile::parse("a.rs", &text);
    assert_eq!(file.code(), "const A: &str = \"https://x\"; \n");
    let (file, tests) = SourceFile::parse("a.rs", "#[cfg(test)]\nmod tests {\n}\nfn f() {}");
    assert_eq!(
        (file.code().as_str(), tests),
        ("\n\n\nfn f() {}\n", vec![vec!["a".into(), "tests".into()]])
    );
}
