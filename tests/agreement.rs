//! JSON and RDF show the same statements: the whole graph of an article can be
//! made again from its JSON alone, quad for quad.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use reportedly::Pipeline;
use reportedly::graph::vocabulary::{
    dcterms, foaf, oa, prov, rdf, rdfs, rel, rp, schema, skos, xsd,
};
use reportedly::graph::{ArticleGraph, DEFAULT_BASE, Iris, QuadView};
use reportedly::read::{self, Input, Item};
use serde_json::Value;

/// An article in both forms.
fn both(pipeline: &Pipeline, item: Item) -> (Value, ArticleGraph) {
    let analysis = pipeline.analyse(item);
    let iris = Iris::new(DEFAULT_BASE).expect("an IRI");
    (serde_json::from_str(&analysis.json()).expect("JSON"), analysis.graph(&iris))
}

fn shipped() -> Pipeline {
    Pipeline::builder().build().expect("what ships is whole")
}

/// Quads as text: those of the article's own graph, and those of the graph of
/// propositions.
#[derive(Default)]
struct Quads {
    own: BTreeSet<String>,
    shared: BTreeSet<String>,
}

/// What the JSON of an article says, as quads.
struct Reader<'a> {
    json: &'a Value,
    text: Vec<char>,
    article: NamedNode,
    iris: Iris,
    quads: Quads,
    /// Claims of what only this article speaks of: the triple, and how it is put.
    alone: Vec<(NamedNode, Triple, String)>,
}

fn node(iri: impl Into<String>) -> NamedNode {
    NamedNode::new(iri).expect("an IRI")
}

fn text(words: &str) -> Literal {
    Literal::new_simple_literal(words)
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The members of a list.
fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().unwrap_or_else(|| panic!("{name} is no list"))
}

/// A member of a vocabulary by the name that JSON gives it: `not-so` is `notSo`.
fn term(name: &Value) -> NamedNode {
    node(format!("{}{}", rp::NAMESPACE, name.as_str().expect("a name")))
}

impl<'a> Reader<'a> {
    fn read(json: &'a Value) -> Quads {
        let iris = Iris::new(DEFAULT_BASE).expect("an IRI");
        let id = json["id"].as_str().expect("an id");
        let article = node(format!("{DEFAULT_BASE}article/{id}"));
        let text = json["text"].as_str().expect("text").chars().collect();
        let mut reader =
            Self { json, text, article, iris, quads: Quads::default(), alone: Vec::new() };
        reader.article();
        for entity in list(json, "entities") {
            reader.entity(entity);
        }
        for attribution in list(json, "attributions") {
            reader.attribution(attribution);
        }
        for claim in list(json, "claims") {
            reader.claim(claim);
        }
        reader.disputed();
        reader.quads
    }

    fn add(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, object: impl Into<Term>) {
        let triple = Triple::new(subject.clone(), property.into_owned(), object);
        self.quads.own.insert(triple.to_string());
    }

    fn share(&mut self, subject: &NamedNode, property: NamedNodeRef<'_>, object: impl Into<Term>) {
        let triple = Triple::new(subject.clone(), property.into_owned(), object);
        self.quads.shared.insert(triple.to_string());
    }

    fn below(&self, path: &str) -> NamedNode {
        node(format!("{}{path}", self.article.as_str()))
    }

    fn slice(&self, range: &Value) -> String {
        let at = |end: &str| range[end].as_u64().expect("an offset") as usize;
        self.text[at("start")..at("end")].iter().collect()
    }

    /// The passage of a range, described.
    fn passage(&mut self, range: &Value) -> NamedNode {
        let (start, end) = (range["start"].as_i64().unwrap(), range["end"].as_i64().unwrap());
        let passage = self.below(&format!("#char={start},{end}"));
        self.add(&passage, rdf::TYPE, oa::TEXT_POSITION_SELECTOR);
        self.add(&passage, oa::START, Literal::from(start));
        self.add(&passage, oa::END, Literal::from(end));
        self.add(&passage, oa::EXACT, text(&self.slice(range)));
        passage
    }

    /// The node of an entity by its id; none for null.
    fn entity_node(&self, id: &Value) -> Option<NamedNode> {
        let id = id.as_str()?;
        let known = list(self.json, "entities").iter().any(|entity| entity["id"] == id);
        assert!(known, "{id} is no entity of {}", self.article);
        Some(match id.split_once('/') {
            Some((_, slug)) => self.below(&format!("/entity/{slug}")),
            None => node(format!("{DEFAULT_BASE}entity/{id}")),
        })
    }

