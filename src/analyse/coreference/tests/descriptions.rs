//! Descriptions of who and what was named.

use super::{O, P, check};
use crate::text::NameKind;

const ROE_LEFT: &str = "Ann:PROPN:3:nsubj Roe:PROPN:1:flat left:VERB:0:root";
const ROE: &[(&str, NameKind)] = &[("Ann Roe", P)];

fn check_after(before: &str, line: &str, names: &[(&str, NameKind)], expected: &str) {
    check(&format!("{before}\n{line}"), names, expected);
}

#[test]
fn persons_are_called_by_what_they_are() {
    check_after(
        ROE_LEFT,
        "the:DET:3:det:Definite=Def Texas:PROPN:3:compound senator:NOUN:4:nsubj:Number=Sing slept:VERB:0:root",
        ROE,
        "Ann Roe = the Texas senator",
    );
    // Not alone, where the noun wants more words.
    let young = "the:DET:3:det:Definite=Def young:ADJ:3:amod lawyer:NOUN:4:nsubj:Number=Sing slept:VERB:0:root";
    check_after(ROE_LEFT, young, ROE, "Ann Roe = the young lawyer");
    let lawyer = "the:DET:2:det:Definite=Def lawyer:NOUN:3:nsubj:Number=Sing slept:VERB:0:root";
    check_after(ROE_LEFT, lawyer, ROE, "");
    let witness = "the:DET:3:det:Definite=Def young:ADJ:3:amod witness:NOUN:4:nsubj:Number=Sing slept:VERB:0:root";
    check_after(ROE_LEFT, witness, ROE, "");
}

#[test]
fn persons_spoken_of_in_other_words_are_others() {
    // The description's own sentence names her, or somebody else before.
    check_after(
        ROE_LEFT,
        "the:DET:3:det:Definite=Def young:ADJ:3:amod lawyer:NOUN:4:nsubj:Number=Sing saw:VERB:0:root Roe:PROPN:4:obj",
        &[("Ann Roe", P), ("Roe", P)],
        "Ann Roe = Roe",
    );
    check_after(
        ROE_LEFT,
        "Doe:PROPN:2:nsubj knows:VERB:0:root the:DET:5:det:Definite=Def young:ADJ:5:amod lawyer:NOUN:6:nsubj:Number=Sing slept:VERB:2:ccomp",
        &[("Ann Roe", P), ("Doe", P)],
        "",
    );
    // Two subjects.
    check_after(
        "Ann:PROPN:5:nsubj Roe:PROPN:1:flat and:CCONJ:4:cc Doe:PROPN:1:conj left:VERB:0:root",
        "the:DET:3:det:Definite=Def young:ADJ:3:amod lawyer:NOUN:4:nsubj:Number=Sing slept:VERB:0:root",
        &[("Ann Roe", P), ("Doe", P)],
        "",
    );
}

#[test]
fn titles_and_parties_speak_against_persons() {
    let republican = "the:DET:3:det:Definite=Def Republican:ADJ:3:amod nominee:NOUN:4:nsubj:Number=Sing slept:VERB:0:root";
    check_after(
        "Republican:ADJ:2:amod Ann:PROPN:4:nsubj Roe:PROPN:2:flat left:VERB:0:root",
        republican,
        ROE,
        "Republican Ann Roe = the Republican nominee",
    );
    check_after(
        "Democratic:ADJ:2:amod Ann:PROPN:4:nsubj Roe:PROPN:2:flat left:VERB:0:root",
        republican,
        ROE,
        "",
    );
    check_after(
        "Ann:PROPN:7:nsubj Roe:PROPN:1:flat (:PUNCT:4:punct D-Ohio:PROPN:1:dep ):PUNCT:4:punct ,:PUNCT:1:punct left:VERB:0:root",
        republican,
        ROE,
        "",
    );
    check_after(
        "Judge:PROPN:2:compound Ann:PROPN:4:nsubj Roe:PROPN:2:flat left:VERB:0:root",
        "the:DET:3:det:Definite=Def local:ADJ:3:amod governor:NOUN:4:nsubj:Number=Sing slept:VERB:0:root",
        ROE,
        "",
    );
}

#[test]
fn whose_part_is_another_is_somebody_else() {
    check_after(
        "spokesman:NOUN:2:compound Ann:PROPN:4:nsubj Roe:PROPN:2:flat left:VERB:0:root",
        "the:DET:3:det:Definite=Def young:ADJ:3:amod lawyer:NOUN:4:nsubj:Number=Sing slept:VERB:0:root",
        ROE,
        "",
    );
}

