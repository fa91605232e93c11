//! Entities of made articles.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::analyse::{Parsed, ReferenceLexicon, clusters, mentions};
use crate::extract::{Attitude, Attribution, AttributionKind, Polarity, Source};
use crate::resolve::knowledge::Query;
use crate::resolve::{Candidate, Entry, Gazetteer, NameUse, Sort};
use crate::text::{
    Article, BlockKind, Deprel, Name, Sentence, SentenceId, Tag, Token, TokenId, TokenRange, Tree,
    Upos,
};

/// An article of one sentence. A word `Jane_Doe/P` is a name of a person, `/O`
/// of an organisation, `/L` of a place, `/G` a nationality before a noun; words
/// in small letters are nouns, but for *of*, which hangs the next on the last.
fn document(marked: &str) -> Document {
    let (mut text, mut tokens, mut tags) = (String::new(), Vec::new(), Vec::new());
    let (mut names, mut edges) = (Vec::new(), Vec::<(Option<TokenId>, Deprel)>::new());
    for word in marked.split_whitespace() {
        let (words, mark) = word.split_once('/').unwrap_or((word, ""));
        let first = TokenId::from_index(tokens.len());
        for piece in words.split('_') {
            text.push_str(if text.is_empty() { "" } else { " " });
            let span = Span::of(text.len()..text.len() + piece.len());
            text.push_str(piece);
            let at = TokenId::from_index(tokens.len());
            tokens.push(Token { span, form: piece.into(), joined: false });
            let upos = match (piece, mark) {
                ("of", _) => Upos::Adp,
                (_, "") => Upos::Noun,
                _ => Upos::Propn,
            };
            let before = first.previous().and_then(|t| tokens.get(t.index()));
            let follows = before.is_some_and(|t: &Token| t.form == "of");
            tags.push(Tag { upos, lemma: piece.into(), ..Tag::default() });
            edges.push(match (at.index(), mark) {
                (0, _) => (None, Deprel::Root),
                _ if piece == "of" => (Some(at + 1), Deprel::Case),
                _ if follows && at == first => (Some(at - 2), Deprel::Nmod),
                (_, "G") => (Some(at + 1), Deprel::Amod),
                _ if at > first => (Some(first), Deprel::Flat),
                _ => (Some(TokenId::default()), Deprel::Obl),
            });
        }
        let kind = match mark {
            "P" => NameKind::Person,
            "O" => NameKind::Organization,
            "L" => NameKind::Place,
            "G" => NameKind::Group,
            _ => continue,
        };
        let last = TokenId::from_index(tokens.len());
        let span = tokens[first.index()].span.cover(tokens[last.index() - 1].span);
        names.push(Name::new(span, first.until(last), kind));
    }
    let all = TokenRange::first(tokens.len());
    let (heads, deprels): (Vec<_>, Vec<_>) = edges.into_iter().unzip();
    let span = Span::of(0..text.len());
    let sentence = Sentence { span, tokens: all, block: BlockKind::Paragraph, block_index: 0 };
    let (sentences, tree) = (vec![sentence], Tree::new(heads, deprels));
    let article = Article::laid_out("test", text, Vec::new());
    let mut document = Document { sentences, tokens, tags, tree, names, ..Document::new(article) };
    let words = ReferenceLexicon::default();
    let parsed = Parsed::from(&document);
    let (mentions, clusters) = clusters(&parsed, &words, mentions(&parsed, &words));
    document.mentions = mentions;
    document.clusters = clusters;
    document
}

fn gazetteer() -> Gazetteer {
    let entry = |slug: &str, label: &str, sort: Sort, aliases: &[&str]| Entry {
        aliases: aliases.iter().map(|&a| a.into()).collect(),
        ..Entry::new(slug, label, sort)
    };
    let usa = Entry {
        demonyms: vec!["American".into()],
        ids: vec![(Authority::Wikidata, "Q30".into())],
        ..entry("united-states", "United States", Sort::Country, &["U.S.", "America"])
    };
    let senate = Entry {
        local_names: vec!["Senate".into()],
        country: Some("united-states".into()),
        ..entry("us-senate", "United States Senate", Sort::Government, &[])
    };
    let jordan = entry("jordan", "Jordan", Sort::Country, &[]);
    let ruler = entry("ana-ruler", "Ana Ruler", Sort::Person, &["Ruler"]);
    Gazetteer::new([usa, senate, jordan, ruler])
}

