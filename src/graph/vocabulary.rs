//! The terms the graph is written in: our own vocabulary and the standard ones.
//!
//! `ontology/reportedly.ttl` defines and explains every term of [`rp`];
//! `tests/vocabulary.rs` holds that the two agree in both directions.

macro_rules! vocabulary {
    ($(#[$meta:meta])* $module:ident = $namespace:literal { $($name:ident = $local:literal,)* }) => {
        $(#[$meta])*
        #[allow(missing_docs)] // the vocabulary's own document explains its terms
        pub mod $module {
            use oxrdf::NamedNodeRef;

            /// What the IRIs of its terms begin with.
            pub const NAMESPACE: &str = $namespace;
            $(
                pub const $name: NamedNodeRef<'static> =
                    NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )*
            /// All terms above, as written.
            pub const TERMS: &[NamedNodeRef<'static>] = &[$($name),*];
        }
    };
}

vocabulary! {
    /// Reportedly's own: claims, attributions, and what joins them to the text.
    rp = "https://w3id.org/reportedly/ns#" {
        // Classes
        CLAIM = "Claim",
        ATTRIBUTION = "Attribution",
        UNNAMED_SOURCE = "UnnamedSource",
        PHRASE = "Phrase",
        PROPOSITION = "Proposition",
        STORY_CLASS = "Story",
        LINK = "Link",
        LINK_EVIDENCE = "LinkEvidence",
        DECISION = "Decision",
        VERDICT_CLASS = "Verdict",
        POLARITY_CLASS = "Polarity",
        MODALITY_CLASS = "Modality",
        ATTITUDE_CLASS = "Attitude",
        ATTRIBUTION_KIND = "AttributionKind",
        // Article and passages
        TEXT = "text",
        MENTIONS = "mentions",
        DIGEST = "digest",
        PENDING = "pending",
        SIGNATURE = "signature",
        FILE = "file",
        FETCHED = "fetched",
        SOURCE_DIGEST = "sourceDigest",
        LAYOUT = "layout",
        STALE = "stale",
        // Claims
        POLARITY = "polarity",
        MODALITY = "modality",
        WHEN = "when",
        EVIDENCE = "evidence",
        SUBJECT_EVIDENCE = "subjectEvidence",
        RELATION_EVIDENCE = "relationEvidence",
        OBJECT_EVIDENCE = "objectEvidence",
        WHEN_EVIDENCE = "whenEvidence",
        RULE = "rule",
        ASSERTED = "asserted",
        EXPRESSES = "expresses",
        // Attributions
        SOURCE = "source",
        CUE = "cue",
        CUE_LEMMA = "cueLemma",
        CONTENT = "content",
        ATTITUDE = "attitude",
        KIND = "kind",
        WITHIN = "within",
        CLAIM_OF = "claim",
        // The short way
        STATED = "stated",
        REPORTS = "reports",
        // Propositions
        SUBJECT = "subject",
        RELATION = "relation",
        OBJECT = "object",
        ORIGIN = "origin",
        ARTICLES = "articles",
        AFFIRMATIONS = "affirmations",
        DENIALS = "denials",
        CONTRADICTS = "contradicts",
        // Stories
        STORY = "story",
        NEAR_COPY_OF = "nearCopyOf",
        UPDATES = "updates",
        SUPERSEDES = "supersedes",
        IN_COMMON = "inCommon",
        // Declared relations
        STRICT = "strict",
        COUNTER_EXAMPLE = "counterExample",
        // Links
        ENTITY = "entity",
        TARGET = "target",
        SCORE = "score",
        METHOD = "method",
        // Decisions
        VERDICT = "verdict",
        IN_ARTICLE = "inArticle",
        SAME = "same",
        APART = "apart",
        LINKED = "linked",
        NOT_LINKED = "notLinked",
        CALLED = "called",
        // Polarities
        POSITIVE = "positive",
        NEGATIVE = "negative",
        // Modalities
        ACTUAL = "actual",
        FUTURE = "future",
        PLANNED = "planned",
        POSSIBLE = "possible",
        WANTED = "wanted",
        OBLIGED = "obliged",
        CONDITIONAL = "conditional",
        ASKED = "asked",
        HYPOTHETICAL = "hypothetical",
        // Attitudes
        STATES = "states",
        DENIES = "denies",
        DOUBTS = "doubts",
        ASKS = "asks",
        PROMISES = "promises",
        THREATENS = "threatens",
        ORDERS = "orders",
        BELIEVES = "believes",
        SHOWS = "shows",
        // Kinds of attribution
        DIRECT = "direct",
        INDIRECT = "indirect",
        MIXED = "mixed",
        NOUN = "noun",
        HEADLINE = "headline",
    }
}

vocabulary! {
    /// Relations found in text: an open namespace, minted from lemmas.
    rel = "https://w3id.org/reportedly/rel/" {}
}

vocabulary! {
    /// <https://schema.org/>
    schema = "https://schema.org/" {
        NEWS_ARTICLE = "NewsArticle",
        PERSON = "Person",
        ORGANIZATION = "Organization",
        PLACE = "Place",
        EVENT = "Event",
        PRODUCT = "Product",
        MONETARY_AMOUNT = "MonetaryAmount",
        THING = "Thing",
        HEADLINE = "headline",
        PUBLISHER = "publisher",
        AUTHOR = "author",
        DATELINE = "dateline",
        CREDIT_TEXT = "creditText",
        COPYRIGHT_NOTICE = "copyrightNotice",
        DATE_PUBLISHED = "datePublished",
        VERSION = "version",
        URL = "url",
        IN_LANGUAGE = "inLanguage",
        CLAIM = "Claim",
        APPEARANCE = "appearance",
        HAS_PART = "hasPart",
        ABOUT = "about",
        TEMPORAL_COVERAGE = "temporalCoverage",
        NAME = "name",
        ALTERNATE_NAME = "alternateName",
        ADDITIONAL_TYPE = "additionalType",
        AFFILIATION = "affiliation",
        DOMAIN_INCLUDES = "domainIncludes",
        RANGE_INCLUDES = "rangeIncludes",
    }
}

vocabulary! {
    /// Web Annotation, <https://www.w3.org/TR/annotation-vocab/>
    oa = "http://www.w3.org/ns/oa#" {
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        START = "start",
        END = "end",
        EXACT = "exact",
    }
}

vocabulary! {
    /// SKOS, <https://www.w3.org/TR/skos-reference/>
    skos = "http://www.w3.org/2004/02/skos/core#" {
        PREF_LABEL = "prefLabel",
        ALT_LABEL = "altLabel",
        CLOSE_MATCH = "closeMatch",
        HIDDEN_LABEL = "hiddenLabel",
        EXAMPLE = "example",
        EXACT_MATCH = "exactMatch",
        BROAD_MATCH = "broadMatch",
        NARROW_MATCH = "narrowMatch",
        RELATED_MATCH = "relatedMatch",
        NOTE = "note",
        DEFINITION = "definition",
        SCOPE_NOTE = "scopeNote",
        EDITORIAL_NOTE = "editorialNote",
        HISTORY_NOTE = "historyNote",
        CHANGE_NOTE = "changeNote",
        NOTATION = "notation",
        IN_SCHEME = "inScheme",
        CONCEPT = "Concept",
        CONCEPT_SCHEME = "ConceptScheme",
    }
}

vocabulary! {
    /// PROV-O, <https://www.w3.org/TR/prov-o/>
    prov = "http://www.w3.org/ns/prov#" {
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_REVISION_OF = "wasRevisionOf",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
        WAS_INFLUENCED_BY = "wasInfluencedBy",
        SOFTWARE_AGENT = "SoftwareAgent",
        ACTIVITY = "Activity",
        ENTITY = "Entity",
        USED = "used",
        WAS_GENERATED_BY = "wasGeneratedBy",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
    }
}

vocabulary! {
    /// RDF 1.2, <https://www.w3.org/TR/rdf12-concepts/>
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        TYPE = "type",
        REIFIES = "reifies",
        SUBJECT = "subject",
        PREDICATE = "predicate",
        OBJECT = "object",
        FIRST = "first",
        REST = "rest",
        NIL = "nil",
        PROPERTY = "Property",
    }
}

vocabulary! {
    /// RDF Schema, <https://www.w3.org/TR/rdf-schema/>
    rdfs = "http://www.w3.org/2000/01/rdf-schema#" {
        LABEL = "label",
        CLASS = "Class",
        SUB_CLASS_OF = "subClassOf",
        COMMENT = "comment",
        SUB_PROPERTY_OF = "subPropertyOf",
        SEE_ALSO = "seeAlso",
        IS_DEFINED_BY = "isDefinedBy",
    }
}

vocabulary! {
    /// OWL 2, <https://www.w3.org/TR/owl2-overview/>
    owl = "http://www.w3.org/2002/07/owl#" {
        SAME_AS = "sameAs",
        CLASS = "Class",
        INVERSE_OF = "inverseOf",
        EQUIVALENT_PROPERTY = "equivalentProperty",
        VERSION_INFO = "versionInfo",
        ONTOLOGY = "Ontology",
        THING = "Thing",
        NAMED_INDIVIDUAL = "NamedIndividual",
        OBJECT_PROPERTY = "ObjectProperty",
        SYMMETRIC_PROPERTY = "SymmetricProperty",
        ASYMMETRIC_PROPERTY = "AsymmetricProperty",
        TRANSITIVE_PROPERTY = "TransitiveProperty",
        REFLEXIVE_PROPERTY = "ReflexiveProperty",
        IRREFLEXIVE_PROPERTY = "IrreflexiveProperty",
        FUNCTIONAL_PROPERTY = "FunctionalProperty",
        INVERSE_FUNCTIONAL_PROPERTY = "InverseFunctionalProperty",
    }
}

vocabulary! {
    /// Friend of a friend, <http://xmlns.com/foaf/spec/>
    foaf = "http://xmlns.com/foaf/0.1/" {
        GROUP = "Group",
    }
}

vocabulary! {
    /// Dublin Core terms, <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>
    dcterms = "http://purl.org/dc/terms/" {
        DATE = "date",
        MODIFIED = "modified",
        CREATED = "created",
        CREATOR = "creator",
        LICENSE = "license",
        TITLE = "title",
        TYPE = "type",
    }
}

vocabulary! {
    /// VoID, <https://www.w3.org/TR/void/>
    void = "http://rdfs.org/ns/void#" {
        URI_SPACE = "uriSpace",
        DATASET = "Dataset",
        VOCABULARY = "vocabulary",
    }
}

vocabulary! {
    /// Nanopublications, <https://nanopub.net/guidelines/working_draft/>
    np = "http://www.nanopub.org/nschema#" {
        NANOPUBLICATION = "Nanopublication",
        HAS_ASSERTION = "hasAssertion",
        HAS_PROVENANCE = "hasProvenance",
        HAS_PUBLICATION_INFO = "hasPublicationInfo",
    }
}

vocabulary! {
    /// What nanopublications are about, <https://nanopub.net/docs/>
    npx = "http://purl.org/nanopub/x/" {
        INTRODUCES = "introduces",
    }
}

vocabulary! {
    /// OntoLex-Lemon, <https://www.w3.org/2016/05/ontolex/>
    ontolex = "http://www.w3.org/ns/lemon/ontolex#" {
        IS_DENOTED_BY = "isDenotedBy",
        CANONICAL_FORM = "canonicalForm",
        WRITTEN_REP = "writtenRep",
        LEXICAL_ENTRY = "LexicalEntry",
        WORD = "Word",
        MULTIWORD_EXPRESSION = "MultiwordExpression",
        FORM = "Form",
    }
}

vocabulary! {
    /// Wikidata's properties, <https://www.wikidata.org/wiki/Wikidata:List_of_properties>
    wdt = "http://www.wikidata.org/prop/direct/" {
        COUNTRY = "P17",
        CAPITAL = "P36",
        DEMONYM = "P1549",
    }
}

vocabulary! {
    /// SHACL, <https://www.w3.org/TR/shacl/>
    sh = "http://www.w3.org/ns/shacl#" {
        NODE_SHAPE = "NodeShape",
    }
}

vocabulary! {
    /// XML Schema datatypes, <https://www.w3.org/TR/xmlschema11-2/>
    xsd = "http://www.w3.org/2001/XMLSchema#" {
        DATE = "date",
        DATE_TIME = "dateTime",
        G_YEAR = "gYear",
        G_YEAR_MONTH = "gYearMonth",
        DECIMAL = "decimal",
        INTEGER = "integer",
        STRING = "string",
        BOOLEAN = "boolean",
    }
}

/// The properties of claims and attributions whose values are passages.
pub const POINT_AT_PASSAGES: [oxrdf::NamedNodeRef<'static>; 7] = [
    rp::EVIDENCE,
    rp::SUBJECT_EVIDENCE,
    rp::RELATION_EVIDENCE,
    rp::OBJECT_EVIDENCE,
    rp::WHEN_EVIDENCE,
    rp::CUE,
    rp::CONTENT,
];

/// Prefixes that queries may use undeclared and exports declare, by name.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dcterms", dcterms::NAMESPACE),
    ("foaf", foaf::NAMESPACE),
    ("oa", oa::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("rel", rel::NAMESPACE),
    ("rp", rp::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("void", void::NAMESPACE),
    ("wd", "http://www.wikidata.org/entity/"),
    ("xsd", xsd::NAMESPACE),
];
