//! How long files and functions are, and how the code is written, in figures.
//!
//! ```sh
//! cargo test --release --test sizes -- --nocapture
//! REPORTEDLY_SIZES=../other/src cargo test --release --test sizes -- --nocapture
//! ```
//!
//! prints them for the library, or for another folder of Rust files. Unit
//! tests do not count; a *line* of code is one with more than a comment.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod source;

use std::fmt;
use std::path::PathBuf;

use proc_macro2::{TokenStream, TokenTree};
use source::SourceFile;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

/// Numbers in order of size.
struct Spread(Vec<usize>);

impl Spread {
    fn new(mut numbers: Vec<usize>) -> Self {
        numbers.sort_unstable();
        Self(numbers)
    }

    /// The smallest number that so many percent of them do not exceed.
    fn percentile(&self, percent: usize) -> usize {
        let place = (self.0.len() * percent).div_ceil(100).max(1);
        self.0[place - 1]
    }

    fn longest(&self) -> usize {
        self.percentile(100)
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, ninetieth] = [50, 90].map(|percent| self.percentile(percent));
        write!(f, "{median} / {ninetieth} / {}", self.longest())
    }
}

/// The figures of some files.
struct Sizes {
    files: Spread,
    functions: Spread,
    code_lines: usize,
    comment_lines: usize,
    closures: usize,
    silent_defaults: usize,
    panics: usize,
}

impl Sizes {
    fn of(files: &[SourceFile]) -> Self {
        let mut counter = Counter::default();
        let (mut lengths, mut comment_lines) = (Vec::new(), 0);
        for file in files {
            let lines = file.text.lines().map(str::trim).filter(|line| !line.is_empty());
            let (comments, code): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("//"));
            comment_lines += comments.len();
            lengths.push(code.len());
            counter.visit_file(&file.syntax);
        }
        Self {
            code_lines: lengths.iter().sum(),
            files: Spread::new(lengths),
            functions: Spread::new(counter.functions),
            comment_lines,
            closures: counter.closures,
            silent_defaults: counter.silent_defaults,
            panics: counter.panics,
        }
    }

    fn per_thousand(&self, count: usize) -> f64 {
        count as f64 * 1000.0 / self.code_lines as f64
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let comments = self.comment_lines as f64 / self.code_lines as f64;
        writeln!(f, "| figure | value |\n|---|---|")?;
        writeln!(f, "| files | {} |", self.files.0.len())?;
        writeln!(f, "| lines of code | {} |", self.code_lines)?;
        writeln!(f, "| lines per file: median / 90th percentile / longest | {} |", self.files)?;
        writeln!(f, "| functions | {} |", self.functions.0.len())?;
        writeln!(f, "| lines per function, likewise | {} |", self.functions)?;
        writeln!(f, "| comment and doc lines per line of code | {comments:.2} |")?;
        writeln!(f, "| closures per 1,000 lines | {:.1} |", self.per_thousand(self.closures))?;
        let defaults = self.per_thousand(self.silent_defaults);
        writeln!(
            f,
            "| silent defaults (`unwrap_or*`, `map_or*`, `.get(`) per 1,000 | {defaults:.1} |"
        )?;
        writeln!(f, "| `unwrap` and `expect` per 1,000 | {:.1} |", self.per_thousand(self.panics))
    }
}

/// Counts what the syntax of files holds.
#[derive(Default)]
struct Counter {
    /// Lines of each function from its signature to its last brace.
    functions: Vec<usize>,
    closures: usize,
    silent_defaults: usize,
    panics: usize,
}

impl Counter {
    fn function(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let lines = body.span().end().line - signature.span().start().line + 1;
        self.functions.push(lines);
    }

    fn call(&mut self, method: &str) {
        let defaults = method.starts_with("unwrap_or") || method.starts_with("map_or");
        self.silent_defaults += usize::from(defaults || method == "get");
        self.panics += usize::from(["unwrap", "expect"].contains(&method));
    }

    /// The calls in what a macro is given, where it is no list of expressions.
    fn scan_tokens(&mut self, tokens: TokenStream) {
        let mut after_dot = false;
        for token in tokens {
            match &token {
                TokenTree::Ident(ident) if after_dot => self.call(&ident.to_string()),
                TokenTree::Group(group) => self.scan_tokens(group.stream()),
                _ => {}
            }
            after_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        }
    }
}

impl<'ast> Visit<'ast> for Counter {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.function(&item.sig, body);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        self.closures += 1;
        visit::visit_expr_closure(self, closure);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.call(&call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        type List = syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>;
        match item.parse_body_with(List::parse_terminated) {
            Ok(list) => {
                for argument in &list {
                    let mut inner = Counter::default();
                    inner.visit_expr(argument);
                    self.closures += inner.closures;
                    self.silent_defaults += inner.silent_defaults;
                    self.panics += inner.panics;
                }
            }
            Err(_) => self.scan_tokens(item.tokens.clone()),
        }
    }
}

/// What the code keeps to: lower these where it gets better, never raise them.
#[test]
fn files_and_functions_stay_short() {
    let sizes =
        Sizes::of(&source::files_of(&PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))));
    println!("{sizes}");
    assert!(sizes.files.longest() <= 450, "a file is longer; tables are data files: {sizes}");
    assert!(sizes.functions.percentile(50) <= 8, "{sizes}");
    assert!(sizes.functions.percentile(90) <= 21, "{sizes}");
    assert!(sizes.functions.longest() <= 48, "{sizes}");
    assert!(sizes.per_thousand(sizes.closures) <= 82.5, "{sizes}");
    assert!(sizes.per_thousand(sizes.silent_defaults) <= 30.0, "{sizes}");
}

#[test]
fn another_folder_is_measured() {
    if let Some(folder) = std::env::var_os("REPORTEDLY_SIZES") {
        println!("{}", Sizes::of(&source::files_of(&PathBuf::from(folder))));
    }
}

#[test]
fn the_counter_sees_what_it_must() {
    let text = "//! Doc.\n\n/// F.\nfn f(x: &[u8]) -> u8 {\n    // why\n    let g = |i| i + 1;\n    \
                assert!(x.iter().any(|b| b.is_ascii()), \"{}\", x[0]);\n    \
                g(x.get(0).copied().unwrap_or(0)) // end\n}\nfn e() {}\n\
                #[cfg(test)]\nmod tests {\n    fn t() { x.unwrap(); }\n}\n";
    let sizes = Sizes::of(&[SourceFile::parse("a.rs", text).0]);
    assert_eq!((sizes.code_lines, sizes.comment_lines), (6, 3));
    assert_eq!(sizes.functions.0, [1, 6]);
    assert_eq!((sizes.closures, sizes.silent_defaults, sizes.panics), (2, 2, 0));
}