fn resolver() -> Resolver {
    Resolver::new(vec![Arc::new(gazetteer())], Relations::default())
}

fn shown(document: &Document, extraction: &Extraction) -> String {
    let resolution =
        resolver().resolve(document, extraction, AssertionPolicy::Own, &Decisions::default());
    let entity = |e: &Entity| {
        let key = match &e.key {
            EntityKey::Global(slug) => slug.to_string(),
            EntityKey::Local(slug) => format!("~{slug}"),
        };
        let links: Vec<String> = e.links.iter().map(|l| format!("={}", l.id)).collect();
        let links = links.concat();
        let of = e.affiliation.and_then(|a| resolution.entity(a));
        let of = of.map_or(String::new(), |a| format!(" of {}", a.label));
        format!("{key}[{}]{}{links}{of}", e.label, if e.unnamed_source { "?" } else { "" })
    };
    resolution.entities.iter().map(entity).collect::<Vec<_>>().join("; ")
}

fn check(marked: &str, expected: &str) {
    assert_eq!(shown(&document(marked), &Extraction::default()), expected, "{marked}");
}

#[test]
fn a_full_name_holds_across_articles_and_a_surname_does_not() {
    check("Lt._Gen._Jane_Q._Doe/P met Doe/P", "jane-doe_person[Lt. Gen. Jane Q. Doe]");
    check("Jane_Doe/P spoke", "jane-doe_person[Jane Doe]");
    check("Doe/P spoke", "~doe[Doe]");
    check("Acme_Works/O closed", "acme-works_organization[Acme Works]");
}

#[test]
fn what_follows_of_tells_what_is_meant() {
    let shown = |marked: &str, heads: &[u32]| {
        let document = document(marked);
        let attributions = heads.iter().map(|&h| source(&document, h, h)).collect();
        shown(&document, &Extraction { attributions, ..Extraction::default() })
    };
    assert_eq!(shown("rain wets group of farmers", &[2]), "~group-farmers[group of farmers]?");
    assert_eq!(
        shown("group of Acme_Works/O rain", &[0]),
        "~group-acme-works[group of Acme Works]?; acme-works_organization[Acme Works]"
    );
    assert_eq!(shown("rain of group", &[2]), "~group[group]?");
}

#[test]
fn the_gazetteer_knows_names_by_kind_and_context() {
    check("U.S./L rain and America/L sun", "united-states[United States]=Q30");
    check("rain and American/G rain", "united-states[United States]=Q30");
    check("Jordan/P spoke", "~jordan[Jordan]");
    check("Jordan/L rain", "jordan[Jordan]");
    check("Ruler/P spoke", "ana-ruler[Ana Ruler]");
    check("Tom_Ruler/P met Ruler/P", "tom-ruler_person[Tom Ruler]");
    check("Senate/O rain", "~senate[Senate]");
    check(
        "Senate/O rain in America/L",
        "us-senate[United States Senate]; united-states[United States]=Q30",
    );
    check(
        "Senate/O rain in Jordan/L and Jordan/L rain and Jordan/L and Jordan/L but America/L",
        "~senate[Senate]; jordan[Jordan]; united-states[United States]=Q30",
    );
}

/// Knows towns and people whose names others may have.
#[derive(Debug)]
struct Large(Vec<Entry>);

impl KnowledgeBase for Large {
    fn name(&self) -> &'static str {
        "large"
    }

    fn version(&self) -> String {
        String::new()
    }

    fn candidates(&self, query: &Query<'_>) -> Vec<Candidate<'_>> {
        let named = self.0.iter().filter(|entry| fold(&entry.label) == query.name);
        let prior = 1.0 / named.clone().count() as f32;
        let candidate =
            |entry| Candidate::new(Cow::Borrowed(entry), NameUse::Label, 1.0).with_prior(prior);
        named.map(candidate).collect()
    }
}

