//! The library's one pipeline: what it is made of, what it says of what is
//! broken, and that the program goes the same way.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;

use reportedly::read::{self, Input, Item, Options};
use reportedly::resolve::{
    AssertionPolicy, Authority, Candidate, Entry, KnowledgeBase, NameUse, Query, Sort,
};
use reportedly::text::BlockKind;
use reportedly::{Article, Pipeline, PipelineBuilder};

const GAZETTEER: &str = "
    @prefix schema: <https://schema.org/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <https://news.example/known/upper-orm> a schema:City ; skos:prefLabel \"Upper Orm\"@en .";

const RULE: &str = "rule mine\n means x\n match v [VERB]\n emit scope over v\n affirmed asked\n \
                    says a\n says b\n silent c\n";

/// Knows the town of Upper Orm under an id of its own, and Lisbon under another.
#[derive(Debug)]
struct Towns(&'static str);

impl KnowledgeBase for Towns {
    fn name(&self) -> &str {
        self.0
    }

    fn version(&self) -> String {
        "1".to_owned()
    }

    fn candidates(&self, query: &Query<'_>) -> Vec<Candidate<'_>> {
        let label = match query.name {
            "upper orm" => "Upper Orm",
            "lisbon" => "Lisbon",
            _ => return Vec::new(),
        };
        let mut town = Entry::new(&format!("{}-{}", self.0, query.name), label, Sort::City);
        town.ids.extend(Authority::of_iri(&format!("https://{}.example/1", self.0)));
        vec![Candidate::new(Cow::Owned(town), NameUse::Label, 1.0)]
    }
}

fn fingerprint(builder: PipelineBuilder) -> String {
    let article = Article::new("ferry", "Ada Brook sold the ferry.");
    builder.build().unwrap().fingerprint(&Item::from(article))
}

#[test]
fn whatever_is_given_shows_in_the_fingerprint() {
    let cues = "lemma\tkind\nripple out\thearsay\n";
    let relation = "@prefix rel: <https://w3id.org/reportedly/rel/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        rel:mends rdfs:label \"mends\" .";
    let given = [
        Pipeline::builder(),
        Pipeline::builder().gazetteer("mine.ttl", GAZETTEER),
        Pipeline::builder().ontology("mine.ttl", relation),
        Pipeline::builder().rules("mine.rule", RULE),
        Pipeline::builder().word_list("cues.tsv", cues),
        Pipeline::builder().knowledge_base(Towns("towns")),
        Pipeline::builder().knowledge_base(Towns("cities")),
        Pipeline::builder().without_rules("copula"),
        Pipeline::builder().assertion(AssertionPolicy::None),
    ];
    let count = given.len();
    let different: BTreeSet<String> = given.into_iter().map(fingerprint).collect();
    assert_eq!(different.len(), count);
    assert_eq!(fingerprint(Pipeline::builder()), fingerprint(Pipeline::builder()));
}

#[test]
fn what_is_broken_is_named() {
    let check = |builder: PipelineBuilder, expected: &str| {
        let error = builder.build().expect_err(expected).to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    let builder = Pipeline::builder;
    check(builder().gazetteer("mine.ttl", "<a> <b"), "mine.ttl: ");
    check(builder().ontology("mine.ttl", "<a> <b"), "mine.ttl: ");
    check(builder().rules("mine.rule", "rule a\n foo"), "mine.rule:2:2: `foo`");
    let torn = format!("{RULE} parsed v=a\n 1 a b\n");
    check(builder().rules("mine.rule", torn), "mine.rule:9:2: parsed example: line 1: expected id");
    check(builder().word_list("cues.tsv", "lemma\tkind\na\tb\n"), "cues.tsv:2");
    check(builder().model("mine.model", *b"no model"), "mine.model: ");
    check(builder().without_rules("copulas"), "no such family of rules: copulas");
}

#[test]
fn knowledge_bases_are_asked_in_order() {
    let pipeline = Pipeline::builder()
        .knowledge_base(Towns("first"))
        .knowledge_base(Towns("second"))
        .build()
        .unwrap();
    let article = Article::new("ferry", "Ada Brook left Upper Orm and Lisbon on Friday.");
    let analysis = pipeline.analyse(article);
    let links = |label: &str| -> Vec<String> {
        let entity = analysis.entities().iter().find(|entity| entity.label == label).unwrap();
        entity.links.iter().map(|link| format!("{} {}", link.method, link.iri())).collect()
    };
    assert_eq!(links("Upper Orm"), ["first:name https://first.example/1"]);
    assert!(links("Lisbon").iter().all(|link| link.starts_with("gazetteer:")));
}

#[test]
fn the_policy_decides_what_is_asserted() {
    let pipeline = Pipeline::builder().build().unwrap();
    let sells = |assertion: AssertionPolicy| {
        let article = Article::new("ferry", "Ada Brook sold Orm Castle.");
        let quads = pipeline.with_assertion(assertion).analyse(article).quads("https://e.example/");
        let asserted = "https://w3id.org/reportedly/rel/sells";
        quads.unwrap().iter().filter(|quad| quad.predicate.as_str() == asserted).count()
    };
    assert_eq!(sells(AssertionPolicy::None), 0);
    assert_eq!(sells(AssertionPolicy::Own), 1);
}

#[test]
fn bytes_are_counted_as_they_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("a.txt");
    std::fs::write(&plain, "Ada Brook sold the ferry.\n").unwrap();
    let packed = std::fs::File::create(folder.path().join("b.txt.gz")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::best());
    packed
        .write_all("Ada Brook bought the bridge, and the town was glad. ".repeat(500).as_bytes())
        .unwrap();
    packed.finish().unwrap();
    let size = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().len();

    let mut articles = read::articles(&[Input::from(folder.path())], &Options::default());
    let progress = articles.progress();
    assert_eq!(articles.bytes_to_come(), Some(size("a.txt") + size("b.txt.gz")));
    assert_eq!(progress.bytes(), 0);
    articles.next().unwrap().unwrap();
    assert_eq!(progress.bytes(), size("a.txt"));
    assert_eq!(articles.bytes_to_come(), Some(size("b.txt.gz")));
    articles.next().unwrap().unwrap();
    assert_eq!(progress.bytes(), size("a.txt") + size("b.txt.gz"));
    assert!(articles.next().is_none());
    let stream = read::articles(&[Input::Stdin], &Options::default());
    assert_eq!(stream.bytes_to_come(), None);
}

#[test]
fn lists_of_users_reach_reading() {
    let openers = "word\tclass\npenned by\topener\n";
    let cues = "pattern\tplace\treach\twords\tweight\n^ferry lines:\tany\tunit\t-\t1.5\n";
    let lists =
        Pipeline::builder().word_list("page-words.tsv", openers).word_list("boilerplate.tsv", cues);
    let pipeline = lists.build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let text = "Title: Ferry sold\nAuthor: Penned by Ada Brook\n\nAda Brook sold the ferry on \
                Friday, officials said.\n\nFerry lines: north and south\n\nThe harbour will be \
                closed on Monday, its owner said.\n";
    std::fs::write(folder.path().join("a.txt"), text).unwrap();
    let check = |options: &Options, byline: &str, boilerplate: bool| {
        let item = read::articles(&[Input::from(folder.path())], options).next().unwrap().unwrap();
        let article = item.article();
        let marked = article.blocks.iter().any(|b| b.kind == BlockKind::Boilerplate);
        assert_eq!((article.byline.as_deref(), marked), (Some(byline), boilerplate));
    };
    check(&Options::default(), "Penned by Ada Brook", false);
    check(&pipeline.reading(), "Ada Brook", true);
    let broken = cues.replace("lines:", "lines(");
    let error = Pipeline::builder().word_list("boilerplate.tsv", broken).build().unwrap_err();
    assert!(error.to_string().starts_with("boilerplate.tsv:2:1: "), "{error}");
}

#[test]
fn names_know_what_is_known_beforehand() {
    let pipeline = Pipeline::builder().gazetteer("mine.ttl", GAZETTEER).build().unwrap();
    let text = "The Harbour Gazette reported on Monday that Ada Brook had left Upper Orm.";
    let document = pipeline.document(Article::new("orm", text));
    let sort = |words: &str| {
        let mut names = document.names.iter();
        names.find(|name| document.slice(name.span).contains(words)).and_then(|name| name.sort)
    };
    assert_eq!(sort("Gazette"), Some(Sort::Media));
    assert_eq!(sort("Upper Orm"), Some(Sort::City));
    assert_eq!(sort("Brook"), None);
}

#[cfg(feature = "cli")]
#[test]
fn the_program_goes_the_same_way() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/world-cup-brief.txt");
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_reportedly"))
        .args(["analyse", path, "--format", "jsonl"])
        .output()
        .unwrap();
    let pipeline = Pipeline::builder().build().unwrap();
    let inputs = [path.parse::<Input>().unwrap()];
    let items = read::articles(&inputs, &Options::default());
    let lines: String = items.map(|i| pipeline.analyse(i.unwrap()).json() + "\n").collect();
    assert_eq!(String::from_utf8(program.stdout).unwrap(), lines);
}