    fn article(&mut self) {
        let (json, article) = (self.json, self.article.clone());
        self.add(&article, rdf::TYPE, schema::NEWS_ARTICLE);
        self.add(&article, schema::IN_LANGUAGE, text(json["language"].as_str().unwrap()));
        self.add(&article, rp::TEXT, text(json["text"].as_str().unwrap()));
        for author in list(json, "authors") {
            self.add(&article, schema::AUTHOR, text(author.as_str().unwrap()));
        }
        if let Some(title) = json["title"].as_str() {
            self.add(&article, schema::HEADLINE, text(title));
        }
        if let Some(url) = json["url"].as_str() {
            self.add(&article, schema::URL, node(url));
        }
        if let Some(day) = json["published"].as_str() {
            let datatype = if day.contains('T') { xsd::DATE_TIME } else { xsd::DATE };
            self.add(&article, schema::DATE_PUBLISHED, Literal::new_typed_literal(day, datatype));
        }
        if let Some(publisher) = self.entity_node(&json["publisher_entity"]) {
            self.add(&article, schema::PUBLISHER, publisher);
        }
    }

    fn entity(&mut self, entity: &Value) {
        let node = self.entity_node(&entity["id"]).expect("an id");
        let is_global = !entity["id"].as_str().unwrap().contains('/');
        let (kind, name, other) = if is_global {
            (schema::ADDITIONAL_TYPE, schema::NAME, schema::ALTERNATE_NAME)
        } else {
            (rdf::TYPE, skos::PREF_LABEL, skos::ALT_LABEL)
        };
        if entity["phrase"] == true {
            self.add(&node, rdf::TYPE, rp::PHRASE);
            if !entity["type"].is_null() {
                self.add(&node, schema::ADDITIONAL_TYPE, class(&entity["type"]));
            }
        } else {
            self.add(&node, kind, class(&entity["type"]));
        }
        let label = one_line(entity["label"].as_str().unwrap());
        for form in list(entity, "names").iter().map(|n| one_line(n.as_str().unwrap())) {
            if form != label {
                self.add(&node, other, text(&form));
            }
        }
        self.add(&node, name, text(&label));
        if let Some(owner) = self.entity_node(&entity["affiliation"]) {
            self.add(&node, schema::AFFILIATION, owner);
        }
        for mention in list(entity, "mentions") {
            let passage = self.passage(mention);
            self.add(&passage, rp::MENTIONS, node.clone());
        }
        for link in list(entity, "links") {
            assert!(is_global, "only what is known everywhere is linked");
            self.link(&node, link);
        }
    }

    fn link(&mut self, entity: &NamedNode, link: &Value) {
        let target = node(link["iri"].as_str().unwrap());
        let last = |node: &NamedNode| {
            let path = node.as_str().trim_end_matches('/');
            path.rsplit('/').next().unwrap().to_owned()
        };
        let name = last(&target).replace('(', "%28").replace(')', "%29").replace(',', "%2C");
        let evidence = self.below(&format!("/link/{}/{name}", last(entity)));
        let score = format!("{:.2}", link["score"].as_f64().unwrap());
        self.add(&evidence, rdf::TYPE, rp::LINK_EVIDENCE);
        self.add(&evidence, rp::ENTITY, entity.clone());
        self.add(&evidence, rp::TARGET, target);
        self.add(&evidence, rp::SCORE, Literal::new_typed_literal(score, xsd::DECIMAL));
        self.add(&evidence, rp::METHOD, text(link["method"].as_str().unwrap()));
        if let Some(day) = link["checked"].as_str() {
            self.add(&evidence, dcterms::DATE, Literal::new_typed_literal(day, xsd::DATE));
        }
    }