/// What an article links to, where one base knows these beside the gazetteer.
fn linked(marked: &str, entries: &[(&str, &str, Sort)]) -> String {
    let entry = |&(id, label, sort): &(&str, &str, Sort)| Entry {
        ids: vec![(Authority::Wikidata, id.into())],
        country: Some("http://www.wikidata.org/entity/Q30".into()),
        weight: 40,
        ..Entry::new(id, label, sort)
    };
    let large = Large(entries.iter().map(entry).collect());
    let bases: Vec<Arc<dyn KnowledgeBase>> = vec![Arc::new(gazetteer()), Arc::new(large)];
    let resolver = Resolver::new(bases, Relations::default());
    let document = document(marked);
    let resolution = resolver.resolve(
        &document,
        &Extraction::default(),
        AssertionPolicy::default(),
        &Decisions::default(),
    );
    let entities = resolution.entities.iter().filter(|entity| !entity.links.is_empty());
    let links =
        entities.map(|e| format!("{}={} {}", e.key.slug(), e.links[0].id, e.links[0].method));
    links.collect::<Vec<_>>().join("; ")
}

#[test]
fn larger_bases_are_weighed() {
    let check = |marked: &str, entries: &[(&str, &str, Sort)], expected: &str| {
        assert_eq!(linked(marked, entries), expected, "{marked}");
    };
    let america = "united-states=Q30 gazetteer:alias";
    let orm = ("Q7", "Orm", Sort::City);
    check("Orm/L rain and America/L", &[orm], &format!("Q7=Q7 large:name; {america}"));
    check("Orm/L rain", &[orm], "");
    check("Orm/P spoke and America/L", &[orm], america);
    check("Orm/L rain and America/L", &[orm, ("Q8", "Orm", Sort::City)], america);
    check("Orm/L Morning/X rain and America/L", &[orm], america);
    let states = ("Q30", "Columbia", Sort::Country);
    check("Columbia/L rain and America/L", &[states], "united-states=Q30 large:name");
    let doe = ("Q9", "Doe", Sort::Person);
    check("Doe/P spoke and America/L", &[doe], america);
}

fn source(document: &Document, head: u32, first: u32) -> Attribution {
    let (head, first) = (TokenId::new(head), TokenId::new(first));
    Attribution {
        source: Some(Source { span: document.span_of(first.through(head)), head, unnamed: true }),
        cue: None,
        cue_lemma: "say".into(),
        content: Vec::new(),
        kind: AttributionKind::Indirect,
        attitude: Attitude::States,
        polarity: Polarity::Positive,
        within: None,
        sentence: SentenceId::default(),
        rule: "test".into(),
    }
}

#[test]
fn unnamed_sources_belong_to_whom_their_phrase_names() {
    let document = document("Acme_Works/O officials spoke as officials do");
    let attributions = vec![source(&document, 2, 0), source(&document, 5, 5)];
    let extraction = Extraction { attributions, ..Extraction::default() };
    assert_eq!(
        shown(&document, &extraction),
        "acme-works_organization[Acme Works]; ~officials[officials]? of Acme Works; \
         ~officials-2[officials]?"
    );
}

proptest! {
    #[test]
    fn every_source_has_an_entity(
        words in proptest::collection::vec("(Jane_Doe/P|Doe/P|Acme/O|America/L|American/G rain|rain|officials)", 1..8),
        heads in proptest::collection::vec(0u32..12, 0..4),
    ) {
        let document = document(&words.join(" "));
        let n = document.tokens.len() as u32;
        let attributions: Vec<_> =
            heads.iter().filter(|&&h| h < n).map(|&h| source(&document, h, h)).collect();
        let extraction = Extraction { attributions, ..Extraction::default() };
        let resolution = resolver().resolve(&document, &extraction, AssertionPolicy::Own, &Decisions::default());
        for attribution in &extraction.attributions {
            let head = attribution.source.as_ref().unwrap().head;
            prop_assert!(resolution.entity_at(head).and_then(|e| resolution.entity(e)).is_some());
        }
        let keys: std::collections::BTreeSet<_> = resolution.entities.iter().map(|e| &e.key).collect();
        prop_assert_eq!(keys.len(), resolution.entities.len());
    }
}
