//! Formats of RDF.

/// A format that graphs are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// <https://www.w3.org/TR/rdf12-turtle/>
    Turtle,
    /// <https://www.w3.org/TR/rdf12-trig/>
    TriG,
    /// <https://www.w3.org/TR/rdf12-n-triples/>
    NTriples,
    /// <https://www.w3.org/TR/rdf12-n-quads/>
    NQuads,
    /// <https://www.w3.org/TR/json-ld11/>
    JsonLd,
    /// <https://www.w3.org/TR/rdf-syntax-grammar/>
    RdfXml,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Turtle, Self::TriG, Self::NTriples, Self::NQuads, Self::JsonLd, Self::RdfXml];

    /// Whether it can say which graph a triple stands in.
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::TriG | Self::NQuads | Self::JsonLd)
    }

    /// Whether it can have a triple for an object, as RDF 1.2 has it.
    /// RDF/XML only can in a draft that few readers know.
    pub fn has_triple_terms(self) -> bool {
        !matches!(self, Self::JsonLd | Self::RdfXml)
    }

    /// How people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "Turtle",
            Self::TriG => "TriG",
            Self::NTriples => "N-Triples",
            Self::NQuads => "N-Quads",
            Self::JsonLd => "JSON-LD",
            Self::RdfXml => "RDF/XML",
        }
    }
}