    /// RDF leaves out attributions of which nothing says what was said.
    fn attribution(&mut self, attribution: &Value) {
        if list(attribution, "content").is_empty() {
            return;
        }
        let node = self.below(&format!("/{}", attribution["id"].as_str().unwrap()));
        self.add(&node, rdf::TYPE, rp::ATTRIBUTION);
        self.add(&node, prov::WAS_DERIVED_FROM, self.article.clone());
        self.add(&node, rp::KIND, term(&attribution["kind"]));
        self.add(&node, rp::ATTITUDE, term(&attribution["attitude"]));
        self.add(&node, rp::POLARITY, term(&attribution["polarity"]));
        self.add(&node, rp::CUE_LEMMA, text(attribution["cue_lemma"].as_str().unwrap()));
        self.add(&node, rp::RULE, text(attribution["rule"].as_str().unwrap()));
        if let Some(source) = self.entity_node(&attribution["source"]["entity"]) {
            self.add(&node, rp::SOURCE, source);
        }
        if !attribution["cue"].is_null() {
            let cue = self.passage(&attribution["cue"]);
            self.add(&node, rp::CUE, cue);
        }
        for content in list(attribution, "content") {
            let content = self.passage(content);
            self.add(&node, rp::CONTENT, content);
        }
        if let Some(outer) = attribution["within"].as_str() {
            let outer = self.below(&format!("/{outer}"));
            self.add(&node, rp::WITHIN, outer);
        }
    }

    fn claim(&mut self, claim: &Value) {
        let node = self.below(&format!("/{}", claim["id"].as_str().unwrap()));
        let triple = self.triple(claim);
        let expressed = self.expressed(&claim["expresses"]);
        self.relation(&claim["relation"]);
        match &expressed {
            Some(declared) if *declared != triple => self.proposition(&node, declared),
            _ if self.is_of_this_article_alone(&triple) => {
                let how = ["modality", "polarity"].map(|name| term(&claim[name]).to_string());
                self.alone.push((node.clone(), triple.clone(), how.concat()));
            }
            _ => self.proposition(&node, &triple),
        }
        self.add(&node, rdf::TYPE, rp::CLAIM);
        let article = self.article.clone();
        self.add(&node, prov::WAS_DERIVED_FROM, article);
        self.add(&node, rdf::SUBJECT, triple.subject.clone());
        self.add(&node, rdf::PREDICATE, triple.predicate.clone());
        self.add(&node, rdf::OBJECT, triple.object.clone());
        self.add(&node, rp::POLARITY, term(&claim["polarity"]));
        self.add(&node, rp::MODALITY, term(&claim["modality"]));
        self.add(&node, rp::RULE, text(claim["rule"].as_str().unwrap()));
        if let Some(when) = claim["when"].as_str() {
            self.add(&node, rp::WHEN, time(when));
        }
        self.evidence(&node, claim);
        for qualifier in list(claim, "qualifiers") {
            let value = self.value(qualifier);
            let property = NamedNode::new(qualifier["iri"].as_str().unwrap()).unwrap();
            self.add(&node, property.as_ref(), value);
        }
        self.sources(&node, claim);
        assert_eq!(claim["asserted"] == true, claim["withheld"].is_null(), "{claim}");
        if claim["asserted"] == true {
            self.add(&node, rp::ASSERTED, Literal::from(true));
            for triple in [Some(triple), expressed].into_iter().flatten() {
                self.quads.own.insert(triple.to_string());
            }
        }
    }

    fn triple(&mut self, claim: &Value) -> Triple {
        let Term::NamedNode(subject) = self.value(&claim["subject"]) else {
            panic!("the subject is no node: {claim}")
        };
        let predicate = node(claim["relation"]["iri"].as_str().unwrap());
        let object = match &claim["object"] {
            Value::Null => Literal::from(true).into(),
            object => self.value(object),
        };
        Triple::new(subject, predicate, object)
    }

    fn expressed(&mut self, expressed: &Value) -> Option<Triple> {
        if expressed.is_null() {
            return None;
        }
        let subject = self.node_of(&expressed["subject"]);
        let object = self.node_of(&expressed["object"]);
        self.relation(expressed);
        Some(Triple::new(subject, node(expressed["iri"].as_str().unwrap()), object))
    }

    /// An entity, or what a phrase stands for.
    fn node_of(&mut self, node: &Value) -> NamedNode {
        match self.entity_node(&node["entity"]) {
            Some(entity) => entity,
            None => self.phrase(&node["phrase"]),
        }
    }

    fn relation(&mut self, relation: &Value) {
        let label = text(relation["label"].as_str().unwrap());
        self.share(&node(relation["iri"].as_str().unwrap()), rdfs::LABEL, label);
    }

