//! JSON-LD: what a page says of itself to search engines.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::tree::{NodeId, Tree};

/// The most that one block may have, in bytes.
const LONGEST: usize = 4 << 20;

/// The objects of a page that describe an article, in order.
pub(crate) fn articles(tree: &Tree) -> Vec<Map<String, Value>> {
    let mut found = Vec::new();
    let mut known = HashMap::new();
    for node in tree.nodes().filter(|node| is_json_ld(tree, *node)) {
        let words = tree.words(node);
        if let Some(value) = Some(words).filter(|w| w.len() <= LONGEST).and_then(|w| parse(&w)) {
            index(&value, &mut known);
            collect(value, &mut found);
        }
    }
    for article in &mut found {
        for name in ["author", "creator", "publisher"] {
            article.get_mut(name).into_iter().for_each(|value| resolve(value, &known));
        }
    }
    found
}

fn is_json_ld(tree: &Tree, node: NodeId) -> bool {
    let kind = tree.attribute(node, "type").unwrap_or("");
    tree.name(node) == "script" && kind.trim().eq_ignore_ascii_case("application/ld+json")
}

/// Reads a block; line breaks within strings, comments around it and a
/// semicolon behind it, which many pages have, do no harm.
fn parse(words: &str) -> Option<Value> {
    let bare = words.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let bare = bare.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let bare = bare.trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    let mended = || bare.replace(|c: char| c.is_control(), " ");
    serde_json::from_str(bare).or_else(|_| serde_json::from_str(&mended())).ok()
}

/// Adds all articles of a value. Depth is bounded by the parser.
fn collect(value: Value, found: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| collect(value, found)),
        Value::Object(mut object) => {
            for inner in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"] {
                if object.get(inner).is_some_and(|v| v.is_array() || v.is_object())
                    && !(inner == "mainEntityOfPage" && is_article(&object))
                {
                    collect(object.remove(inner).unwrap_or(Value::Null), found);
                }
            }
            if is_article(&object) {
                found.push(object);
            }
        }
        _ => {}
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let article = |name: &str| {
        let name = name.rsplit(['/', ':']).next().unwrap_or(name);
        name.ends_with("Article")
            || name.ends_with("Posting")
            || matches!(name, "Report" | "Review" | "AnalysisNewsArticle" | "CreativeWork")
    };
    match object.get("@type") {
        Some(Value::String(name)) => article(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(article),
        _ => false,
    }
}

/// What a value refers to by its id is put in place of it.
fn resolve(value: &mut Value, known: &HashMap<String, Value>) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| resolve(value, known)),
        Value::Object(object) if !object.contains_key("name") => {
            let id = object.get("@id").and_then(Value::as_str);
            if let Some(target) = id.and_then(|id| known.get(id)) {
                *value = target.clone();
            }
        }
        _ => {}
    }
}

/// Adds the names of objects within a value by their ids.
fn index(value: &Value, known: &mut HashMap<String, Value>) {
    const LONGEST_NAME: usize = 400;
    match value {
        Value::Array(values) => values.iter().for_each(|value| index(value, known)),
        Value::Object(object) => {
            if let (Some(Value::String(id)), Some(name)) = (object.get("@id"), object.get("name")) {
                let names = words(name).into_iter().filter(|name| name.len() <= LONGEST_NAME);
                known.entry(id.clone()).or_insert_with(|| names.take(1).collect());
            }
            object.values().for_each(|value| index(value, known));
        }
        _ => {}
    }
}

/// A value as words, each thing of a list by itself: objects by their names.
pub(crate) fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(words) => vec![words.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(words).collect(),
        Value::Object(object) => {
            let known = ["name", "@id", "url", "@value"].iter();
            let mut named = known.filter_map(|key| object.get(*key)).map(words);
            named.find(|words| !words.is_empty()).unwrap_or_default()
        }
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}
