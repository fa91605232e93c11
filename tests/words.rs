//! No English in Rust: words that code asks for stand in tables (`*.tsv`), where a user
//! can add to them.
//!
//! A list of words is an array of them, the alternatives of a pattern, or the arms of a
//! `match` that do more than name a value of an enum; where language is read, one word
//! that something is compared with is a list, too. Names that formats and our own files
//! have (tags of HTML, columns, classes of lists) are allowed file by file, each with its
//! reason.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod source;

use std::fmt::Write as _;
use std::path::PathBuf;

use source::SourceFile;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};

/// Files that may hold lists of lower-case words, and what these words are.
const ALLOWED: &[(&str, &str)] = &[
    ("analyse/names/rule.rs", "keywords of names.rule"),
    ("analyse/names/test.rs", "tests of names.rule"),
    ("analyse/lemma.rs", "endings, by the rules of spelling"),
    ("analyse/reference.rs", "names of lists"),
    ("analyse/segment/addresses.rs", "schemes of addresses"),
    ("analyse/segment/lexicon.rs", "a class of abbreviations.tsv"),
    ("analyse/times/holidays.rs", "rules of holidays.tsv"),
    ("analyse/times/lexicon.rs", "classes of times.tsv"),
    ("cli/check.rs", "endings of files"),
    ("cli/eval/attribution.rs", "keys of JSON"),
    ("cli/fetch/client.rs", "schemes of addresses"),
    ("cli/fetch/robots.rs", "keys of robots.txt"),
    ("cli/pipeline.rs", "endings of files"),
    ("cli/validate.rs", "columns of a table that is printed"),
    ("eval/conllu/side.rs", "dependency relations"),
    ("eval/openie/carb.rs", "words of CaRB's own script, which scores must agree with"),
    ("eval/openie/tuples.rs", "as the gold data of OpenIE writes its tuples"),
    ("export/pretty.rs", "literals of Turtle"),
    (
        "extract/claims/assertion_filter/completed.rs",
        "classes of complements.tsv, and the role of a clause",
    ),
    ("extract/claims/complement.rs", "classes of complements.tsv"),
    ("extract/rule/example.rs", "names of nodes"),
    ("extract/rule/lex.rs", "keywords of rules"),
    ("extract/rule/parse.rs", "keywords of rules"),
    ("extract/rule/pattern.rs", "keywords of rules"),
    ("extract/rule/row.rs", "keywords of rules"),
    ("graph/error.rs", "messages of RocksDB"),
    ("graph/iri.rs", "parts of IRIs"),
    ("graph/ontology.rs", "literals of Turtle"),
    ("knowledge/format.rs", "endings of files"),
    ("knowledge/kinds.rs", "columns of kinds.tsv"),
    ("knowledge/readers/ftm.rs", "properties of FollowTheMoney"),
    ("knowledge/readers/table.rs", "names of columns"),
    ("read/boilerplate.rs", "looks of boilerplate-looks.tsv"),
    ("read/conllu/document.rs", "comments of CoNLL-U"),
    ("read/date.rs", "months as mail and HTTP write them"),
    ("read/element.rs", "elements of HTML"),
    ("read/feed.rs", "elements of RSS and Atom"),
    ("read/format.rs", "endings of files"),
    ("read/html/body.rs", "attributes of HTML"),
    ("read/html/element.rs", "elements of HTML"),
    ("read/html/facts.rs", "elements and attributes of HTML"),
    ("read/html/hint.rs", "elements, attributes and roles of HTML"),
    ("read/html/json_ld.rs", "properties of schema.org"),
    ("read/html/piece.rs", "elements of HTML"),
    ("read/html/tree.rs", "elements and attributes of HTML"),
    ("read/json.rs", "keys and states of JSON Feed and ninjs"),
    ("read/metadata.rs", "keys of headers, columns and JSON"),
    ("read/news.rs", "states of NITF and NewsML-G2"),
    ("read/office.rs", "elements of Office Open XML and OpenDocument"),
    ("read/record.rs", "keys of JSON"),
    ("read/rtf.rs", "control words of RTF"),
    ("read/start.rs", "elements of HTML, headers of mail"),
    ("read/warc.rs", "types of records and encodings"),
    ("resolve/inflection.rs", "letters, by the rules of spelling"),
    ("resolve/name.rs", "the owner's ending, which keys of stored entities were made without"),
    ("serve/api.rs", "parts of addresses"),
    ("serve/assistant/tools.rs", "names of tools"),
    ("serve/reconcile/draft.rs", "keys of JSON"),
    ("serve/reconcile/extend.rs", "names of properties"),
    ("serve/routes.rs", "parts of addresses"),
    ("serve/rows.rs", "names of columns"),
    ("serve/tables.rs", "names of columns, and parts of addresses"),
    ("serve/writing/decide.rs", "what forms are called"),
    ("serve/writing/upload.rs", "fields of JSON"),
    ("text/table/column.rs", "types of columns"),
    ("validate/shapes/parse.rs", "terms of SHACL"),
];

