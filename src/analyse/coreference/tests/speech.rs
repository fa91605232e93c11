//! Who is meant in and around quotations.

use super::*;

/// Moss is spoken of often, then a sentence is about Roe.
const MOSS_AND_ROE: &str = "Moss:PROPN:2:nsubj left:VERB:0:root
    Moss:PROPN:2:nsubj slept:VERB:0:root
    Roe:PROPN:2:nsubj slept:VERB:0:root";
const NAMES: &[(&str, NameKind)] = &[("Moss", P), ("Roe", P)];

fn check_after(line: &str, expected: &str) {
    check(&format!("{MOSS_AND_ROE}\n{line}"), NAMES, expected);
}

#[test]
fn who_speaks_is_whom_the_sentence_before_is_about() {
    check_after(
        "“:PUNCT:3:punct pipes:NOUN:3:nsubj:Number=Plur leak:VERB:0:root ”:PUNCT:3:punct
         “:PUNCT:3:punct steel:NOUN:3:nsubj:Number=Sing rusts:VERB:6:ccomp ”:PUNCT:3:punct he:PRON:6:nsubj:PronType=Prs added:VERB:0:root",
        "Moss = Moss; Roe = he",
    );
}

#[test]
fn who_is_brought_in_is_meant() {
    check(
        "Moss:PROPN:2:nsubj left:VERB:0:root
         Moss:PROPN:2:nsubj slept:VERB:0:root
         one:NUM:3:nsubj is:AUX:3:cop Roe:PROPN:0:root
         he:PRON:2:nsubj:PronType=Prs left:VERB:0:root",
        NAMES,
        "Moss = Moss; Roe = he",
    );
}

#[test]
fn what_is_said_of_somebody_means_that_person() {
    check(
        "“:PUNCT:3:punct he:PRON:3:nsubj:PronType=Prs lies:VERB:6:ccomp ”:PUNCT:3:punct Moss:PROPN:6:nsubj explained:VERB:0:root of:ADP:8:case Roe:PROPN:6:obl",
        NAMES,
        "he = Roe",
    );
}

#[test]
fn who_speaks_is_nobody_of_whom_it_is_told() {
    // By name, wherever in the quotation.
    check(
        "Roe:PROPN:2:nsubj left:VERB:0:root
         “:PUNCT:5:punct Roe:PROPN:4:nmod:poss ’s:PART:2:case word:NOUN:5:nsubj:Number=Sing counts:VERB:8:ccomp ”:PUNCT:5:punct he:PRON:8:nsubj:PronType=Prs added:VERB:0:root",
        NAMES,
        "Roe = Roe",
    );
    // In a clause that completes a noun.
    check(
        "Roe:PROPN:2:nsubj left:VERB:0:root
         he:PRON:2:nsubj:PronType=Prs repeated:VERB:0:root claims:NOUN:2:obj:Number=Plur that:SCONJ:6:mark Roe:PROPN:6:nsubj lies:VERB:3:acl",
        NAMES,
        "Roe = Roe",
    );
}

#[test]
fn bodies_that_ask_are_told() {
    check(
        "Moss:PROPN:2:nsubj slept:VERB:0:root
         when:SCONJ:3:mark Acme:PROPN:3:nsubj:Number=Sing asked:VERB:6:advcl ,:PUNCT:3:punct it:PRON:6:nsubj:PronType=Prs explained:VERB:0:root that:SCONJ:9:mark pipes:NOUN:9:nsubj:Number=Plur leak:VERB:6:ccomp",
        &[("Moss", P), ("Acme", O)],
        "Acme = it",
    );
}

#[test]
fn headings_tell_whose_words_stand_below() {
    let heading = "Norway:PROPN:3:nmod:poss ’s:PART:1:case minister:NOUN:4:nsubj:Number=Sing|Definite=Def explained:VERB:0:root";
    let below = "Minister:PROPN:2:compound Roe:PROPN:3:nsubj slept:VERB:0:root";
    let clusters_of = |block| {
        let names = [("Norway", NameKind::Place), ("Minister Roe", P)];
        let mut text = parse(&format!("{heading}\n{below}"), &names);
        text.sentences[0].block = block;
        let (mentions, _) = linked(&text);
        let of = |word: &str| {
            let found = mentions.iter().find(|m| m.span.slice(&text.text).ends_with(word));
            found.unwrap_or_else(|| panic!("{word}")).cluster
        };
        (of("minister"), of("Roe"))
    };
    let (description, person) = clusters_of(BlockKind::Heading);
    assert_eq!(description, person);
    let (description, person) = clusters_of(BlockKind::Paragraph);
    assert_ne!(description, person);
}

#[test]
fn owners_of_subjects_are_not_passed_over() {
    check(
        "at:ADP:3:case his:PRON:3:nmod:poss:PronType=Prs trial:NOUN:7:obl:Number=Sing Roe:PROPN:6:nmod:poss ’s:PART:4:case lawyer:NOUN:7:nsubj:Number=Sing wept:VERB:0:root",
        NAMES,
        "",
    );
}