    /// What only this article speaks of has a proposition if it is affirmed and denied.
    fn disputed(&mut self) {
        let put = |polarity| format!("{}{polarity}", rp::ACTUAL);
        for (claim, triple, _) in self.alone.clone() {
            let is_put = |how: String| self.alone.iter().any(|(_, t, h)| *t == triple && *h == how);
            if is_put(put(rp::POSITIVE)) && is_put(put(rp::NEGATIVE)) {
                self.proposition(&claim, &triple);
            }
        }
    }

    /// Whether no other article can have the same triple.
    fn is_of_this_article_alone(&self, triple: &Triple) -> bool {
        let own = self.below("/").into_string();
        let object = triple.object.to_string();
        triple.subject.to_string().contains(&own) || object.starts_with(&format!("<{own}"))
    }

    fn proposition(&mut self, claim: &NamedNode, triple: &Triple) {
        let proposition = self.iris.proposition_of(triple);
        self.add(claim, rp::EXPRESSES, proposition.clone());
        let object = match &triple.object {
            Term::Literal(words) if words.datatype() == xsd::STRING => {
                let words = one_line(&words.value().to_lowercase());
                text(words.trim_matches(|c: char| !c.is_alphanumeric())).into()
            }
            other => other.clone(),
        };
        self.share(&proposition, rdf::TYPE, rp::PROPOSITION);
        self.share(&proposition, rp::SUBJECT, triple.subject.clone());
        self.share(&proposition, rp::RELATION, triple.predicate.clone());
        self.share(&proposition, rp::OBJECT, object);
    }

    /// What an argument is; its words must stand where it says.
    fn value(&mut self, argument: &Value) -> Term {
        assert_eq!(argument["text"], self.slice(argument).as_str(), "{argument}");
        let phrase = match &argument["phrase"] {
            Value::Null => argument,
            phrase => phrase,
        };
        let words = one_line(&self.slice(phrase));
        assert_eq!(one_line(phrase["text"].as_str().expect("text")), words, "{argument}");
        let value = || argument["value"].as_str().expect("a value");
        match argument["kind"].as_str().expect("a kind") {
            "entity" => self.entity_node(&argument["entity"]).expect("an entity").into(),
            "phrase" => self.phrase(argument).into(),
            "text" => {
                let named = argument["value"].as_str().map(str::to_owned);
                text(&named.unwrap_or_else(|| one_line(argument["text"].as_str().unwrap()))).into()
            }
            "integer" => Literal::new_typed_literal(value(), xsd::INTEGER).into(),
            "decimal" => Literal::new_typed_literal(value(), xsd::DECIMAL).into(),
            "time" => time(value()).into(),
            other => panic!("{other} is no kind"),
        }
    }

    fn phrase(&mut self, range: &Value) -> NamedNode {
        let phrase = self.below(&format!("/phrase/{}-{}", range["start"], range["end"]));
        self.add(&phrase, rdf::TYPE, rp::PHRASE);
        self.add(&phrase, skos::PREF_LABEL, text(&one_line(&self.slice(range))));
        phrase
    }

    fn evidence(&mut self, node: &NamedNode, claim: &Value) {
        for (property, range) in [
            (rp::EVIDENCE, claim),
            (rp::SUBJECT_EVIDENCE, &claim["subject"]),
            (rp::RELATION_EVIDENCE, &claim["relation"]),
            (rp::OBJECT_EVIDENCE, &claim["object"]),
            (rp::WHEN_EVIDENCE, &claim["when_evidence"]),
        ] {
            if !range.is_null() {
                let passage = self.passage(range);
                self.add(node, property, passage);
            }
        }
    }

    fn sources(&mut self, node: &NamedNode, claim: &Value) {
        if let Some(attribution) = claim["attribution"].as_str() {
            let attribution = self.below(&format!("/{attribution}"));
            self.add(&attribution, rp::CLAIM_OF, node.clone());
        }
        if let Some(source) = self.entity_node(&claim["stated_by"]) {
            self.add(&source, rp::STATED, node.clone());
        }
        for medium in list(claim, "reported_by") {
            let medium = self.entity_node(medium).expect("an id");
            self.add(&medium, rp::REPORTS, node.clone());
        }
        if let Some(origin) = self.entity_node(&claim["origin"]) {
            self.add(node, rp::ORIGIN, origin);
        }
    }
}

