//! Clusters of made sentences.

mod clauses;
mod descriptions;
mod speech;

use proptest::prelude::*;

use super::*;
use crate::analyse::mentions;
use crate::text::{
    BlockKind, Deprel, Feats, FunctionWords, MentionId, Name, Quotation, Sentence, Span, Tag,
    Token, TokenId, Tree, Upos,
};

/// A text of parsed sentences, a line each: `form:UPOS:head:relation:features`,
/// heads counted from 1 within the sentence. `names` are runs of words with
/// their kinds; a quotation is what stands between `“` and `”`.
struct Text {
    text: String,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    tags: Vec<Tag>,
    tree: Tree,
    names: Vec<Name>,
    quotations: Vec<Quotation>,
}

fn parse(lines: &str, named: &[(&str, NameKind)]) -> Text {
    let (mut text, mut sentences, mut tokens) = (String::new(), Vec::new(), Vec::new());
    let (mut tags, mut heads, mut deprels) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines.lines().filter(|l| !l.trim().is_empty()) {
        let first = TokenId::from_index(tokens.len());
        for word in line.split_whitespace() {
            let mut columns = word.split(':').chain(std::iter::repeat(""));
            let mut column = || columns.next().unwrap();
            let (form, upos, head) = (column(), column(), column());
            let (relation, subtype, feats) = (column(), column(), column());
            let (relation, feats) = if subtype.contains('=') || subtype.is_empty() {
                (relation.to_owned(), subtype)
            } else {
                (format!("{relation}:{subtype}"), feats)
            };
            text.push_str(if text.is_empty() { "" } else { " " });
            let span = Span::of(text.len()..text.len() + form.len());
            text.push_str(form);
            tokens.push(Token { span, form: form.into(), joined: false });
            let lemma = form.to_lowercase().trim_end_matches("ed").into();
            let upos = Upos::parse(upos).unwrap();
            tags.push(Tag { upos, lemma, feats: Feats(feats.into()), ..Tag::default() });
            let head: u32 = head.parse().unwrap();
            heads.push(head.checked_sub(1).map(|h| first + h));
            deprels.push(Deprel::parse(&relation));
        }
        let last = TokenId::from_index(tokens.len());
        let span = tokens[first.index()].span.cover(tokens[last.index() - 1].span);
        sentences.push(Sentence {
            span,
            tokens: first.until(last),
            block: BlockKind::Paragraph,
            block_index: 0,
        });
    }
    let at = |start: usize| tokens.iter().position(|t| t.span.start as usize == start).unwrap();
    let mut names: Vec<Name> = Vec::new();
    for &(words, kind) in named {
        for (start, _) in text.match_indices(words) {
            let first = TokenId::from_index(at(start));
            let last = first + words.split(' ').count() as u32;
            let span = Span::of(start..start + words.len());
            if names.iter().all(|n| !n.span.overlaps(span)) {
                names.push(Name::new(span, first.until(last), kind));
            }
        }
    }
    names.sort_by_key(|n| n.tokens.start);
    let quotations = text
        .match_indices('“')
        .filter_map(|(start, _)| {
            let span = Span::of(start..start + text[start..].find('”')? + '”'.len_utf8());
            Some(Quotation { span, inner: span, closed: true, continues: false })
        })
        .collect();
    Text { text, sentences, tokens, tags, tree: Tree::new(heads, deprels), names, quotations }
}

/// The layers of a text, as coreference reads them.
fn parsed<'a>(text: &'a Text, words: &'a FunctionWords) -> Parsed<'a> {
    Parsed {
        sentences: &text.sentences,
        tokens: &text.tokens,
        tags: &text.tags,
        tree: &text.tree,
        names: &text.names,
        quotations: &text.quotations,
        words,
    }
}

fn linked(text: &Text) -> (Vec<Mention>, Vec<Cluster>) {
    let words = FunctionWords::shipped();
    let parsed = parsed(text, &words);
    let lexicon = ReferenceLexicon::default();
    clusters(&parsed, &lexicon, mentions(&parsed, &lexicon))
}

/// The clusters of more than one mention.
fn check(lines: &str, names: &[(&str, NameKind)], expected: &str) {
    let text = parse(lines, names);
    let (mentions, clusters) = linked(&text);
    let words = |cluster: &Cluster| {
        let members = cluster.mentions.iter().map(|&m| mentions[m.index()].span.slice(&text.text));
        members.collect::<Vec<_>>().join(" = ")
    };
    let many = clusters.iter().filter(|c| c.mentions.len() > 1).map(words);
    assert_eq!(many.collect::<Vec<_>>().join("; "), expected, "{}", text.text);
}

const P: NameKind = NameKind::Person;
const O: NameKind = NameKind::Organization;

