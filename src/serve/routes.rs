//! Which path leads where.

use super::answer::read_only;
use super::api;
use super::assistant;
use super::description;
use super::facts;
use super::http::{HTML, Problem, Reply, Request};
use super::nodes;
use super::page::{self, Asked, View};
use super::reconcile;
use super::rights::Rights;
use super::rows::{named, rows};
use super::scope::Scope;
use super::sparql;
use super::tables;
use super::terms;
use crate::query::{NamedQuery, Question};
use crate::report::STORY_STYLE;

/// So many rows of an answer stand on a page.
const ROWS: usize = 200;
/// What stands on the page of SPARQL before anything is asked.
const EXAMPLE: &str = "SELECT ?who ?what {\n  ?who rp:stated ?what\n}";
/// So much of each kind is found by a search.
const HITS: usize = 12;

/// Whether a request may keep a processor busy for long: what asks a query.
pub(super) fn is_query(path: &str) -> bool {
    let beginnings = ["/sparql", "/query", "/question/", "/api/question/", "/graph"];
    let is_asked = beginnings.iter().any(|beginning| path.starts_with(beginning));
    path == assistant::PATH || is_asked && !path.starts_with("/graph/")
}

/// Whether pages of other sites may read what stands at a path, where the user lets
/// them: what is made for programs.
pub(super) fn is_open(path: &str) -> bool {
    let programs = [
        "/search",
        "/articles",
        "/sources",
        "/questions",
        "/query",
        "/mcp",
        "/assets/",
        "/add",
        "/sign-in",
        "/decisions",
    ];
    path != "/" && !programs.iter().any(|page| path.starts_with(page))
}

/// Answers a request.
pub(super) fn answer(scope: &Scope<'_>, request: &Request) -> Reply {
    reply(scope, request).unwrap_or_else(|problem| refusal(request, &problem))
}

/// What is sent where there is no answer.
pub(super) fn refusal(request: &Request, problem: &Problem) -> Reply {
    if request.accept.wants_page() {
        let page = Reply::new(HTML, page::problem(request.rights, problem));
        return problem.finished(page);
    }
    problem.reply()
}

fn reply(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    if request.path == assistant::PATH {
        return assistant::answer(scope, request);
    }
    let path = request.path.trim_start_matches('/');
    match path {
        "sparql" => return sparql::protocol(scope, request),
        "graph" => return sparql::graph_store(scope, request),
        "assets/terms.json" => return Ok(terms::terms()),
        ".well-known/void" => return description::of_data(scope, request),
        _ => {}
    }
    if let Some(rest) = path.strip_prefix("api/") {
        return api::api(scope, request, rest);
    }
    if path == "reconcile" || path.starts_with("reconcile/") {
        return reconcile::reconcile(scope, request, path.trim_start_matches("reconcile"));
    }
    if !request.is_get() {
        return Err(Problem::method("GET, HEAD"));
    }
    if let Some(reply) = for_writers(request, path) {
        return reply;
    }
    asset(path).map_or_else(|| page(scope, request, path), Ok)
}

/// The forms of who may write, and of who may sign in.
fn for_writers(request: &Request, path: &str) -> Option<Result<Reply, Problem>> {
    let to = request.query.words("to").unwrap_or("/add");
    match (path, request.rights) {
        ("add" | "sign-in", Rights::ReadOnly) => Some(Err(read_only())),
        ("add", Rights::Reader) => Some(Ok(Reply::see("/sign-in?to=/add"))),
        ("add", Rights::Writer) => Some(Ok(Reply::new(HTML, page::add(request.rights)))),
        ("sign-in", rights) => Some(Ok(Reply::new(HTML, page::sign_in(rights, to)))),
        _ => None,
    }
}

/// What goes with the pages.
fn asset(path: &str) -> Option<Reply> {
    let (content_type, body) = match path {
        "assets/style.css" => ("text/css; charset=utf-8", include_str!("assets/style.css")),
        "assets/script.js" => ("text/javascript; charset=utf-8", include_str!("assets/script.js")),
        "assets/story.css" => ("text/css; charset=utf-8", STORY_STYLE),
        "assets/sparql.js" => ("text/javascript; charset=utf-8", include_str!("assets/sparql.js")),
        "assets/icon.svg" | "favicon.ico" => ("image/svg+xml", include_str!("assets/icon.svg")),
        _ => return None,
    };
    Some(Reply::new(content_type, body).with("cache-control", "max-age=3600"))
}

/// A page. Stories get theirs here.
fn page(scope: &Scope<'_>, request: &Request, path: &str) -> Result<Reply, Problem> {
    if let Some(data) = tables::of_list(scope, request, path)? {
        return Ok(data);
    }
    let (snapshot, lookup) = (scope.snapshot, scope.snapshot.lookup());
    let site = scope.site(request);
    let html = match path.split_once('/').unwrap_or((path, "")) {
        ("", "") => page::home(site, &snapshot.catalogue, snapshot.sources()?.as_ref()),
        ("search", "") => {
            let words = request.query.words("q").unwrap_or("");
            let found = facts::search(lookup, &snapshot.catalogue, words, HITS)?;
            page::search(site, words, &found)
        }
        ("articles", "") => page::articles(site, &snapshot.catalogue, request.start()?),
        ("sources", "") => page::sources(site, snapshot.sources()?.as_ref()),
        ("decisions", "") => page::decisions(site, &facts::decisions(lookup)?),
        ("questions", "") => page::questions(site),
        ("question", name) => question(scope, request, name)?,
        ("query", "") => query(scope, request),
        _ => return nodes::node(scope, request),
    };
    Ok(Reply::new(HTML, html))
}

/// A shipped question: asked at once, as each of its parameters may be left unset.
fn question(scope: &Scope<'_>, request: &Request, name: &str) -> Result<String, Problem> {
    let query = NamedQuery::find(name).ok_or_else(|| {
        Problem::new(404, format!("{name}: no such question; /questions lists them"))
    })?;
    let view = View::of(request.query.get("view"));
    let values: Vec<(&str, &str)> =
        request.query.iter().filter(|(name, _)| *name != "view").collect();
    let site = scope.site(request);
    let question = named(scope, query, values.iter().copied());
    let asked = question.and_then(|question| rows(scope, &question, 0, ROWS));
    Ok(page::question(site, query, &values, view, &outcome(asked)))
}

fn query(scope: &Scope<'_>, request: &Request) -> String {
    let site = scope.site(request);
    let view = View::of(request.query.get("view"));
    let Some(sparql) = request.query.words("query") else {
        return page::sparql(site, EXAMPLE, view, &Asked::Nothing);
    };
    let cancellation = scope.cancellation.clone();
    let question = Question { cancellation, ..Question::new("query", sparql) };
    page::sparql(site, sparql, view, &outcome(rows(scope, &question, 0, ROWS)))
}

fn outcome(asked: Result<super::rows::Rows, Problem>) -> Asked {
    asked.map_or_else(|problem| Asked::Refused(problem.detail), Asked::Answer)
}
