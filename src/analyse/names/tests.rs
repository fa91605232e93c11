//! Tests of the rules for names: each keeps its examples, and needs to be there.

use super::super::network::phrases::Phrases;
use super::super::network::phrases::kind::PLACE;
use super::rule::{Example, Rule};
use super::*;
use crate::text::{BlockKind, Sentence, Tag, Upos};

fn kind(letter: &str) -> NameKind {
    match letter {
        "P" => NameKind::Person,
        "O" => NameKind::Organization,
        "E" => NameKind::Event,
        "F" => NameKind::Facility,
        _ => NameKind::Place,
    }
}

fn tag(token: &Token) -> Tag {
    let upos = match &*token.form {
        "'s" => Upos::Part,
        "of" | "in" => Upos::Adp,
        "." | "," => Upos::Punct,
        form if form.starts_with(char::is_uppercase) => Upos::Propn,
        _ => Upos::Noun,
    };
    Tag { upos, ..Tag::default() }
}

/// The names of a text as rules leave them. Words, those of names as `word/kind` and
/// joined by `_`; hyphens touch their neighbours; `|` ends a sentence.
fn settled(rules: &NameRules, text: &str) -> String {
    let (mut tokens, mut names) = (Vec::<Token>::new(), Vec::new());
    let mut ends = Vec::new();
    for chunk in text.split(' ') {
        let (words, letter) = chunk.split_once('/').map_or((chunk, None), |(w, k)| (w, Some(k)));
        let first = TokenId::from_index(tokens.len());
        if words == "|" {
            ends.push(first);
            continue;
        }
        for word in words.split('_') {
            let hyphen = word == "-" || tokens.last().is_none_or(|t| t.form == "-");
            let end = tokens.last().map_or(0, |t| t.span.end);
            let at = end + u32::from(!hyphen);
            let span = Span::new(at, at + word.len() as u32);
            tokens.push(Token { span, form: word.into(), joined: false });
        }
        let last = TokenId::from_index(tokens.len());
        let span = tokens[first.index()].span.cover(tokens[last.index() - 1].span);
        names.extend(letter.map(|l| Name::new(span, first.until(last), kind(l))));
    }
    ends.push(TokenId::from_index(tokens.len()));
    let starts = std::iter::once(TokenId::default()).chain(ends.clone());
    let (block, block_index) = (BlockKind::Paragraph, 0);
    let sentences: Vec<Sentence> = starts
        .zip(&ends)
        .map(|(first, &last)| Sentence {
            span: Span::new(0, 0),
            tokens: first.until(last),
            block,
            block_index,
        })
        .collect();
    let tags: Vec<Tag> = tokens.iter().map(tag).collect();
    let lexicon = NameLexicon::default();
    let places = ["Lagos", "Reno", "New Guinea"].map(|name| (name.split(' ').collect(), PLACE));
    let phrases = Phrases::new(places);
    let reference = ReferenceLexicon::default();
    let names = trim(&reference, &lexicon, &tokens, names);
    let words = Words {
        lexicon: &lexicon,
        reference: &reference,
        phrases: &phrases,
        sentences: &sentences,
        tokens: &tokens,
        tags: &tags,
    };
    let shown = |name: &Name| {
        let forms: Vec<&str> =
            name.tokens.iter().map(|t| tokens[t.index()].form.as_str()).collect();
        format!("{}/{:?}", forms.join("_"), name.kind)
    };
    let names = rules.resolve(words, names);
    names.iter().map(shown).collect::<Vec<_>>().join(" ")
}

fn check(text: &str, expected: &str) {
    assert_eq!(settled(&NameRules::shipped(), text), expected, "{text}");
}

fn rules() -> Vec<Rule> {
    let is_rule = |step: &Step| if let Step::Rule(rule) = step { Some(rule.clone()) } else { None };
    NameRules::shipped().0.iter().filter_map(is_rule).collect()
}

/// All steps but one rule.
fn without(id: &str) -> NameRules {
    let other = |step: &Step| !matches!(step, Step::Rule(rule) if rule.id == id);
    NameRules(NameRules::shipped().0.into_iter().filter(other).collect())
}

#[test]
fn every_rule_keeps_its_examples() {
    let all = NameRules::shipped();
    let mut broken = Vec::new();
    for rule in rules() {
        for Example { before, after, line } in &rule.examples {
            let found = settled(&all, before);
            if found != *after {
                broken.push(format!("names.rule:{line}: {before} => {found}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_rule_has_an_example_that_needs_it() {
    let mut idle = Vec::new();
    for rule in rules() {
        let rest = without(&rule.id);
        if !rule.examples.iter().any(|e| settled(&rest, &e.before) != e.after) {
            idle.push(format!("names.rule:{}: {}", rule.line, rule.id));
        }
    }
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}

#[test]
fn broken_rules_are_named_with_their_place() {
    let check = |text: &str, expected: &str| {
        let error = rule::steps(text).expect_err(text).to_string();
        assert_eq!(error, format!("names.rule:{expected}"), "{text}");
    };
    check("match []", "1:1: `rule NAME` or `step NAME` is expected");
    check("step agrees", "1:1: no step is called so");
    check("rule a\nmeans b\nmatch []", "1:1: rule `a` has no `example`");
    check("rule a\nmatch [frm]", "2:8: no class of words and no predicate is called so");
    check("rule a\nmatch [firm", "2:12: `]` is expected");
    check("rule a\nmatch <persn>", "2:8: `persn` is no kind of names");
    check("rule a\nmatch [form=\"a]", "2:13: quotation mark without its partner");
    check("rule a\nbecome person", "2:1: `become` is no keyword of a rule");
}

#[test]
fn surnames_follow_full_names() {
    check(
        "Ines_Okafor/P spoke ; Okafor/L left and Okafor slept",
        "Ines_Okafor/Person Okafor/Person Okafor/Person",
    );
    check(
        "Denzel_Lima/P saw Lima/L , Lima/L and Lima/L",
        "Denzel_Lima/Person Lima/Place Lima/Place Lima/Place",
    );
}

#[test]
fn titles_are_no_part_of_names() {
    check("former_Gen_Okafor/P and the_Board/O", "Okafor/Person Board/Organization");
    check("Ms/P left", "");
    check("", "");
}

#[test]
fn acronyms_are_what_they_stand_for() {
    let expected = "Rapid_Rail_Board/Organization RRB/Organization RRB/Organization";
    check("the Rapid/O Rail Board ( RRB/L ) and RRB/P and", expected);
    check("a large unit ( ALU )", "");
    check("the SUV/O and an Orm_Seed_Office/O ( SEO/O ) SEO/P", "Orm_Seed_Office/Organization");
}
