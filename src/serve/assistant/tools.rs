//! What a model may ask. The tools' descriptions stand in `assets/mcp-tools.json`.

use oxrdf::NamedNode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::part::{self, Part};
use super::quotations::{Place, Quotation};
use crate::query::{NamedQuery, Question};
use crate::read::Item;
use crate::serve::facts::{self, Claim, Listed};
use crate::serve::http::Problem;
use crate::serve::rows::{Rows, named, rows};
use crate::serve::scope::Scope;
use crate::text;

/// So much stands in one answer, unless fewer are asked for.
const USUAL: usize = 10;
const MOST: usize = 50;
/// No text to be analysed is longer.
const TEXT: usize = 100_000;

/// The arguments of all tools.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Arguments {
    #[serde(default)]
    query: Option<String>,
    #[serde(default)]
    entity: Option<String>,
    #[serde(default)]
    about: Option<String>,
    #[serde(default)]
    article: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    cursor: Option<String>,
}

impl Arguments {
    fn many(&self) -> usize {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }

    fn start(&self) -> Result<usize, Problem> {
        part::start(self.cursor.as_deref())
    }
}

/// An argument that must be there.
fn needed<'a>(argument: Option<&'a String>, name: &str) -> Result<&'a str, Problem> {
    let words = argument.map(|words| words.trim()).filter(|words| !words.is_empty());
    words.ok_or_else(|| Problem::bad(format!("the argument `{name}` is missing")))
}

/// Calls a tool.
pub(super) fn call(
    scope: &Scope<'_>,
    name: &str,
    arguments: Map<String, Value>,
) -> Result<Value, Problem> {
    let tool = match name {
        "search_entities" => search_entities,
        "who_said_what" => who_said_what,
        "claims_about" => claims_about,
        "corroboration" => corroboration,
        "contradictions" => contradictions,
        "article" => article,
        "analyse_text" => analyse_text,
        "sparql" => sparql,
        _ => return Err(Problem::bad(format!("{name}: no such tool"))),
    };
    let arguments = serde_json::from_value(Value::Object(arguments));
    let arguments = arguments.map_err(|error| Problem::bad(format!("arguments: {error}")))?;
    tool(scope, &arguments)
}

fn search_entities(scope: &Scope<'_>, arguments: &Arguments) -> Result<Value, Problem> {
    let words = needed(arguments.query.as_ref(), "query")?;
    let (start, many) = (arguments.start()?, arguments.many());
    let lookup = scope.snapshot.lookup();
    let hits = facts::entities(lookup, words, start + many + 1)?;
    let hits = hits.ok_or_else(|| Problem::bad("too many names have these letters; give more"))?;
    let more = hits.len() > start + many;
    let results: Vec<_> = hits.into_iter().skip(start).take(many).collect();
    Ok(json!(Part { results, cursor: more.then(|| (start + many).to_string()) }))
}

fn who_said_what(scope: &Scope<'_>, arguments: &Arguments) -> Result<Value, Problem> {
    let mut values = Vec::new();
    if let Some(who) = &arguments.entity {
        values.push(("who", label(scope, who)?));
    }
    if let Some(about) = &arguments.about {
        values.push(("saying", about.clone()));
    }
    if values.is_empty() {
        return Err(Problem::bad("give `entity` (who said it), `about` (words of it), or both"));
    }
    asked(scope, arguments, "statements", &values)
}

fn corroboration(scope: &Scope<'_>, arguments: &Arguments) -> Result<Value, Problem> {
    let about = arguments.about.iter().map(|about| ("about", about.clone())).collect::<Vec<_>>();
    asked(scope, arguments, "corroboration", &about)
}

fn contradictions(scope: &Scope<'_>, arguments: &Arguments) -> Result<Value, Problem> {
    let about = arguments.about.iter().map(|about| ("about", about.clone())).collect::<Vec<_>>();
    asked(scope, arguments, "contradictions", &about)
}

/// The name of an entity that is given by its IRI; else the words as they are.
fn label(scope: &Scope<'_>, given: &str) -> Result<String, Problem> {
    match NamedNode::new(given) {
        Ok(node) => Ok(scope.snapshot.lookup().label(&node)?),
        Err(_) => Ok(given.to_owned()),
    }
}

/// Rows of a shipped question, each with what is known of its article.
fn asked(
    scope: &Scope<'_>,
    arguments: &Arguments,
    name: &str,
    values: &[(&str, String)],
) -> Result<Value, Problem> {
    let query = NamedQuery::find(name).ok_or_else(|| Problem::missing(name))?;
    let values = values.iter().map(|(name, value)| (*name, value.as_str()));
    let (start, many) = (arguments.start()?, arguments.many());
    let found = rows(scope, &named(scope, query, values)?, start, many)?;
    Ok(rows_with_articles(scope, &found, start))
}

