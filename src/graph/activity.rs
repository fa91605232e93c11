//! What builds were made with: the graph of builds says of each what it used.

use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::Iris;
use super::iri::program;
use super::vocabulary::{dcterms, prov, rdf, rel, rp, schema, void};

/// What a build uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// What it is to the build: `model`, `gazetteer`, `ontology`, `rules`.
    pub role: String,
    /// The name of its file, or of what ships.
    pub name: String,
    /// A digest of what is in it.
    pub digest: String,
}

/// A build: what of the program, and what of a user, articles were understood with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// A digest of all of it.
    pub digest: String,
    /// What it uses.
    pub used: Vec<Used>,
}

/// The licences of the program.
const LICENSES: [&str; 2] =
    ["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/Apache-2.0"];

impl Activity {
    /// Its IRI in a store.
    pub fn iri(&self, iris: &Iris) -> NamedNode {
        iris.build(&self.digest)
    }

    /// What the graph of builds says of it, of the store as a data set, and of the
    /// program.
    pub(super) fn quads(&self, iris: &Iris) -> Vec<Quad> {
        let (graph, build, program) = (iris.build_graph(), self.iri(iris), program());
        let data = iris.data_set();
        let mut quads = Vec::new();
        let mut say = |subject: &NamedNode, property: NamedNodeRef<'_>, value: Term| {
            quads.push(Quad::new(subject.clone(), property, value, graph.clone()));
        };
        let text = |text: &str| Term::from(Literal::new_simple_literal(text));
        say(&data, rdf::TYPE, void::DATASET.into());
        for namespace in [rp::NAMESPACE, rel::NAMESPACE, schema::NAMESPACE, prov::NAMESPACE] {
            say(&data, void::VOCABULARY, NamedNode::new_unchecked(namespace).into());
        }
        say(&data, prov::WAS_GENERATED_BY, build.clone().into());
        say(&build, rdf::TYPE, prov::ACTIVITY.into());
        say(&build, rp::DIGEST, text(&self.digest));
        say(&build, prov::WAS_ASSOCIATED_WITH, program.clone().into());
        say(&program, rdf::TYPE, prov::SOFTWARE_AGENT.into());
        say(&program, dcterms::TITLE, text(concat!("reportedly ", env!("CARGO_PKG_VERSION"))));
        for license in LICENSES {
            say(&program, dcterms::LICENSE, NamedNode::new_unchecked(license).into());
        }
        for used in &self.used {
            let node = iris.used(&used.digest);
            say(&build, prov::USED, node.clone().into());
            say(&node, rdf::TYPE, prov::ENTITY.into());
            say(&node, dcterms::TITLE, text(&used.name));
            say(&node, dcterms::TYPE, text(&used.role));
            say(&node, rp::DIGEST, text(&used.digest));
        }
        quads
    }
}