#[test]
fn names_are_said_shorter_and_spelt_differently() {
    check(
        "Antony:PROPN:3:nsubj Roe:PROPN:1:flat left:VERB:0:root
         Anthony:PROPN:3:nsubj Roe:PROPN:1:flat returned:VERB:0:root
         Roe:PROPN:2:nsubj slept:VERB:0:root",
        &[("Antony Roe", P), ("Anthony Roe", P), ("Roe", P)],
        "Antony Roe = Anthony Roe = Roe",
    );
    check(
        "The:DET:3:det Hill:PROPN:3:compound Journal:PROPN:4:nsubj left:VERB:0:root
         the:DET:2:det:Definite=Def Journal:PROPN:3:nsubj slept:VERB:0:root
         the:DET:2:det newspaper:NOUN:3:nsubj:Number=Sing slept:VERB:0:root",
        &[("Hill Journal", O), ("Journal", O)],
        "The Hill Journal = the Journal = the newspaper",
    );
    check(
        "Ann:PROPN:3:nsubj Roe:PROPN:1:flat left:VERB:0:root
         Bob:PROPN:3:nsubj Roe:PROPN:1:flat slept:VERB:0:root",
        &[("Ann Roe", P), ("Bob Roe", P)],
        "",
    );
    check(
        "Ann:PROPN:3:nsubj Roe:PROPN:1:flat left:VERB:0:root
         Roe:PROPN:2:nsubj slept:VERB:0:root
         Bob:PROPN:3:nsubj Roe:PROPN:1:flat slept:VERB:0:root",
        &[("Ann Roe", P), ("Bob Roe", P), ("Roe", P)],
        "Ann Roe = Roe",
    );
    check(
        "Fair:PROPN:3:compound Trade:PROPN:3:compound Board:PROPN:4:nsubj met:VERB:0:root
         FTB:PROPN:2:nsubj left:VERB:0:root",
        &[("Fair Trade Board", O), ("FTB", O)],
        "Fair Trade Board = FTB",
    );
}

#[test]
fn pronouns_agree_and_do_not_refer_to_their_own_clause() {
    check(
        "Ann:PROPN:3:nsubj Roe:PROPN:1:flat met:VERB:0:root Bob:PROPN:3:obj Doe:PROPN:4:flat
         She:PRON:2:nsubj:PronType=Prs left:VERB:0:root",
        &[("Ann Roe", P), ("Bob Doe", P)],
        "Ann Roe = She",
    );
    check(
        "Ann:PROPN:3:nsubj Roe:PROPN:1:flat saw:VERB:0:root her:PRON:3:obj:PronType=Prs",
        &[("Ann Roe", P)],
        "",
    );
    check(
        "Acme:PROPN:2:nsubj closed:VERB:0:root its:PRON:4:nmod:poss:PronType=Prs plant:NOUN:2:obj",
        &[("Acme", O)],
        "Acme = its",
    );
    let acme = "Acme:PROPN:2:nsubj closed:VERB:0:root";
    check(
        &format!(
            "{acme}
             Ann:PROPN:2:nsubj do:VERB:0:root it:PRON:2:obj:PronType=Prs"
        ),
        &[("Acme", O), ("Ann", P)],
        "",
    );
}

#[test]
fn descriptions_repeat_what_was_said() {
    check(
        "the:DET:3:det old:ADJ:3:amod embassy:NOUN:4:nsubj:Number=Sing opened:VERB:0:root
         the:DET:2:det embassy:NOUN:3:nsubj:Number=Sing closed:VERB:0:root
         a:DET:2:det embassy:NOUN:3:nsubj:Number=Sing moved:VERB:0:root",
        &[],
        "the old embassy = the embassy",
    );
}

#[test]
fn a_title_that_two_people_share_does_not_make_them_one() {
    check(
        "Roe:PROPN:4:nsubj the:DET:3:det mayor:NOUN:1:appos:Number=Sing met:VERB:0:root
         Doe:PROPN:4:nsubj the:DET:3:det mayor:NOUN:1:appos:Number=Sing left:VERB:0:root",
        &[("Roe", P), ("Doe", P)],
        "Roe = the mayor; Doe = the mayor",
    );
}

#[test]
fn the_speaker_of_a_quotation_is_its_first_person() {
    check(
        "“:PUNCT:3:punct I:PRON:3:nsubj:PronType=Prs left:VERB:6:ccomp ”:PUNCT:3:punct Roe:PROPN:6:nsubj explained:VERB:0:root
         He:PRON:2:nsubj:PronType=Prs slept:VERB:0:root",
        &[("Roe", P)],
        "I = Roe = He",
    );
}

#[test]
fn who_speaks_is_not_whom_the_speaker_calls_he() {
    // “He left,” he explained.
    let said = "“:PUNCT:3:punct He:PRON:3:nsubj:PronType=Prs left:VERB:6:ccomp ”:PUNCT:3:punct he:PRON:6:nsubj:PronType=Prs explained:VERB:0:root";
    let text = format!(
        "Roe:PROPN:2:nsubj met:VERB:0:root Doe:PROPN:2:obj
         {said}"
    );
    let text = parse(&text, &[("Roe", P), ("Doe", P)]);
    let (mentions, _) = linked(&text);
    let of = |word: &str| mentions.iter().find(|m| m.span.slice(&text.text) == word).unwrap();
    assert_ne!(of("He").cluster, of("he").cluster);
    check(
        &format!(
            "Roe:PROPN:2:nsubj slept:VERB:0:root
             {said}"
        ),
        &[("Roe", P)],
        "Roe = he",
    );
}

