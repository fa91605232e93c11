//! The library's source text, parsed, for the tests that hold its structure
//! and measure its size. In: a folder of Rust files. Out: its [`SourceFile`]s,
//! without unit tests.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic
#![allow(dead_code)] // each test file uses its own part

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use syn::spanned::Spanned as _;

/// A file of the library.
pub(crate) struct SourceFile {
    /// Relative to the folder, with `/`.
    pub path: String,
    /// The module that it is: `extract/rule/mod.rs` is `["extract", "rule"]`.
    pub module: Vec<String>,
    /// Its text; the lines of unit tests are empty.
    pub text: String,
    /// Its syntax tree without unit tests.
    pub syntax: syn::File,
}

impl SourceFile {
    /// Parses a file; its unit tests go, and the modules that are nothing else are named.
    pub(crate) fn parse(path: &str, text: &str) -> (Self, Vec<Vec<String>>) {
        let mut syntax = syn::parse_file(text).unwrap_or_else(|e| panic!("{path}: {e}"));
        let module = module_of(path);
        let mut lines: Vec<&str> = text.lines().collect();
        let mut test_modules = Vec::new();
        for item in syntax.items.extract_if(.., |item| attributes(item).iter().any(is_test_only)) {
            let span = item.span();
            lines[span.start().line - 1..span.end().line].fill("");
            if let syn::Item::Mod(item) = item {
                test_modules.push(joined(&module, &item.ident.to_string()));
            }
        }
        let text = lines.join("\n");
        (Self { path: path.to_owned(), module, text, syntax }, test_modules)
    }

    /// Its text without comments, line for line.
    pub(crate) fn code(&self) -> String {
        let comment = regex::Regex::new(r#"(^|[^:"])//.*$"#).unwrap();
        self.text.lines().map(|line| comment.replace(line, "$1").into_owned() + "\n").collect()
    }
}

/// The path of a module in another.
pub(crate) fn joined(module: &[String], child: &str) -> Vec<String> {
    [module, &[child.to_owned()]].concat()
}

/// All Rust files of a folder, by path, without unit tests.
pub(crate) fn files_of(folder: &Path) -> Vec<SourceFile> {
    let paths = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let rust = paths.filter(|f| f.path().extension().is_some_and(|e| e == "rs"));
    let (mut files, mut test_modules) = (Vec::new(), BTreeSet::new());
    for entry in rust {
        let relative = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        let (file, tests) = SourceFile::parse(&relative.replace('\\', "/"), &text);
        files.push(file);
        test_modules.extend(tests);
    }
    files.retain(|f| !(1..=f.module.len()).any(|n| test_modules.contains(&f.module[..n])));
    files
}

fn module_of(path: &str) -> Vec<String> {
    let parts = path.strip_suffix(".rs").unwrap_or(path).split('/');
    parts.filter(|p| !["mod", "lib", "main"].contains(p)).map(str::to_owned).collect()
}

/// `#[test]` and `#[cfg(test)]`.
fn is_test_only(attribute: &syn::Attribute) -> bool {
    let is_cfg_test = || {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        list.path.is_ident("cfg") && list.tokens.to_string() == "test"
    };
    attribute.path().is_ident("test") || is_cfg_test()
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
