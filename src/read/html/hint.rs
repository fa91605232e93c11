//! What the names that a page gives its elements say of what is in them.

use std::collections::HashMap;

use regex::bytes::RegexSet;

use super::tree::{NodeId, Tree};
use crate::read::element::is_block;
use crate::read::patterns::patterns;
use crate::text::lexicon::Lexicon;
use crate::text::table::{Row, TableError};

/// What an element says of its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Nothing.
    #[default]
    Nothing,
    /// The article's text is in here.
    Body,
    /// The standfirst is in here.
    Summary,
    /// An update of a live blog may be in here.
    Update,
    /// It is not the article's.
    Out,
    /// It is not the article's, nor is what follows it in the same element.
    Cut,
}

/// Patterns of names, compiled once.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    patterns: RegexSet,
    verdicts: Vec<Verdict>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Body,
    Summary,
    Update,
    Out,
    Cut,
    Pass,
    Keep,
}

impl Verdict {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "body" => Self::Body,
            "summary" => Self::Summary,
            "update" => Self::Update,
            "out" => Self::Out,
            "cut" => Self::Cut,
            "pass" => Self::Pass,
            "keep" => Self::Keep,
            _ => return None,
        })
    }
}

impl Hints {
    /// The patterns of the list `hints`.
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let rows: Vec<Row<'_>> = lexicon.rows("hints").collect();
        let verdicts = rows.iter().map(|row| row.parse("verdict", Verdict::named));
        let verdicts = verdicts.collect::<Result<_, _>>()?;
        Ok(Self { patterns: patterns(&rows, false)?, verdicts })
    }

    /// The hint of each element of a page, by its number.
    pub(crate) fn of_page(&self, tree: &Tree) -> Vec<Hint> {
        let mut known: HashMap<String, Hint> = HashMap::new();
        let mut names = String::new();
        tree.nodes()
            .map(|node| {
                let own = of_element(tree, node);
                // What else an article is called says nothing.
                let is_article = tree.name(node) == "article";
                if let Some(hint) = own.filter(|_| !is_article) {
                    return hint;
                }
                names.clear();
                write_names(tree, node, &mut names);
                if names.is_empty() {
                    return Hint::Nothing;
                }
                if !known.contains_key(&names) {
                    known.insert(names.clone(), self.of_names(&names));
                }
                let hint = known.get(&names).copied().unwrap_or_default();
                if is_article && hint != Hint::Update { Hint::Nothing } else { hint }
            })
            .collect()
    }

    /// The hint of some names, each on a line of its own.
    fn of_names(&self, names: &str) -> Hint {
        let mut hint = Hint::Nothing;
        let mut kept = false;
        for name in names.lines() {
            let found = self.of_name(name);
            kept |= found == Some(Verdict::Keep);
            hint = match (hint, found) {
                (Hint::Body, _) | (_, Some(Verdict::Body)) => Hint::Body,
                (_, Some(Verdict::Cut)) => Hint::Cut,
                (Hint::Nothing, Some(Verdict::Summary)) => Hint::Summary,
                (Hint::Nothing, Some(Verdict::Update)) => Hint::Update,
                (Hint::Nothing | Hint::Summary | Hint::Update, Some(Verdict::Out)) => Hint::Out,
                _ => hint,
            };
        }
        if kept && matches!(hint, Hint::Out | Hint::Cut) { Hint::Nothing } else { hint }
    }

    /// What one name says: of several verdicts the most cautious.
    fn of_name(&self, name: &str) -> Option<Verdict> {
        const ORDER: [Verdict; 7] = [
            Verdict::Keep,
            Verdict::Pass,
            Verdict::Cut,
            Verdict::Out,
            Verdict::Summary,
            Verdict::Body,
            Verdict::Update,
        ];
        let found = self.patterns.matches(name.as_bytes());
        ORDER.into_iter().find(|verdict| {
            let mut found = found.iter();
            found.any(|i| self.verdicts.get(i) == Some(verdict))
        })
    }
}

/// What the element itself says, whatever its names are.
fn of_element(tree: &Tree, node: NodeId) -> Option<Hint> {
    let name = tree.name(node);
    if matches!(name, "html" | "body" | "main" | "article") {
        return Some(Hint::Nothing);
    }
    if matches!(name, "nav" | "footer" | "aside" | "figcaption" | "figure" | "menu" | "form") {
        return Some(Hint::Out);
    }
    let unseen = tree.attribute(node, "hidden").is_some()
        || tree.attribute(node, "aria-hidden") == Some("true")
        || tree.attribute(node, "style").is_some_and(hides);
    if unseen && !goes_on(tree, node) {
        return Some(Hint::Out);
    }
    let role = tree.attribute(node, "role").unwrap_or("");
    if matches!(role, "navigation" | "complementary" | "contentinfo" | "search" | "dialog") {
        return Some(Hint::Out);
    }
    let body = |value: &str| value.split_whitespace().any(|v| v == "articleBody");
    (is_block(name) && tree.attribute(node, "itemprop").is_some_and(body)).then_some(Hint::Body)
}

/// Whether a hidden element is one of several of a kind, of which the first
/// are shown: the rest of an article behind a wall.
fn goes_on(tree: &Tree, node: NodeId) -> bool {
    const FIRST: usize = 50;
    let Some(class) = tree.attribute(node, "class") else { return false };
    let mut before = tree.children(tree.parent(node)).take(FIRST).take_while(|n| *n != node);
    before.any(|other| {
        let shown = tree.attribute(other, "style").is_none_or(|style| !hides(style));
        shown
            && tree.name(other) == tree.name(node)
            && tree.attribute(other, "class") == Some(class)
    })
}

fn hides(style: &str) -> bool {
    let bare: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    bare.contains("display:none") || bare.contains("visibility:hidden")
}

/// The names of an element in kebab case, a line each.
fn write_names(tree: &Tree, node: NodeId, names: &mut String) {
    for (attribute, value) in tree.attributes(node) {
        let telling = matches!(attribute, "class" | "id" | "itemprop" | "role")
            || attribute.starts_with("data-")
            || attribute == "aria-label";
        if !telling || value.len() > 400 {
            continue;
        }
        for name in value.split_whitespace() {
            write_kebab(name, names);
            names.push('\n');
        }
    }
}

/// `articleBody`, `article_body` and `Article__Body` become `article-body`.
fn write_kebab(name: &str, kebab: &mut String) {
    let mut last = '-';
    for c in name.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && last.is_lowercase() {
                kebab.push('-');
            }
            kebab.extend(c.to_lowercase());
        } else if last != '-' {
            kebab.push('-');
        }
        last = if c.is_alphanumeric() { c } else { '-' };
    }
    if kebab.ends_with('-') {
        kebab.pop();
    }
}