#[test]
fn it_that_means_nothing_is_no_mention() {
    let comes = "The:DET:2:det bridge:NOUN:3:nsubj:Number=Sing creaks:VERB:0:root when:SCONJ:6:advmod it:PRON:6:nsubj:PronType=Prs";
    let mut text = parse(
        &format!("{comes} come:VERB:3:advcl to:ADP:8:case storms:NOUN:6:obl:Number=Plur"),
        &[],
    );
    text.tags[3].xpos = "WRB".into();
    let (mentions, _) = linked(&text);
    assert!(mentions.iter().all(|m| m.span.slice(&text.text) != "it"));
    text.tags[5].lemma = "sway".into();
    let (mentions, _) = linked(&text);
    assert!(mentions.iter().any(|m| m.span.slice(&text.text) == "it"));
}

#[test]
fn constructions_say_themselves_what_is_the_same() {
    check(
        "Roe:PROPN:7:nsubj the:DET:3:det mayor:NOUN:1:appos who:PRON:5:nsubj:PronType=Rel drank:VERB:3:acl:relcl ,:PUNCT:1:punct left:VERB:0:root",
        &[("Roe", P)],
        "Roe = the mayor = who",
    );
}

proptest! {
    #[test]
    fn clusters_partition_the_mentions(
        words in proptest::collection::vec("(He|she|it|they|I|the|Roe|FTB|dog|dogs|“|”|who|his)", 1..30),
        heads in proptest::collection::vec(0usize..30, 30),
        relations in proptest::collection::vec("(nsubj|obj|obl|appos|acl:relcl|nmod:poss|flat|conj|det)", 30),
    ) {
        // Heads before their words make a tree.
        let word = |(i, form): (usize, &String)| {
            let head = if i == 0 { 0 } else { heads[i] % i + 1 };
            let upos = match form.as_str() {
                "Roe" | "FTB" => "PROPN",
                "dog" | "dogs" => "NOUN",
                "the" => "DET",
                "“" | "”" => "PUNCT",
                _ => "PRON",
            };
            let relation = if i == 0 { "root" } else { &relations[i] };
            format!("{form}:{upos}:{head}:{relation}:PronType=Prs")
        };
        let line = words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ");
        let text = parse(&line, &[("Roe", P), ("FTB", O)]);
        let (mentions, clusters) = linked(&text);
        let members: Vec<MentionId> = clusters.iter().flat_map(|c| c.mentions.iter().copied()).collect();
        let unique: std::collections::BTreeSet<_> = members.iter().copied().collect();
        prop_assert_eq!(members.len(), mentions.len());
        prop_assert_eq!(unique.len(), mentions.len());
        for (c, cluster) in clusters.iter().enumerate() {
            prop_assert!(cluster.mentions.iter().all(|&m| mentions[m.index()].cluster.index() == c));
        }
        prop_assert!(mentions.iter().all(|m| !m.span.slice(&text.text).is_empty()));
    }
}

#[test]
fn titles_and_ages_stand_for_persons_who_were_named() {
    check(
        "President:PROPN:2:compound Roe:PROPN:3:nsubj met:VERB:0:root Doe:PROPN:3:obj
         the:DET:2:det:Definite=Def president:NOUN:3:nsubj:Number=Sing slept:VERB:0:root",
        &[("Roe", P), ("Doe", P)],
        "President Roe = the president",
    );
    // Whom the article is about, not who is named in passing.
    check(
        "President:PROPN:2:compound Roe:PROPN:3:nsubj met:VERB:0:root Moss:PROPN:3:obj
         Roe:PROPN:2:nsubj slept:VERB:0:root
         Roe:PROPN:2:nsubj thanked:VERB:0:root President:PROPN:4:compound Doe:PROPN:2:obj
         the:DET:2:det:Definite=Def president:NOUN:3:nsubj:Number=Sing left:VERB:0:root",
        &[("Roe", P), ("Doe", P), ("Moss", P)],
        "President Roe = Roe = Roe = the president",
    );
    // The vice president is somebody else.
    check(
        "President:PROPN:2:compound Roe:PROPN:3:nsubj slept:VERB:0:root
         the:DET:3:det:Definite=Def vice:NOUN:3:compound president:NOUN:4:nsubj:Number=Sing left:VERB:0:root",
        &[("Roe", P)],
        "",
    );
    check(
        "Roe:PROPN:2:nsubj met:VERB:0:root Doe:PROPN:2:obj
         The:DET:6:det:Definite=Def 37:NUM:4:nummod -:PUNCT:2:punct year:NOUN:6:nmod -:PUNCT:4:punct old:ADJ:7:nsubj slept:VERB:0:root",
        &[("Roe", P), ("Doe", P)],
        "Roe = The 37 - year - old",
    );
}
