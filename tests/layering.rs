//! The fences between the modules, held over the source text itself: a module
//! knows only the modules before it, the middle modules touch nothing of the
//! machine, only `graph` mints IRIs, only `cli` prints.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use regex::Regex;

/// The modules in the order of the data's path; those on one line may not know each other.
const MODULES: &[&[&str]] = &[
    &["text"],
    &["read"],
    &["analyse"],
    &["extract"],
    &["resolve"],
    &["graph"],
    &["query", "export", "validate"],
    &["pipeline"],
    &["eval"],
    &["cli"],
];

/// The modules without files, network, clock, environment, randomness and RDF.
const PURE: &[&str] = &["text", "analyse", "extract", "resolve"];

/// A source file of the library, without comments and unit tests.
struct Source {
    /// Relative to `src`, with `/`.
    path: String,
    /// The first part of the path.
    module: String,
    /// How many modules deep it stands: `src/read/mod.rs` and `src/read.rs` are 1.
    depth: usize,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    let unit_tests = |f: &walkdir::DirEntry| {
        let within = f.path().strip_prefix(root).unwrap().with_extension("");
        within.iter().any(|part| part == "tests")
    };
    let rust = files.filter(|f| f.path().extension().is_some_and(|e| e == "rs"));
    let rust = rust.filter(|f| !unit_tests(f));
    rust.map(|file| source(root, file.path())).collect()
}

fn source(root: &Path, file: &Path) -> Source {
    let relative = file.strip_prefix(root).unwrap().with_extension("");
    let parts: Vec<_> = relative.iter().map(|p| p.to_str().unwrap().to_owned()).collect();
    let modules = parts.iter().filter(|p| !["mod", "lib", "main"].contains(&p.as_str()));
    Source {
        path: file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"),
        module: parts[0].clone(),
        depth: modules.count(),
        code: production(&std::fs::read_to_string(file).unwrap()),
    }
}

/// The code without comments and without unit tests, which stand in a module
/// at the end of a file or in a file of their own.
fn production(text: &str) -> String {
    let comment = Regex::new(r#"(^|[^:"])//.*$"#).unwrap();
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end].lines().map(|line| comment.replace(line, "$1").into_owned() + "\n").collect()
}

/// The names that follow `crate::`, or as many `super::` as lead to the crate's root.
fn known_modules(source: &Source) -> BTreeSet<String> {
    let up = if source.depth == 0 { String::new() } else { "super::".repeat(source.depth) };
    let root = if up.is_empty() { "crate::".to_owned() } else { format!("(?:crate::|\\b{up})") };
    let plain = Regex::new(&format!(r"{root}([a-z_]+)")).unwrap();
    let group = Regex::new(&format!(r"{root}\{{")).unwrap();
    let mut modules: BTreeSet<_> =
        plain.captures_iter(&source.code).map(|c| c[1].to_owned()).collect();
    for start in group.find_iter(&source.code) {
        modules.extend(group_heads(&source.code[start.end()..]));
    }
    modules
}

/// `text::{Span, Token}, extract::Claim};` gives `text` and `extract`.
fn group_heads(after_brace: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = vec![String::new()];
    for c in after_brace.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(String::new()),
            c if depth == 0 && !c.is_whitespace() => heads.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    heads.iter().filter_map(|h| h.split("::").next()).map(str::to_owned).collect()
}

fn rank(module: &str) -> Option<usize> {
    MODULES.iter().position(|row| row.contains(&module))
}

/// Fails with one line for each place that breaks the fence.
fn hold(fence: &str, broken: impl Fn(&Source) -> Vec<String>) {
    let mut report = String::new();
    for source in sources() {
        for what in broken(&source) {
            writeln!(report, "src/{}: {what}", source.path).unwrap();
        }
    }
    assert!(report.is_empty(), "{fence}:\n{report}");
}

/// Where the pattern stands in the code, as it stands there.
fn places(source: &Source, pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let lines = source.code.lines().enumerate();
    lines
        .filter(|(_, line)| pattern.is_match(line))
        .map(|(n, line)| format!("line {}: {}", n + 1, line.trim()))
        .collect()
}