#[test]
fn bodies_are_called_by_what_they_are() {
    let network = "the:DET:2:det:Definite=Def network:NOUN:3:nsubj:Number=Sing slept:VERB:0:root";
    let left = |name: &str| format!("{name}:PROPN:2:nsubj left:VERB:0:root");
    check_after(&left("RTN"), network, &[("RTN", O)], "RTN = the network");
    // A court is no network, and of two who may be meant none is.
    let court = "Orm:PROPN:2:compound Court:PROPN:3:nsubj left:VERB:0:root";
    check_after(court, network, &[("Orm Court", O)], "");
    check_after(
        "RTN:PROPN:2:nsubj left:VERB:0:root QRS:PROPN:2:obj",
        network,
        &[("RTN", O), ("QRS", O)],
        "",
    );
    // The name says it of one.
    check_after(
        "QRS:PROPN:2:nsubj left:VERB:0:root Orm:PROPN:4:compound Bank:PROPN:2:obj",
        "the:DET:2:det:Definite=Def lender:NOUN:3:nsubj:Number=Sing slept:VERB:0:root",
        &[("Orm Bank", O), ("QRS", O)],
        "Orm Bank = the lender",
    );
    // Unless another that may be meant stands nearer.
    check_after(
        "Orm:PROPN:2:compound Bank:PROPN:3:nsubj left:VERB:0:root RTN:PROPN:3:obj",
        "the:DET:2:det:Definite=Def lender:NOUN:3:nsubj:Number=Sing slept:VERB:0:root",
        &[("Orm Bank", O), ("RTN", O)],
        "",
    );
    let group = "the:DET:2:det:Definite=Def group:NOUN:5:nsubj:Number=Sing of:ADP:4:case miners:NOUN:2:nmod slept:VERB:0:root";
    check_after(&left("RTN"), group, &[("RTN", O)], "");
}

#[test]
fn what_belongs_to_one_is_one() {
    check(
        "Roe:PROPN:3:nmod:poss 's:PART:1:case lawyer:NOUN:4:nsubj:Number=Sing slept:VERB:0:root
         Roe:PROPN:3:nmod:poss 's:PART:1:case lawyer:NOUN:4:nsubj:Number=Sing left:VERB:0:root",
        &[("Roe", P)],
        "Roe 's lawyer = Roe 's lawyer; Roe = Roe",
    );
    check(
        "Roe:PROPN:4:nmod:poss 's:PART:1:case first:ADJ:4:amod wife:NOUN:5:nsubj:Number=Sing slept:VERB:0:root
         Roe:PROPN:4:nmod:poss 's:PART:1:case second:ADJ:4:amod wife:NOUN:5:nsubj:Number=Sing left:VERB:0:root",
        &[("Roe", P)],
        "Roe = Roe",
    );
}

#[test]
fn whoever_heads_a_body_has_it() {
    let his =
        "his:PRON:2:nmod:poss:PronType=Prs company:NOUN:3:nsubj:Number=Sing closed:VERB:0:root";
    check_after(
        "Roe:PROPN:5:nsubj chief:NOUN:1:appos:Number=Sing of:ADP:4:case Orm:PROPN:2:nmod spoke:VERB:0:root",
        his,
        &[("Roe", P), ("Orm", O)],
        "Roe = chief = his; Orm = his company",
    );
    check_after(
        "Roe:PROPN:6:nsubj chief:NOUN:1:appos:Number=Sing of:ADP:5:case Orm:PROPN:5:compound Court:PROPN:2:nmod spoke:VERB:0:root",
        his,
        &[("Roe", P), ("Orm Court", O)],
        "Roe = chief = his",
    );
}

#[test]
fn the_prime_minister_of_a_country_was_named_with_it() {
    check(
        "Norwegia:PROPN:4:nmod:poss 's:PART:1:case President:PROPN:4:compound Roe:PROPN:5:nsubj left:VERB:0:root
         Norwegia:PROPN:3:nmod:poss 's:PART:1:case president:NOUN:4:nsubj:Number=Sing slept:VERB:0:root",
        &[("Roe", P)],
        "Norwegia 's President Roe = Norwegia 's president; Norwegia = Norwegia",
    );
    let later = |country: &str, adjective: &str| {
        format!(
            "the:DET:4:det:Definite=Def {adjective}:ADJ:4:amod President:PROPN:4:compound \
             Roe:PROPN:5:nsubj left:VERB:0:root\n{country}:PROPN:3:nmod:poss 's:PART:1:case \
             president:NOUN:4:nsubj:Number=Sing slept:VERB:0:root"
        )
    };
    let roe = &[("Roe", P)];
    check(
        &later("Pakistan", "Pakistani"),
        roe,
        "the Pakistani President Roe = Pakistan 's president",
    );
    check(&later("Niger", "Nigerian"), roe, "");
}
