//! Stories: which articles tell one, what they share, from whom, and where they differ.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use std::sync::OnceLock;

use oxigraph::sparql::QueryResults;
use reportedly::export::{Format, Options, Profile, Publication, write_schema_claims, write_store};
use reportedly::graph::{ArticleSource, Built, Store};
use reportedly::query::{NamedQuery, Question, ask};
use reportedly::read::Item;
use reportedly::report::{Scope, report, to_html, to_markdown};
use reportedly::text::ArticleId;
use reportedly::{Article, Pipeline};

/// An article: its id, publisher, day and text.
type Told = (&'static str, &'static str, &'static str, &'static str);

const COURIER: Told = (
    "courier",
    "Harbour Courier",
    "2024-05-03",
    "The ferry Halden ran aground off Tallinn on Thursday night. The Estonian coast guard \
     rescued 212 passengers from the ferry. The Baltic Herald reported that Captain Arvo Lepp \
     had ignored a storm warning. The transport ministry plans to close the ferry line. \
     “The crew of the Halden did everything right,” said Kai Sild, the owner of the ferry.",
);
const LANTERN: Told = (
    "lantern",
    "Daily Lantern",
    "2024-05-03",
    "212 passengers of the ferry Halden were rescued by the Estonian coast guard near Tallinn. \
     Captain Arvo Lepp ignored a storm warning, The Baltic Herald reported. The owner of the \
     ferry, Kai Sild, said on Friday: “The crew of the Halden did everything right.” \
     Arvo Lepp did not ignore a warning, his lawyer said.",
);
const ECHO: Told = (
    "echo",
    "North Echo",
    "2024-05-05",
    "The transport ministry closed the ferry line between Tallinn and Helsinki on Sunday. \
     The Estonian coast guard rescued 214 passengers from the ferry Halden, which ran aground \
     off Tallinn last week. Captain Arvo Lepp was arrested on Saturday.",
);
const BANK: Told = (
    "bank",
    "Daily Lantern",
    "2024-05-03",
    "The central bank of Norway raised interest rates to curb inflation. Governor Ida Brook \
     expects prices to fall next year, and economists praised the decision.",
);

fn built((id, publisher, day, text): Told, store: &Store) -> Built {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    let pipeline = PIPELINE.get_or_init(|| Pipeline::builder().build().unwrap());
    let mut article = Article::new(id, text);
    article.publisher = Some(publisher.into());
    article.title = Some(format!("What <{publisher}> has on it"));
    article.published = Some(day.parse().unwrap());
    let item = Item::from(article);
    let digest = pipeline.fingerprint(&item);
    let graph = pipeline.analyse(item).graph(store.iris());
    Built { graph, digest, source: ArticleSource::default() }
}

/// A store of articles, built in parts one after the other.
fn store(parts: &[&[Told]]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path(), None).unwrap();
    for part in parts {
        let articles: Vec<Built> = part.iter().map(|told| built(*told, &store)).collect();
        store.write(&articles).unwrap();
    }
    (folder, store)
}

/// What a query of ours, or SPARQL, answers: one row a string.
fn rows(store: &Store, query: &str) -> Vec<String> {
    let sparql = NamedQuery::find(query).map_or(query, |named| named.sparql);
    let answer = ask(store, &Question::new("test", sparql)).unwrap();
    let QueryResults::Solutions(solutions) = answer else { panic!("no table") };
    let mut rows = Vec::new();
    for row in solutions {
        let row = row.unwrap();
        let cells = row.iter().map(|(_, term)| match term {
            oxrdf::Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string().replace(store.iris().base(), ""),
        });
        rows.push(cells.collect::<Vec<_>>().join(" | "));
    }
    rows
}

