//! People's word counts: what they decide about entities holds in the store, in every
//! later build and elsewhere, and can be undone without a trace.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{reportedly, succeed};
use reportedly::curation::{self, Change, Plan};
use reportedly::resolve::{Decision, EntityNode, Verdict};
use reportedly::{Pipeline, Store};

/// Articles of three papers. Two of them have another name for one minister, and one
/// speaks of another John Smith.
const ARTICLES: &[(&str, &str)] = &[
    (
        "ferry",
        "publisher: The Evening Post\ndate: 2024-05-13\n\nAbigail Brook sold the ferry in Lisbon on \
         Monday. “The ferry was too old,” Brook said. John Smith bought the ferry.\n",
    ),
    (
        "quay",
        "publisher: The Harbour Gazette\ndate: 2024-05-14\n\nAbby Brook visited Porto on Tuesday. \
         John Smith met Abby Brook in Porto, officials said.\n",
    ),
    (
        "strike",
        "publisher: The Daily Lantern\ndate: 2024-05-15\n\nJohn Smith left the union on \
         Wednesday. The dock worker John Smith said in Porto that the union had failed him.\n",
    ),
];

const ABIGAIL: &str = "entity/abigail-brook_person";
const ABBY: &str = "entity/abby-brook_person";
const SMITH: &str = "entity/john-smith_person";

/// A folder with the articles and a store of them.
struct News {
    folder: tempfile::TempDir,
}

impl News {
    fn new() -> Self {
        let news = Self { folder: tempfile::tempdir().unwrap() };
        for (name, text) in ARTICLES {
            fs::write(news.folder.path().join(format!("{name}.txt")), text).unwrap();
        }
        news
    }

    fn built() -> Self {
        let news = Self::new();
        news.build(&["ferry", "quay", "strike"]);
        news
    }

