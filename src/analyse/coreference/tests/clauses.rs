//! What clauses tell of their own arguments, and who goes on speaking.

use super::*;

#[test]
fn reflexive_pronouns_are_who_does_it() {
    check(
        "Roe:PROPN:2:nsubj told:VERB:0:root Doe:PROPN:2:obj to:PART:5:mark help:VERB:2:xcomp himself:PRON:5:obj:PronType=Prs",
        &[("Roe", P), ("Doe", P)],
        "Doe = himself",
    );
    check(
        "Moss:PROPN:3:nsubj himself:PRON:1:nmod:PronType=Prs shouted:VERB:0:root
         Roe:PROPN:2:nsubj left:VERB:0:root and:CCONJ:4:cc hid:VERB:2:conj himself:PRON:4:obj:PronType=Prs",
        &[("Roe", P), ("Moss", P)],
        "Moss = himself; Roe = himself",
    );
}

#[test]
fn verbs_that_go_on_have_the_same_subject() {
    check(
        "Roe:PROPN:2:nsubj came:VERB:0:root and:CCONJ:4:cc saw:VERB:2:conj him:PRON:4:obj:PronType=Prs",
        &[("Roe", P)],
        "",
    );
}

#[test]
fn some_of_them_are_not_who_does_it() {
    check(
        "Acme:PROPN:2:nsubj built:VERB:0:root some:DET:2:obj of:ADP:5:case them:PRON:3:nmod:PronType=Prs",
        &[("Acme", O)],
        "",
    );
}

#[test]
fn later_steps_keep_apart_what_a_clause_keeps_apart() {
    let text =
        parse("Roe:PROPN:2:nsubj saw:VERB:0:root him:PRON:2:obj:PronType=Prs", &[("Roe", P)]);
    let words = FunctionWords::shipped();
    let lexicon = ReferenceLexicon::default();
    let parsed = parsed(&text, &words);
    let mentions = mentions(&parsed, &lexicon);
    let facts: Vec<Facts<'_>> =
        mentions.iter().map(|mention| Facts::of(&parsed, &lexicon, mention)).collect();
    let mut partition = Partition::new(&facts);
    binding::link(&Problem { parsed: &parsed, lexicon: &lexicon, facts: &facts }, &mut partition);
    assert!(partition.are_apart(0, 1) && partition.are_apart(1, 0));
    assert!(!partition.try_join(0, 1));
}

#[test]
fn who_speaks_next_is_who_spoke() {
    check(
        "“:PUNCT:3:punct Moss:PROPN:3:nsubj lies:VERB:6:ccomp ”:PUNCT:3:punct Roe:PROPN:6:nsubj explained:VERB:0:root
         He:PRON:2:nsubj:PronType=Prs added:VERB:0:root “:PUNCT:4:punct sleep:VERB:2:ccomp ”:PUNCT:4:punct",
        &[("Roe", P), ("Moss", P)],
        "Roe = He",
    );
}

#[test]
fn who_speaks_may_be_the_subject_of_another_verb() {
    check(
        "Roe:PROPN:2:nsubj stood:VERB:0:root and:CCONJ:4:cc explained:VERB:2:conj “:PUNCT:7:punct I:PRON:7:nsubj:PronType=Prs slept:VERB:4:ccomp ”:PUNCT:7:punct",
        &[("Roe", P)],
        "Roe = I",
    );
}

#[test]
fn a_whole_name_is_not_short_for_another() {
    check(
        "the:DET:3:det:Definite=Def White:PROPN:3:compound House:PROPN:4:nsubj:Number=Sing slept:VERB:0:root
         the:DET:2:det:Definite=Def House:PROPN:3:nsubj:Number=Sing voted:VERB:0:root",
        &[("White House", O), ("House", O)],
        "",
    );
}

#[test]
fn what_is_told_of_is_not_who_tells_it() {
    let text = parse(
        "Mills:NOUN:2:nsubj:Number=Plur left:VERB:5:ccomp ,:PUNCT:2:punct they:PRON:5:nsubj:PronType=Prs explained:VERB:0:root",
        &[],
    );
    let (mentions, _) = linked(&text);
    let of = |word: &str| mentions.iter().find(|m| m.span.slice(&text.text) == word).unwrap();
    assert_ne!(of("Mills").cluster, of("they").cluster);
}