/// All that is exported of a store.
fn exported(store: &Store) -> String {
    let mut bytes = Vec::new();
    write_store(store, &Options::of(Format::NQuads), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn articles_of_one_event_are_one_story() {
    let (_folder, store) = store(&[&[COURIER, LANTERN, ECHO, BANK]]);
    let members =
        "SELECT ?article WHERE { ?story a rp:Story ; schema:hasPart ?article } ORDER BY ?article";
    assert_eq!(rows(&store, members), ["<article/courier>", "<article/echo>", "<article/lantern>"]);
    let found = rows(&store, "stories");
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("2024-05-03/2024-05-05"), "{found:?}");
}

#[test]
fn claims_meet_in_other_words_and_keep_their_origin() {
    let (_folder, store) = store(&[&[COURIER, LANTERN, ECHO, BANK]]);
    let shared = rows(&store, "corroboration");
    let row = |words: &str| {
        let found = shared.iter().find(|row| row.contains(words));
        found.unwrap_or_else(|| panic!("{words:?} is not shared: {shared:#?}")).clone()
    };
    assert!(row("storm warning").contains("| 1 |"), "two papers, one origin: {shared:#?}");
    assert!(row("storm warning").contains("Baltic Herald"));
    assert!(row("did everything right").contains("positive actual"));
    assert!(row("212 passengers").contains("Daily Lantern; Harbour Courier"), "active and passive");
}

/// What somebody wants to do, and that it is done, stand in nearly the same words.
#[test]
fn claims_of_one_clause_meet_those_of_another_article_alone() {
    let told = |id, publisher| {
        let text = "The ferry Halden ran aground off Tallinn. The owner of the ferry, Kai Sild, \
                    plans to move the ferry Halden to the dry dock of Riga.";
        (id, publisher, "2024-05-03", text)
    };
    let (_folder, store) =
        store(&[&[told("one", "Harbour Courier"), told("other", "Daily Lantern")]]);
    let meeting = |one: &str, other: &str| {
        let query = format!(
            "SELECT DISTINCT ?claim WHERE {{ ?claim schema:appearance ?one, ?other . \
             ?one rdf:predicate rel:{one} . ?other rdf:predicate rel:{other} . \
             ?one prov:wasDerivedFrom ?article . ?other prov:wasDerivedFrom ?another . \
             FILTER(?article != ?another) }}"
        );
        rows(&store, &query).len()
    };
    assert_eq!((meeting("plans", "plans"), meeting("moves", "moves")), (1, 1));
    assert_eq!(meeting("plans", "moves"), 0);
}

#[test]
fn what_differs_is_told() {
    let (_folder, store) = store(&[&[COURIER, LANTERN, ECHO, BANK]]);
    let differences = rows(&store, "contradictions");
    let has = |kind: &str, words: &str| {
        differences.iter().any(|row| row.starts_with(kind) && row.contains(words))
    };
    assert!(has("updates", "214"), "a later number: {differences:#?}");
    assert!(has("supersedes", "closed the ferry line"), "a plan carried out: {differences:#?}");
    assert!(has("contradicts", "did not ignore"), "a denial: {differences:#?}");
}

#[test]
fn order_and_parts_leave_no_trace() {
    let (_one, together) = store(&[&[COURIER, LANTERN, ECHO, BANK]]);
    let (_other, apart) = store(&[&[ECHO], &[BANK, LANTERN], &[COURIER]]);
    assert!(exported(&together) == exported(&apart), "order or parts leave a trace");
    let (_third, fewer) = store(&[&[COURIER, LANTERN, BANK]]);
    together.remove(&[ArticleId::new("echo")]).unwrap();
    assert!(exported(&together) == exported(&fewer), "what is taken out leaves a trace");
    together.remove(&[ArticleId::new("courier")]).unwrap();
    assert_eq!(rows(&together, "stories"), [""; 0]);
}

/// The claims of a store as schema.org has them.
fn schema_claims(store: &Store, profile: Profile) -> (u64, serde_json::Value, String) {
    let (mut bytes, articles) = (Vec::new(), store.articles().unwrap());
    let publication = Publication::default();
    let n = write_schema_claims(store, &articles, profile, &publication, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    (n, serde_json::from_str(&text).unwrap(), text)
}

#[test]
fn claims_are_those_of_schema_org() {
    let (_folder, store) = store(&[&[COURIER, LANTERN, ECHO, BANK]]);
    let (n, document, text) = schema_claims(&store, Profile::Full);
    let claims = document["@graph"].as_array().unwrap();
    assert_eq!(claims.len() as u64, n);
    let of = |claim: &serde_json::Value| claim["appearance"].as_array().unwrap().clone();
    let all: usize = claims.iter().map(|claim| of(claim).len()).sum();
    assert_eq!(all, rows(&store, "SELECT ?c { ?c a rp:Claim }").len(), "each claim once");
    assert!(!text.contains("Rating") && !text.contains("ClaimReview"));
    let about = |words: &str| {
        let says = |claim: &&serde_json::Value| claim["name"].as_str().unwrap().contains(words);
        claims.iter().filter(says).max_by_key(|claim| of(claim).len()).unwrap()
    };
    let rescue = about("rescued");
    assert!(of(rescue).len() >= 2, "{rescue}");
    // Two articles of one day: neither was first.
    assert!(rescue.get("firstAppearance").is_none(), "{rescue}");
    let rates = about("interest rates");
    let [only] = &of(rates)[..] else { panic!("{rates}") };
    assert_eq!(rates["firstAppearance"]["@id"], only["@id"]);
    assert_eq!(only["isPartOf"]["datePublished"], "2024-05-03");
    let denied = claims.iter().flat_map(of).filter(|appearance| {
        appearance["rp:polarity"]["@id"].as_str().unwrap().ends_with("negative")
    });
    assert!(denied.count() > 0, "what is denied is told to be");
}

#[test]
fn claims_of_schema_org_are_the_same_in_any_order() {
    let (_one, one) = store(&[&[COURIER, LANTERN, ECHO, BANK]]);
    let (_two, two) = store(&[&[BANK, ECHO], &[LANTERN], &[COURIER]]);
    for profile in [Profile::Full, Profile::Facts] {
        assert!(schema_claims(&one, profile).2 == schema_claims(&two, profile).2);
    }
    let (all, facts) =
        (schema_claims(&one, Profile::Full).0, schema_claims(&one, Profile::Facts).0);
    assert!(0 < facts && facts < all, "{facts} of {all}");
}

#[test]
fn a_text_printed_twice_is_one_origin() {
    let copy = ("copy", "North Echo", "2024-05-04", COURIER.3);
    let (_folder, store) = store(&[&[COURIER, copy]]);
    let copies = "SELECT ?one ?other WHERE { ?one rp:nearCopyOf ?other }";
    assert_eq!(rows(&store, copies), ["<article/copy> | <article/courier>"]);
    let origins = "SELECT ?claim WHERE { ?claim a schema:Claim ; rp:origin ?o } \
                   GROUP BY ?claim HAVING (COUNT(?o) > 1)";
    assert_eq!(rows(&store, origins), [""; 0]);
}

#[test]
fn a_report_shows_who_says_what() {
    let (_folder, store) = store(&[&[COURIER, LANTERN, ECHO, BANK]]);
    let all = report(&store, &Scope::default()).unwrap();
    let (html, markdown) = (to_html(&all), to_markdown(&all));
    for page in [&html, &markdown] {
        for words in
            ["Kai Sild", "Baltic Herald", "one origin", "contradicts", "did everything right"]
        {
            assert!(page.contains(words), "{words:?} in {page}");
        }
    }
    assert!(html.contains("&lt;Harbour Courier&gt;") && !html.contains("<Harbour Courier>"));
    let later = Scope { since: Some("2024-06-01".into()), ..Scope::default() };
    assert!(report(&store, &later).is_err(), "no story goes on in June");
}