#[test]
fn every_module_has_its_place() {
    assert!(sources().len() > 20, "the scanner finds the sources");
    hold("add the module to the order in tests/layering.rs and ARCHITECTURE.md", |source| {
        let known =
            rank(&source.module).is_some() || ["lib", "main"].contains(&source.module.as_str());
        if known { Vec::new() } else { vec![format!("unknown module {}", source.module)] }
    });
}

#[test]
fn a_module_knows_only_the_modules_before_it() {
    hold("a module may know only earlier modules", |source| {
        let Some(own) = rank(&source.module) else { return Vec::new() };
        let later =
            |module: &String| rank(module).is_some_and(|r| r >= own) && *module != source.module;
        known_modules(source).into_iter().filter(later).map(|r| format!("knows {r}")).collect()
    });
}

#[test]
fn the_middle_modules_touch_nothing_of_the_machine() {
    let machine = r"\bstd::(fs|env|net|process|time|thread)\b|\bInstant\b|\bSystemTime\b|::now\(|\brand::|\bFile::|\bio::(stdin|stdout|stderr)\b";
    hold("no files, network, clock, environment or randomness here", |source| {
        if PURE.contains(&source.module.as_str()) { places(source, machine) } else { Vec::new() }
    });
}

#[test]
fn rdf_begins_in_graph() {
    hold("modules before `graph` know no RDF library", |source| {
        let early = rank(&source.module) < rank("graph") && rank(&source.module).is_some();
        if early { places(source, r"\b(oxigraph|oxrdf|oxttl|sophia)\b") } else { Vec::new() }
    });
}

#[test]
fn only_graph_mints_iris() {
    let minting = r"NamedNode|BlankNode|format!\([^)]*https?://";
    hold("IRIs are minted in `graph`, and parsed where a user writes one", |source| {
        if source.module == "graph" {
            return Vec::new();
        }
        if rank(&source.module) < rank("graph") {
            places(source, minting)
        } else {
            places(source, r"NamedNode(Ref)?::new_unchecked")
        }
    });
}

#[test]
fn only_cli_prints() {
    let printing = r"\be?print(ln)?!|\bio::std(out|err)\b|\bdbg!";
    hold("only `cli` prints", |source| {
        if source.module == "cli" { Vec::new() } else { places(source, printing) }
    });
}

#[test]
fn anyhow_stays_in_cli() {
    hold("modules have error enums of their own; `anyhow` is for `cli`", |source| {
        if source.module == "cli" { Vec::new() } else { places(source, r"\banyhow\b") }
    });
}

#[test]
fn files_stay_short() {
    hold("a file has at most 450 lines of code; tables are data files", |source| {
        let lines = source.code.lines().filter(|line| !line.trim().is_empty()).count();
        if lines <= 450 { Vec::new() } else { vec![format!("{lines} lines")] }
    });
}

#[test]
fn every_module_says_what_comes_in_and_what_goes_out() {
    for module in MODULES.concat() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module).join("mod.rs");
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let head: String = text.lines().take_while(|l| l.starts_with("//!")).collect();
        assert!(head.len() > 60, "{} does not open with `//!` on its module", path.display());
    }
}

#[test]
fn the_scanner_sees_what_it_must() {
    let see = |code: &str| {
        let source =
            Source { path: String::new(), module: "read".into(), depth: 2, code: production(code) };
        known_modules(&source).into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(see("use crate::text::Span; // crate::cli"), "text");
    assert_eq!(see("use crate::{text::{Span, Token}, graph};"), "graph text");
    assert_eq!(see("let x = super::super::extract::f();"), "extract");
    assert_eq!(see("let x = super::lines();"), "");
    assert_eq!(see("#[cfg(test)]\nmod tests { use crate::cli; }"), "");
    assert_eq!(production("let a = \"https://x\"; // gone\n"), "let a = \"https://x\"; \n");
}
