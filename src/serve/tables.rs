//! What stands on a page, as a table (CSV, RFC 4180) or as RDF. Of the list of articles
//! the table has all, RDF those of the page.

use oxrdf::{NamedNode, Triple};

use super::answer::{accepted, graph, within};
use super::facts::{self, Claim, Head, Lookup, Quoted};
use super::http::{Problem, Reply, Request};
use super::page::ARTICLES;
use super::scope::Scope;
use crate::query::named_queries;

/// So much of each kind that was found stands in a table.
const FOUND: usize = 200;

/// Rows with a head, each as long as it.
struct Table(String);

impl Table {
    fn new(columns: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.add(columns);
        table
    }

    fn add(&mut self, cells: &[&str]) {
        for (index, cell) in cells.iter().enumerate() {
            self.0.push_str(if index == 0 { "" } else { "," });
            if cell.contains(['"', ',', '\n', '\r']) {
                self.0.push('"');
                self.0.push_str(&cell.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(cell);
            }
        }
        self.0.push_str("\r\n");
    }

    fn reply(self) -> Reply {
        Reply::new("text/csv; charset=utf-8", self.0)
    }
}

/// A text that may not be there.
fn text(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

/// Whether a request wants a table of a page.
pub(super) fn is_wanted(request: &Request) -> bool {
    request.query.get("format") == Some("csv")
}

/// The data of a page that lists things, in the format that the address names; none for
/// other pages, and where it names none.
pub(super) fn of_list(
    scope: &Scope<'_>,
    request: &Request,
    path: &str,
) -> Result<Option<Reply>, Problem> {
    let Some(format) = request.query.get("format") else { return Ok(None) };
    let is_table = is_wanted(request);
    let (things, table) = match path {
        "articles" if is_table => articles(scope.snapshot.catalogue.newest()),
        "articles" => articles(on_page(scope, request)?),
        "sources" => sources(scope)?,
        "search" => found(scope, request)?,
        "questions" if is_table => (Vec::new(), questions()),
        _ => return Ok(None),
    };
    if is_table {
        return Ok(Some(table.reply()));
    }
    let lookup = scope.snapshot.lookup();
    let mut triples = Vec::new();
    for thing in things {
        let node = NamedNode::new(thing).map_err(|error| Problem::new(500, error.to_string()))?;
        triples.extend(lookup.said_of(&node)?.into_iter().map(Triple::from));
        within(scope, triples.len())?;
    }
    graph(scope, triples, &accepted(Some(format), &request.accept)?).map(Some)
}

/// What a page lists, and its table.
type List = (Vec<String>, Table);

/// The articles of a page of their list: what is said of all would be too much.
fn on_page<'h>(
    scope: &'h Scope<'_>,
    request: &Request,
) -> Result<impl Iterator<Item = &'h Head>, Problem> {
    Ok(scope.snapshot.catalogue.newest().skip(request.start()?).take(ARTICLES))
}

fn articles<'h>(heads: impl Iterator<Item = &'h Head>) -> List {
    let mut table = Table::new(&["article", "headline", "publisher", "published", "url"]);
    let mut things = Vec::new();
    for head in heads {
        let publisher = head.publisher.as_ref().map_or("", |publisher| &publisher.label);
        let (published, url) = (text(head.published.as_ref()), text(head.url.as_ref()));
        table.add(&[&head.iri, &head.headline, publisher, published, url]);
        things.push(head.iri.clone());
    }
    (things, table)
}

fn sources(scope: &Scope<'_>) -> Result<List, Problem> {
    let sources = scope.snapshot.sources()?;
    let mut table = Table::new(&["source", "name", "named", "attributions", "articles"]);
    let mut things = Vec::new();
    for (all, named) in [(&sources.named, "true"), (&sources.unnamed, "false")] {
        for Quoted { thing, attributions, articles } in all {
            let (attributions, articles) = (attributions.to_string(), articles.to_string());
            table.add(&[text(thing.iri.as_ref()), &thing.label, named, &attributions, &articles]);
            things.extend(thing.iri.clone());
        }
    }
    Ok((things, table))
}

