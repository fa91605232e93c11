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

#[test]
fn what_is_raised_is_the_subjects_own() {
    check(
        "Acme:PROPN:2:nsubj:Number=Sing raised:VERB:0:root its:PRON:4:nmod:poss:PronType=Prs prices:NOUN:2:obj:Number=Plur",
        &[("Acme", O)],
        "Acme = its",
    );
}

#[test]
fn who_asks_for_somebody_to_act_is_somebody_else() {
    check(
        "Roe:PROPN:2:nsubj asked:VERB:0:root for:SCONJ:6:mark him:PRON:6:nsubj:PronType=Prs to:PART:6:mark stay:VERB:2:advcl",
        &[("Roe", P)],
        "",
    );
}

#[test]
fn who_is_told_of_beside_the_subject_is_not_meant() {
    check(
        "Roe:PROPN:6:nsubj ,:PUNCT:3:punct aide:NOUN:1:appos:Number=Sing to:ADP:5:case Moss:PROPN:3:nmod explained:VERB:0:root that:SCONJ:9:mark he:PRON:9:nsubj:PronType=Prs stays:VERB:6:ccomp",
        &[("Roe", P), ("Moss", P)],
        "Roe = aide = he",
    );
}

#[test]
fn acronyms_that_are_alike_are_one() {
    check(
        "DH:PROPN:2:nsubj:Number=Sing grew:VERB:0:root
         clinics:NOUN:4:nsubj:Number=Plur on:ADP:3:case DH:PROPN:1:nmod:Number=Sing opened:VERB:0:root",
        &[],
        "DH = DH",
    );
}

#[test]
fn the_text_goes_on_with_what_it_is_about() {
    check(
        "Miners:NOUN:2:nsubj:Number=Plur slept:VERB:0:root
         They:PRON:2:nsubj:PronType=Prs woke:VERB:0:root",
        &[],
        "Miners = They",
    );
}

#[test]
fn owners_behind_and_are_what_stands_before() {
    check(
        "Roe:PROPN:2:nsubj met:VERB:0:root miners:NOUN:2:obj:Number=Plur and:CCONJ:6:cc their:PRON:6:nmod:poss:PronType=Prs wives:NOUN:3:conj:Number=Plur",
        &[("Roe", P)],
        "miners = their",
    );
    check(
        "Roe:PROPN:2:nsubj sold:VERB:0:root mills:NOUN:2:obj:Number=Plur and:CCONJ:6:cc his:PRON:6:nmod:poss:PronType=Prs boat:NOUN:3:conj:Number=Sing",
        &[("Roe", P)],
        "Roe = his",
    );
}