/// The modules that read language: there, a comparison with one word counts.
const LANGUAGE: &[&str] = &["analyse", "extract", "resolve"];

/// Some words that stand together in code.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    line: usize,
    words: Vec<String>,
}

/// Collects what looks like lists of words.
struct Lists {
    /// Whether comparisons with one word count.
    single: bool,
    found: Vec<Found>,
}

/// Whether a literal may be a word or several of a text: small letters, and what
/// stands between and behind words.
fn is_word(text: &str) -> bool {
    let joint = |c: char| matches!(c, ' ' | '\'' | '’' | '-' | '.' | ':');
    text.starts_with(|c: char| c.is_lowercase() || matches!(c, ' ' | '\'' | '’'))
        && text.contains(char::is_alphabetic)
        && text.chars().all(|c| c.is_lowercase() || joint(c))
}

/// The word of a literal, through references and groups.
fn literal(expression: &syn::Expr) -> Option<String> {
    match expression {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        syn::Expr::Reference(inner) => literal(&inner.expr),
        syn::Expr::Paren(inner) => literal(&inner.expr),
        _ => None,
    }
}

/// The literals of a pattern, those of tuples and slices among them.
fn literals_of(pattern: &syn::Pat) -> Vec<String> {
    match pattern {
        syn::Pat::Lit(syn::PatLit { lit: syn::Lit::Str(text), .. }) => vec![text.value()],
        syn::Pat::Or(all) => all.cases.iter().flat_map(literals_of).collect(),
        syn::Pat::Paren(inner) => literals_of(&inner.pat),
        syn::Pat::Guard(inner) => literals_of(&inner.pat),
        syn::Pat::Tuple(all) => all.elems.iter().flat_map(literals_of).collect(),
        syn::Pat::TupleStruct(all) => all.elems.iter().flat_map(literals_of).collect(),
        syn::Pat::Slice(all) => all.elems.iter().flat_map(literals_of).collect(),
        _ => Vec::new(),
    }
}

/// Whether an expression does no more than name a value: `Self::Title`, `Some(Kind::Of)`,
/// `return None`.
fn names_a_value(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Path(path) => {
            let last = path.path.segments.last().map(|last| last.ident.to_string());
            last.is_some_and(|last| last.starts_with(char::is_uppercase))
        }
        syn::Expr::Call(call) => names_a_value(&call.func) && call.args.iter().all(names_a_value),
        syn::Expr::Tuple(all) => all.elems.iter().all(names_a_value),
        syn::Expr::Return(all) => all.expr.as_ref().is_none_or(|e| names_a_value(e)),
        syn::Expr::Reference(inner) => names_a_value(&inner.expr),
        syn::Expr::Lit(_) => true,
        _ => false,
    }
}

impl Lists {
    fn of(file: &syn::File, single: bool) -> Vec<Found> {
        let mut lists = Self { single, found: Vec::new() };
        lists.visit_file(file);
        lists.found
    }

    fn add(&mut self, span: proc_macro2::Span, words: Vec<String>, least: usize) {
        let words: Vec<String> = words.into_iter().filter(|word| is_word(word)).collect();
        let line = span.start().line;
        if words.len() >= least && self.found.iter().all(|found| found.line != line) {
            self.found.push(Found { line, words });
        }
    }

    fn compared(&mut self, span: proc_macro2::Span, word: Option<String>) {
        if let Some(word) = word.filter(|_| self.single) {
            self.add(span, vec![word], 1);
        }
    }
}

/// `matches!(expression, pattern)`.
struct Matches {
    expression: syn::Expr,
    pattern: syn::Pat,
    condition: Option<syn::Expr>,
}

impl Parse for Matches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let expression = input.parse()?;
        input.parse::<syn::Token![,]>()?;
        let pattern = syn::Pat::parse_multi_with_leading_vert(input)?;
        let condition = match input.parse::<Option<syn::Token![if]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        input.parse::<Option<syn::Token![,]>>()?;
        Ok(Self { expression, pattern, condition })
    }
}

impl<'ast> Visit<'ast> for Lists {
    fn visit_expr_array(&mut self, array: &'ast syn::ExprArray) {
        self.add(array.span(), array.elems.iter().filter_map(literal).collect(), 2);
        visit::visit_expr_array(self, array);
    }

    fn visit_pat(&mut self, pattern: &'ast syn::Pat) {
        let least = if self.single { 1 } else { 2 };
        self.add(pattern.span(), literals_of(pattern), least);
    }