fn found(scope: &Scope<'_>, request: &Request) -> Result<List, Problem> {
    let words = request.query.words("q").unwrap_or("");
    let (lookup, catalogue) = (scope.snapshot.lookup(), &scope.snapshot.catalogue);
    let found = facts::search(lookup, catalogue, words, FOUND)?;
    let mut table = Table::new(&["kind", "iri", "label", "about"]);
    let mut things = Vec::new();
    for hit in &found.entities {
        table.add(&["entity", &hit.iri, &hit.label, &hit.types.join(" ")]);
        things.push(hit.iri.clone());
    }
    for head in &found.articles {
        table.add(&["article", &head.iri, &head.headline, text(head.published.as_ref())]);
        things.push(head.iri.clone());
    }
    for claim in &found.claims {
        let words = claim.evidence.as_ref().map_or("", |evidence| &evidence.text);
        table.add(&["claim", &claim.iri, words, claim.article.as_ref().map_or("", |a| &a.iri)]);
        things.push(claim.iri.clone());
    }
    Ok((things, table))
}

fn questions() -> Table {
    let mut table = Table::new(&["name", "question", "parameters"]);
    for query in named_queries() {
        let parameters: Vec<&str> = query.parameters().map(|(name, _)| name).collect();
        table.add(&[query.name, query.question(), &parameters.join(" ")]);
    }
    table
}

/// The columns of claims.
const CLAIM: [&str; 18] = [
    "list",
    "claim",
    "subject",
    "subject_iri",
    "relation",
    "object",
    "object_iri",
    "circumstances",
    "polarity",
    "modality",
    "when",
    "asserted",
    "sources",
    "quotation",
    "start",
    "end",
    "article",
    "headline",
];

/// The table of the page of an article, a claim, an entity, or of whatever has none of its
/// own.
pub(super) fn of_node(scope: &Scope<'_>, node: &NamedNode) -> Result<Reply, Problem> {
    let (lookup, catalogue) = (scope.snapshot.lookup(), &scope.snapshot.catalogue);
    let mut table = Table::new(&CLAIM);
    if let Some(article) = facts::article(lookup, catalogue, node)? {
        claims(&mut table, "claims", &article.claims);
        return Ok(table.reply());
    }
    if let Some(page) = facts::claim(lookup, catalogue, node)? {
        claims(&mut table, "claim", std::slice::from_ref(&page.claim));
        claims(&mut table, "appearances", &page.appearances);
        claims(&mut table, "contradictions", &page.contradictions);
        return Ok(table.reply());
    }
    if let Some(entity) = facts::entity(lookup, catalogue, node, 0, usize::MAX)? {
        claims(&mut table, "does", &entity.does.claims);
        claims(&mut table, "about", &entity.about.claims);
        claims(&mut table, "said", &entity.said.claims);
        return Ok(table.reply());
    }
    said(lookup, node)
}

fn claims(table: &mut Table, list: &str, claims: &[Claim]) {
    for claim in claims {
        let object = claim.object.as_ref();
        let around: Vec<String> = claim
            .circumstances
            .iter()
            .map(|circumstance| format!("{} {}", circumstance.role, circumstance.value.label))
            .collect();
        let sources: Vec<&str> = claim
            .voices
            .iter()
            .filter_map(|voice| voice.source.as_ref().map(|source| source.label.as_str()))
            .collect();
        let place = claim.evidence.as_ref().map(|e| (e.start.to_string(), e.end.to_string()));
        let (start, end) = place.unwrap_or_default();
        let article = claim.article.as_ref();
        table.add(&[
            list,
            &claim.iri,
            &claim.subject.label,
            text(claim.subject.iri.as_ref()),
            &claim.relation.label,
            object.map_or("", |object| &object.label),
            object.map_or("", |object| text(object.iri.as_ref())),
            &around.join("; "),
            &claim.polarity,
            &claim.modality,
            text(claim.when.as_ref()),
            if claim.asserted { "true" } else { "false" },
            &sources.join("; "),
            claim.evidence.as_ref().map_or("", |evidence| &evidence.text),
            &start,
            &end,
            article.map_or("", |article| &article.iri),
            article.map_or("", |article| &article.headline),
        ]);
    }
}

/// What is said of a node.
fn said(lookup: Lookup<'_>, node: &NamedNode) -> Result<Reply, Problem> {
    let mut rows: Vec<[String; 2]> = Vec::new();
    for quad in lookup.said_of(node)? {
        let value = match quad.object {
            oxrdf::Term::NamedNode(node) => node.into_string(),
            oxrdf::Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        rows.push([quad.predicate.into_string(), value]);
    }
    if rows.is_empty() {
        return Err(Problem::missing(node.as_str()));
    }
    rows.sort();
    rows.dedup();
    let mut table = Table::new(&["property", "value"]);
    for [property, value] in &rows {
        table.add(&[property, value]);
    }
    Ok(table.reply())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut table = Table::new(&["a", "b"]);
        table.add(&["x \"y\", z", ""]);
        assert_eq!(table.0, "a,b\r\n\"x \"\"y\"\", z\",\r\n");
    }
}
