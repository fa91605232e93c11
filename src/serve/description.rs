//! What is here, for programs: the SPARQL service
//! (<https://www.w3.org/TR/sparql11-service-description/>) and the data set
//! (<https://www.w3.org/TR/void/>).

use oxrdf::Triple;
use oxttl::TurtleParser;

use super::answer::{accepted, graph};
use super::http::{Problem, Reply, Request};
use super::rights::Rights;
use super::scope::Scope;

const SERVICE: &str = include_str!("assets/service.ttl");
const DATA: &str = include_str!("assets/void.ttl");

/// The description of the SPARQL service.
pub(super) fn of_service(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let update = if request.rights == Rights::ReadOnly { "" } else { ", sd:SPARQL11Update" };
    written(scope, request, &SERVICE.replace("%UPDATE%", update), "/sparql")
}

/// The description of the data set.
pub(super) fn of_data(scope: &Scope<'_>, request: &Request) -> Result<Reply, Problem> {
    let turtle = DATA
        .replace("%QUADS%", &scope.snapshot.store.quads()?.to_string())
        .replace("%ARTICLES%", &scope.snapshot.catalogue.len().to_string())
        .replace("%BASE%", scope.snapshot.store.iris().base());
    written(scope, request, &turtle, "/.well-known/void")
}

/// Turtle whose relative IRIs begin at a place of this server, in the format asked for.
fn written(
    scope: &Scope<'_>,
    request: &Request,
    turtle: &str,
    place: &str,
) -> Result<Reply, Problem> {
    let broken = |message: String| Problem::new(500, message);
    let parser = TurtleParser::new().with_base_iri(format!("{}{place}", request.address));
    let parser = parser.map_err(|error| Problem::bad(format!("Host: {error}")))?;
    let triples: Result<Vec<Triple>, _> = parser.for_slice(turtle).collect();
    let triples = triples.map_err(|error| broken(error.to_string()))?;
    let accept = accepted(request.query.get("format"), &request.accept)?;
    graph(scope, triples, &accept).map(Reply::varying)
}
