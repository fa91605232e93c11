//! The page of whatever has no page of its own kind: what is said of it.

use oxrdf::{Quad, Term};

use super::layout::page;
use super::parts::{self, PAGE_FORMATS};
use crate::serve::facts::{Thing, local_name};
use crate::serve::site::Site;

/// What is said of a node.
pub(in crate::serve) fn node(site: Site<'_>, iri: &str, quads: &[Quad]) -> String {
    page(site.rights, local_name(iri), "", |html| {
        html.element("h1", &[], local_name(iri));
        html.element("p", &[("class", "byline")], iri);
        html.within("table", &[], |html| {
            for quad in quads {
                let property = local_name(quad.predicate.as_str());
                html.within("tr", &[], |html| {
                    html.element("th", &[("scope", "row")], property);
                    html.within("td", &[], |html| parts::thing(html, site, &shown(&quad.object)));
                });
            }
        });
        parts::downloads(html, &site.path(iri).unwrap_or_default(), PAGE_FORMATS);
    })
}

fn shown(term: &Term) -> Thing {
    match term {
        Term::NamedNode(node) => {
            let iri = node.as_str().to_owned();
            Thing { label: iri.clone(), iri: Some(iri) }
        }
        Term::Literal(literal) => Thing { iri: None, label: literal.value().to_owned() },
        other => Thing { iri: None, label: other.to_string() },
    }
}