/// The class of an entity of a type of the JSON.
fn class(kind: &Value) -> NamedNodeRef<'static> {
    match kind.as_str() {
        Some("person") => schema::PERSON,
        Some("organization") => schema::ORGANIZATION,
        Some("place" | "facility") => schema::PLACE,
        Some("event") => schema::EVENT,
        Some("group") => foaf::GROUP,
        Some("product") => schema::PRODUCT,
        Some("money") => schema::MONETARY_AMOUNT,
        Some("unnamed-source") => rp::UNNAMED_SOURCE,
        Some("other") | None => schema::THING,
        Some(other) => panic!("{other} is no type"),
    }
}

/// A time with the datatype that its form tells.
fn time(value: &str) -> Literal {
    let form: String = value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    match form.as_str() {
        "0000" => Literal::new_typed_literal(value, xsd::G_YEAR),
        "0000-00" => Literal::new_typed_literal(value, xsd::G_YEAR_MONTH),
        "0000-00-00" => Literal::new_typed_literal(value, xsd::DATE),
        "0000-00-00T00:00" => Literal::new_typed_literal(format!("{value}:00"), xsd::DATE_TIME),
        "0000-00-00T00:00:00" | "0000-00-00T00:00:00Z" => {
            Literal::new_typed_literal(value, xsd::DATE_TIME)
        }
        _ => text(value),
    }
}

fn triple_of(quad: QuadView<'_>) -> String {
    Triple::new(quad.subject.clone(), quad.predicate.clone(), quad.object.clone()).to_string()
}

/// Whether a quad is of a kind that ontologies add to the relations they declare.
fn is_declaration(quad: QuadView<'_>) -> bool {
    let of_relation = quad.subject.to_string().starts_with(&format!("<{}", rel::NAMESPACE));
    of_relation && *quad.predicate != rdfs::LABEL
}

/// Where the two forms of an article differ, if they do.
fn differences(json: &Value, graph: &ArticleGraph) -> Vec<String> {
    let said = Reader::read(json);
    let own: BTreeSet<String> = graph.quads.iter().map(triple_of).collect();
    let shared = graph.shared.iter().filter(|quad| !is_declaration(*quad));
    let shared: BTreeSet<String> = shared.map(triple_of).collect();
    let json_only = said.own.difference(&own).chain(said.shared.difference(&shared));
    let rdf_only = own.difference(&said.own).chain(shared.difference(&said.shared));
    let json_only = json_only.map(|quad| format!("only in JSON: {quad}"));
    json_only.chain(rdf_only.map(|quad| format!("only in RDF:  {quad}"))).collect()
}

/// Both forms of each article; how many claims there were.
fn check(inputs: &[PathBuf]) -> usize {
    let pipeline = shipped();
    let inputs: Vec<Input> = inputs.iter().map(|path| Input::from(path.as_path())).collect();
    let mut claims = 0;
    for item in read::articles(&inputs, &read::Options::default()) {
        let (json, graph) = both(&pipeline, item.expect("readable"));
        let differences = differences(&json, &graph);
        let some = differences.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
        assert!(differences.is_empty(), "{}: {} differ\n{some}", json["id"], differences.len());
        claims += list(&json, "claims").len();
    }
    claims
}

#[test]
fn json_and_rdf_of_the_examples_agree_in_every_field() {
    assert!(check(&common::examples()) > 100);
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn json_and_rdf_of_development_texts_agree_in_every_field() {
    for file in ["data/web/newspapers/articles.jsonl", "data/web/stories/stories.jsonl"] {
        assert!(check(&[common::shared(file)]) > 100, "{file}");
    }
}

#[test]
fn what_differs_is_seen() {
    let pipeline = shipped();
    let example = common::examples().remove(0);
    let mut items = read::articles(&[Input::from(example.as_path())], &read::Options::default());
    let (good, graph) = both(&pipeline, items.next().expect("an example").expect("readable"));
    assert_eq!(differences(&good, &graph), Vec::<String>::new());
    for (path, bad) in [
        ("/claims/0/polarity", "negative"),
        ("/claims/0/modality", "planned"),
        ("/claims/0/relation/iri", "https://w3id.org/reportedly/rel/eats"),
        ("/claims/0/rule", "another"),
        ("/entities/0/label", "Nobody"),
        ("/language", "fr"),
    ] {
        let mut json = good.clone();
        *json.pointer_mut(path).expect(path) = Value::from(bad);
        assert!(!differences(&json, &graph).is_empty(), "{path}");
    }
}