fn rows_with_articles(scope: &Scope<'_>, found: &Rows, start: usize) -> Value {
    let results: Vec<Value> = found
        .rows
        .iter()
        .map(|row| {
            let mut values = serde_json::Map::new();
            for (column, cell) in found.columns.iter().zip(row) {
                if let Some(thing) = cell {
                    let value = thing.iri.as_deref().unwrap_or(&thing.label);
                    values.insert(column.clone(), json!(value));
                }
            }
            if let Some(article) = found.get(row, "article").and_then(|thing| thing.iri.as_deref())
            {
                values.insert(
                    "from".to_owned(),
                    json!(Place::of(&scope.snapshot.catalogue, article)),
                );
            }
            Value::Object(values)
        })
        .collect();
    let cursor = found.more.then(|| (start + results.len()).to_string());
    json!(Part { results, cursor })
}

fn claims_about(scope: &Scope<'_>, arguments: &Arguments) -> Result<Value, Problem> {
    let given = needed(arguments.entity.as_ref(), "entity")?;
    let lookup = scope.snapshot.lookup();
    let node = meant(scope, given)?;
    let (start, many) = (arguments.start()?, arguments.many());
    let entity = facts::entity(lookup, &scope.snapshot.catalogue, &node, start, many)?;
    let entity = entity.ok_or_else(|| Problem::missing(given))?;
    let is_done = |list: &Listed| start + list.claims.len() >= list.total;
    let more = !(is_done(&entity.does) && is_done(&entity.about));
    Ok(json!({
        "entity": entity.iri,
        "label": entity.label,
        "does": quotations(scope, &entity.does.claims),
        "is_said_of": quotations(scope, &entity.about.claims),
        "cursor": more.then(|| (start + many).to_string()),
    }))
}

fn quotations(scope: &Scope<'_>, claims: &[Claim]) -> Vec<Quotation> {
    claims.iter().map(|claim| Quotation::of(&scope.snapshot.catalogue, claim)).collect()
}

/// The entity of an IRI, or the best of a name.
fn meant(scope: &Scope<'_>, given: &str) -> Result<NamedNode, Problem> {
    if let Ok(node) = NamedNode::new(given) {
        return Ok(node);
    }
    let hits = facts::entities(scope.snapshot.lookup(), given, 1)?;
    let best = hits.unwrap_or_default().into_iter().next();
    let node = best.and_then(|hit| NamedNode::new(hit.iri).ok());
    node.ok_or_else(|| {
        Problem::new(404, format!("{given}: no entity of that name; try fewer letters"))
    })
}

fn article(scope: &Scope<'_>, arguments: &Arguments) -> Result<Value, Problem> {
    let given = needed(arguments.article.as_ref(), "article")?;
    let node = NamedNode::new(given);
    let node = node.map_err(|_| Problem::bad("`article` is the IRI that other answers give"))?;
    let (lookup, catalogue) = (scope.snapshot.lookup(), &scope.snapshot.catalogue);
    let article = facts::article(lookup, catalogue, &node)?;
    let article = article.ok_or_else(|| Problem::missing(given))?;
    let (start, many) = (arguments.start()?, arguments.many());
    let some = article.claims.get(start..).unwrap_or_default();
    let some = some.get(..many.min(some.len())).unwrap_or_default();
    let end = start + some.len();
    Ok(json!({
        "article": article.head,
        "text": if start == 0 { Some(&article.text) } else { None },
        "claims": quotations(scope, some),
        "cursor": (end < article.claims.len()).then(|| end.to_string()),
    }))
}

/// Reads a text that is not in the store, and keeps nothing of it.
fn analyse_text(scope: &Scope<'_>, arguments: &Arguments) -> Result<Value, Problem> {
    let words = needed(arguments.text.as_ref(), "text")?;
    if words.len() > TEXT {
        return Err(Problem::new(
            413,
            format!("the text is longer than {TEXT} bytes; give a part"),
        ));
    }
    let pipeline = scope.analyst.pipeline()?;
    let analysis = pipeline.analyse(Item::from(text::Article::new("text", words)));
    let all: Value = serde_json::from_str(&analysis.json())
        .map_err(|error| Problem::new(500, error.to_string()))?;
    let (start, many) = (arguments.start()?, arguments.many());
    let claims = all.get("claims").and_then(Value::as_array).cloned().unwrap_or_default();
    let end = (start + many).min(claims.len());
    Ok(json!({
        "claims": claims.get(start..end).unwrap_or_default(),
        "attributions": if start == 0 { all.get("attributions") } else { None },
        "cursor": (end < claims.len()).then(|| end.to_string()),
    }))
}

fn sparql(scope: &Scope<'_>, arguments: &Arguments) -> Result<Value, Problem> {
    let sparql = needed(arguments.query.as_ref(), "query")?;
    let cancellation = scope.cancellation.clone();
    let question = Question { cancellation, ..Question::new("query", sparql) };
    let (start, many) = (arguments.start()?, arguments.many());
    let found = rows(scope, &question, start, many)?;
    Ok(rows_with_articles(scope, &found, start))
}