    fn visit_expr_match(&mut self, matched: &'ast syn::ExprMatch) {
        self.visit_expr(&matched.expr);
        let named = matched.arms.iter().all(|arm| names_a_value(&arm.body));
        let words: Vec<String> =
            matched.arms.iter().flat_map(|arm| literals_of(&arm.pat)).collect();
        if !named && !words.is_empty() {
            self.add(matched.span(), words, if self.single { 1 } else { 2 });
        }
        for arm in &matched.arms {
            self.visit_expr(&arm.body);
            if let syn::Pat::Guard(guarded) = &arm.pat {
                self.visit_expr(&guarded.guard);
            }
        }
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        if matches!(binary.op, syn::BinOp::Eq(_) | syn::BinOp::Ne(_)) {
            let word = literal(&binary.left).or_else(|| literal(&binary.right));
            self.compared(binary.span(), word);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "eq_ignore_ascii_case" {
            self.compared(call.span(), call.args.first().and_then(literal));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        // The names of word lists.
        let names_lists = |path: &syn::ExprPath| path.path.is_ident("shipped");
        if !matches!(&*call.func, syn::Expr::Path(path) if names_lists(path)) {
            visit::visit_expr_call(self, call);
        }
    }

    fn visit_macro(&mut self, invoked: &'ast syn::Macro) {
        if invoked.path.is_ident("matches") {
            if let Ok(matches) = invoked.parse_body::<Matches>() {
                let least = if self.single { 1 } else { 2 };
                self.add(matches.pattern.span(), literals_of(&matches.pattern), least);
                // The parts live no longer than this call: they are looked at by themselves.
                let mut inner = Lists { single: self.single, found: Vec::new() };
                inner.visit_expr(&matches.expression);
                matches.condition.iter().for_each(|condition| inner.visit_expr(condition));
                self.found.extend(inner.found);
            }
            return;
        }
        let arguments = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        if let Ok(arguments) = arguments.parse2(invoked.tokens.clone()) {
            let mut inner = Lists { single: self.single, found: Vec::new() };
            arguments.iter().for_each(|argument| inner.visit_expr(argument));
            self.found.extend(inner.found);
        }
    }
}

fn lists_of(source: &SourceFile) -> Vec<Found> {
    let module = source.module.first().map_or("", String::as_str);
    Lists::of(&source.syntax, LANGUAGE.contains(&module))
}

#[test]
fn words_stand_in_tables() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut report, mut used) = (String::new(), Vec::new());
    for source in source::files_of(&folder) {
        let found = lists_of(&source);
        if ALLOWED.iter().any(|(file, _)| *file == source.path) {
            used.extend((!found.is_empty()).then_some(source.path));
            continue;
        }
        for Found { line, words } in found {
            writeln!(report, "src/{}:{line}: {}", source.path, words.join(" | ")).unwrap();
        }
    }
    assert!(report.is_empty(), "words in code; a table of its module should hold them:\n{report}");
    let idle = ALLOWED.iter().filter(|(file, _)| !used.iter().any(|path| path == file));
    let idle: Vec<&str> = idle.map(|(file, _)| *file).collect();
    assert_eq!(idle, [""; 0], "allowed for nothing, so take them off the list");
}

#[test]
fn the_scanner_sees_words() {
    let check = |code: &str, single: bool, expected: &[&str]| {
        let file = syn::parse_file(&format!("fn f(w: &str) {{ {code}; }}")).unwrap();
        let found: Vec<String> =
            Lists::of(&file, single).into_iter().map(|found| found.words.join(" ")).collect();
        assert_eq!(found, expected, "{code}");
    };
    check(r#"["no", "not"].contains(&w)"#, false, &["no not"]);
    check(r#"const A: &[&str] = &["of", "the"]"#, false, &["of the"]);
    check(r#"matches!(w, "he" | "she" if w.len() > 1)"#, false, &["he she"]);
    check(r#"assert!(matches!(w, Some("he" | "she")))"#, false, &["he she"]);
    check(r#"match w { "he" | "she" => g(w), _ => 0 }"#, false, &["he she"]);
    check(r#"match w { "he" => "him".len(), "she" => g(w), _ => 0 }"#, false, &["he she"]);
    check(r#"if let ("for", "against") = (w, w) {}"#, true, &["for against"]);
    check(r#"w == "be""#, true, &["be"]);
    check(r#"w.eq_ignore_ascii_case("the")"#, true, &["the"]);
    // Names of values, labels in capitals, marks, and one word where no language is read.
    check(
        r#"match w { "title" => Kind::Title, "place" => Kind::Place, _ => return None }"#,
        true,
        &[],
    );
    check(r#"matches!(w, "NN" | "NNS") || w == "Sing" || matches!(w, "," | "-")"#, true, &[]);
    check(r#"w == "be""#, false, &[]);
}