    fn build(&self, names: &[&str]) {
        let inputs: Vec<PathBuf> =
            names.iter().map(|name| self.folder.path().join(format!("{name}.txt"))).collect();
        common::build_into(&self.store(), &inputs, &[]);
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// What a task of `entities` writes; it must end well.
    fn entities(&self, task: &[&str]) -> String {
        succeed(self.arguments(task))
    }

    /// What a task says that must fail.
    fn refused(&self, task: &[&str]) -> String {
        let before = self.export();
        let output = reportedly(self.arguments(task));
        assert_eq!(output.status.code(), Some(1), "{task:?}");
        assert!(self.export() == before, "{task:?} changed something");
        String::from_utf8(output.stderr).unwrap()
    }

    fn arguments(&self, task: &[&str]) -> Vec<String> {
        let store = self.file("store");
        let end = ["--store", &store];
        ["entities"].iter().chain(task).chain(&end).map(|&part| part.to_owned()).collect()
    }

    fn export(&self) -> String {
        export_of(&self.store())
    }

    /// What the graphs say that hold no decisions.
    fn graph(&self) -> String {
        let export = self.export();
        let lines = export.lines().filter(|line| !line.contains("/graph/decisions>"));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn ask(&self, sparql: &str) -> bool {
        let store = self.file("store");
        let output = succeed(["query", "--store", &store, "-e", sparql]);
        output.trim() == "yes"
    }
}

fn export_of(store: &Path) -> String {
    succeed(["export", "--store", store.to_str().unwrap(), "--format", "nquads"])
}

/// The id of the decision that a task tells of.
fn decision_in(told: &str) -> String {
    let start = told.find("decision/").expect("a decision is told");
    told[start..].split_whitespace().next().unwrap().to_owned()
}

#[test]
fn what_is_merged_is_one_as_if_it_had_always_been() {
    let news = News::built();
    let told = news.entities(&["merge", ABIGAIL, ABBY, "--reason", "she signs so", "--by", "desk"]);
    assert!(told.contains("articles understood again: 1"), "{told}");
    let graph = news.graph();
    assert!(!graph.contains("/entity/abby-brook_person>"));
    let met = "/entity/abigail-brook_person> <https://w3id.org/reportedly/rel/visits> <";
    assert!(graph.contains(met));

    let before = News::new();
    before.build(&["ferry"]);
    news.entities(&["decisions", "-o", &news.file("decisions.ttl")]);
    let turtle = fs::read_to_string(news.file("decisions.ttl")).unwrap();
    assert!(!turtle.contains("reportedly.example"), "{turtle}");
    before.entities(&["import", &news.file("decisions.ttl")]);
    before.build(&["strike", "quay"]);
    assert!(before.graph() == news.graph(), "the graphs differ");
    // The reason is told of the decision, which is the same.
    assert!(before.export() == news.export(), "the decisions differ");
}

#[test]
fn what_is_undone_leaves_no_trace() {
    let news = News::built();
    let plain = news.export();
    let merged = decision_in(&news.entities(&["merge", ABIGAIL, ABBY]));
    let split =
        news.entities(&["split", SMITH, "--article", "strike", "--as", "John Smith (dock worker)"]);
    let renamed = decision_in(&news.entities(&["rename", ABIGAIL, "Minister Brook"]));
    let linked = decision_in(&news.entities(&["link", SMITH, "Q4242"]));
    assert!(news.export() != plain);
    let split = decision_in(&split);
    news.entities(&["undo", &renamed, &merged]);
    news.entities(&["undo", &linked]);
    news.entities(&["undo", &split]);
    assert!(news.export() == plain, "a trace is left");
    let gone = news.refused(&["undo", &split]);
    assert!(gone.contains("no such decision"), "{gone}");
}

#[test]
fn a_name_can_mean_another_in_one_article() {
    let news = News::built();
    let task = ["split", SMITH, "--article", "strike", "--as", "John Smith (dock worker)"];
    let told = news.entities(&task);
    assert!(told.contains("articles understood again: 1"), "{told}");
    let shown = news.entities(&["show", "entity/john-smith-dock-worker_person"]);
    assert!(shown.starts_with("John Smith (dock worker)  (person"), "{shown}");
    assert!(shown.contains("strike") && !shown.contains("quay"), "{shown}");
    let first = news.entities(&["show", SMITH]);
    assert!(first.contains("2 articles speak of it"), "{first}");
    let itself = news.refused(&["split", SMITH, "--article", "quay", "--as", "John Smith"]);
    assert!(itself.contains("what tells the other from it"), "{itself}");
    let elsewhere = news.refused(&["split", ABBY, "--article", "strike", "--as", "Abby Roe"]);
    assert!(elsewhere.contains("does not speak of"), "{elsewhere}");
    let nowhere = news.refused(&["split", SMITH, "--as", "Jo"]);
    assert!(nowhere.contains("--article"), "{nowhere}");
}

#[test]
fn links_and_names_are_decided() {
    let news = News::built();
    news.entities(&["link", ABIGAIL, "wd:Q4242", "--on", "2024-06-01"]);
    let same = "ASK { <https://reportedly.example/entity/abigail-brook_person> \
        <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q4242> }";
    assert!(news.ask(same));
    let shown = news.entities(&["show", ABIGAIL]);
    assert!(shown.contains("Q4242  score 1, by decision"), "{shown}");
    assert!(shown.contains("(2024-06-01)"), "{shown}");
    let both = news.refused(&["unlink", ABIGAIL, "https://www.wikidata.org/wiki/Q4242"]);
    assert!(both.contains("decision"), "{both}");

    let lisbon = "ASK { <https://reportedly.example/entity/lisbon> \
        <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q597> }";
    assert!(news.ask(lisbon));
    news.entities(&["unlink", "entity/lisbon", "Q597"]);
    assert!(!news.ask(lisbon));

    news.entities(&["rename", "entity/porto_place", "Oporto"]);
    let listed = news.entities(&["list", "oporto"]);
    assert!(listed.contains("entity/porto_place"), "{listed}");
}

#[test]
fn an_id_that_is_known_makes_it_the_known_one() {
    let news = News::built();
    let told = news.entities(&["link", ABIGAIL, "Q597"]);
    assert!(told.contains("entity/abigail-brook_person is entity/lisbon"), "{told}");
    assert!(!news.graph().contains("/entity/abigail-brook_person>"));
}

#[test]
fn what_belongs_to_one_article_joins_what_is_in_all() {
    let news = News::built();
    let local = query_local(&news);
    let linked = news.refused(&["link", &local, "Q4242"]);
    assert!(linked.contains("entities split"), "{linked}");
    let told = news.entities(&["split", &local, "--as", "The Dockers' Union"]);
    assert!(
        told.contains("entity/the-dockers-union_") || told.contains("entity/dockers"),
        "{told}"
    );
    assert!(told.contains("articles understood again: 1"), "{told}");
}

/// An entity of the article on the strike alone: the union.
fn query_local(news: &News) -> String {
    let store = news.file("store");
    let sparql = "SELECT ?union { ?claim <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> ?union \
        FILTER(CONTAINS(STR(?union), \"article/strike/entity/union\")) } LIMIT 1";
    let answer = succeed(["query", "--store", &store, "-e", sparql, "--format", "csv"]);
    let iri = answer.lines().nth(1).expect("the union is an object").trim().to_owned();
    iri.replace("https://reportedly.example/", "")
}

#[test]
fn mistakes_are_named() {
    let news = News::built();
    let unknown = news.refused(&["merge", ABIGAIL, "entity/brook_person"]);
    assert!(unknown.contains("did you mean"), "{unknown}");
    let nothing = news.refused(&["show", "entity/zzz"]);
    assert!(nothing.contains("entities list"), "{nothing}");
    let itself = news.refused(&["merge", ABIGAIL, ABIGAIL]);
    assert!(itself.contains("itself"), "{itself}");
    let id = news.refused(&["link", ABIGAIL, "no id"]);
    assert!(id.contains("neither an item of Wikidata"), "{id}");
    let options = news.refused(&["merge", ABIGAIL, ABBY, "--assert", "none"]);
    assert!(options.contains("other options"), "{options}");
    news.entities(&["merge", ABIGAIL, ABBY]);
    let twice = news.refused(&["merge", "entity/lisbon", ABBY]);
    assert!(twice.contains("no article of this store speaks of it"), "{twice}");
}

#[test]
fn a_dry_run_changes_nothing() {
    let news = News::built();
    let before = news.export();
    let told = news.entities(&["merge", ABIGAIL, ABBY, "--dry-run"]);
    assert!(told.contains("would be understood again: quay"), "{told}");
    assert!(news.export() == before, "something is changed");
}

#[test]
fn what_a_kill_interrupts_is_done_by_the_next_build() {
    let (news, whole) = (News::built(), News::built());
    whole.entities(&["merge", ABIGAIL, ABBY]);
    {
        // Decided, but nothing is understood again yet.
        let store = Store::create(&news.store(), None).unwrap();
        let label = Some("Abigail Brook".into());
        let verdict = Verdict::Same { key: "abigail-brook_person".into(), label };
        let made = vec![Decision::new(EntityNode::Global("abby-brook_person".into()), verdict)];
        let plan = Plan::of(&store, &Change { made, undone: BTreeSet::new() }).unwrap();
        store.decide(&plan.decisions, &plan.touched).unwrap();
        assert_eq!(store.stale().unwrap().len(), 1);
        store.flush().unwrap();
    }
    assert!(news.export() != whole.export());
    news.build(&["ferry"]);
    assert!(news.export() == whole.export(), "the rest is not done");
    let store = Store::create(&news.store(), None).unwrap();
    let pipeline = Pipeline::builder().build().unwrap();
    assert!(curation::finish(&store, &pipeline).unwrap().is_empty());
    assert!(store.stale().unwrap().is_empty());
}

#[test]
fn decided_stores_conform() {
    let news = News::built();
    news.entities(&["merge", ABIGAIL, ABBY]);
    news.entities(&["rename", SMITH, "Johnny Smith"]);
    news.entities(&["split", SMITH, "--article", "strike", "--as", "John Smith (dock worker)"]);
    succeed(["validate", "--store", news.store().to_str().unwrap()]);
    let listed = news.entities(&["list", "--kind", "person"]);
    assert!(listed.contains("Johnny Smith"), "{listed}");
    let told = news.entities(&["decisions"]);
    assert_eq!(told.lines().count(), 3, "{told}");
}
