//! SPARQL 1.1 Update over its protocol, <https://www.w3.org/TR/sparql11-protocol/>.

use super::{Writer, open};
use crate::query::{self, Update};
use crate::serve::answer::unchanged;
use crate::serve::fields::Fields;
use crate::serve::http::{Problem, Reply, Request};
use crate::serve::sparql::{graphs, one};

/// What an update is called in messages.
const SOURCE: &str = "update";

/// Whether a request at the endpoint is an update.
pub(super) fn is_update(request: &Request) -> bool {
    request.content_type.as_deref() == Some("application/sparql-update")
        || request.is_form() && request.fields().get("update").is_some()
}

/// Changes the store as a request says.
pub(super) fn update(writer: &Writer, request: &Request) -> Result<Reply, Problem> {
    let (fields, sparql) = asked(request)?;
    let using = graphs(&fields, "using-graph-uri", "using-named-graph-uri")?;
    let cancellation = writer.stopping.clone();
    let update = Update { source: SOURCE.to_owned(), sparql, using, cancellation };
    let store = open(writer)?;
    query::update(&store, &update).map_err(|error| unchanged(&error))?;
    store.flush().map_err(super::unwritten)?;
    Ok(Reply { status: 204, ..Reply::new("text/plain; charset=utf-8", "") })
}

/// The fields of a request, and its update.
fn asked(request: &Request) -> Result<(Fields, String), Problem> {
    if !request.is_form() {
        let sparql = String::from_utf8(request.body.clone());
        let sparql = sparql.map_err(|_| Problem::bad("the update is not UTF-8"))?;
        return Ok((request.query.clone(), sparql));
    }
    let fields = request.fields();
    if fields.get("query").is_some() {
        return Err(Problem::bad("a form has `query` or `update`, not both"));
    }
    let update = one(&fields, "update")?;
    let update = update.ok_or_else(|| Problem::bad("the form has no field `update`"))?;
    Ok((fields, update))
}
