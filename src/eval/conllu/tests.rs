use super::*;
use crate::read::conllu::parse;

/// Documents from compact lines `id form lemma upos feats head deprel [misc]`.
fn documents(compact: &str) -> Vec<Document> {
    let line = |line: &str| {
        let f: Vec<&str> = line.split_whitespace().collect();
        let at = |i: usize| f.get(i).copied().unwrap_or("_");
        [at(0), at(1), at(2), at(3), at(3), at(4), at(5), at(6), "_", at(7)].join("\t")
    };
    let text: Vec<String> = compact
        .lines()
        .map(|l| if l.trim().is_empty() { String::new() } else { line(l) })
        .collect();
    let conllu = parse(&text.join("\n"), "a");
    assert_eq!(conllu.errors, [], "{compact}");
    conllu.documents
}

/// Checks `metric gold system correct aligned` for some metrics.
fn check(gold: &str, system: &str, expected: &[(&str, usize, usize, usize, usize)]) {
    let evaluation = evaluate(&documents(gold), &documents(system)).expect("same characters");
    for &(metric, gold, system, correct, aligned) in expected {
        let score = evaluation.scores.iter().find(|s| s.metric == metric).expect(metric);
        let found = (score.gold, score.system, score.correct, score.aligned.unwrap_or(correct));
        assert_eq!(found, (gold, system, correct, aligned), "{metric}");
    }
}

const GOLD: &str = "\
1 The the DET _ 2 det
2 dogs dog NOUN Number=Plur|Extra=Yes 3 nsubj:outer
3 bark bark VERB Tense=Pres 0 root
4 loudly loudly ADV _ 3 advmod SpaceAfter=No
5 . . PUNCT _ 3 punct";

#[test]
fn a_copy_scores_full_marks() {
    let evaluation = evaluate(&documents(GOLD), &documents(GOLD)).expect("same characters");
    for score in &evaluation.scores {
        assert!((score.f1() - 1.0).abs() < 1e-12, "{score:?}");
    }
    assert_eq!((evaluation.confusions.len(), evaluation.worst.len()), (0, 0));
}

#[test]
fn subtypes_and_other_features_do_not_count() {
    let system = "\
1 The the DET _ 2 det
2 dogs dog NOUN Number=Plur 3 nsubj
3 bark bark VERB Tense=Pres|My=Own 0 root
4 loudly loudly ADV _ 3 advmod SpaceAfter=No
5 . . PUNCT _ 3 punct";
    check(GOLD, system, &[("LAS", 5, 5, 5, 5), ("UFeats", 5, 5, 5, 5), ("MLAS", 3, 3, 3, 3)]);
}

#[test]
fn words_that_are_not_there_cannot_be_attached_to() {
    // `loudly.` stays one token, `The` hangs on the wrong word, `dogs` is a verb.
    let system = "\
1 The the DET _ 3 det
2 dogs dogs VERB Number=Plur 3 nsubj
3 bark bark VERB Tense=Pres 0 root
4 loudly. loudly. ADV _ 3 advmod";
    check(
        GOLD,
        system,
        &[
            ("Tokens", 5, 4, 3, 3),
            ("Sentences", 1, 1, 1, 1),
            ("Words", 5, 4, 3, 3),
            ("UPOS", 5, 4, 2, 3),
            ("Lemmas", 5, 4, 2, 3),
            ("UAS", 5, 4, 2, 3),
            ("LAS", 5, 4, 2, 3),
            // dogs, bark, loudly in the gold; dogs, bark, loudly. in the system
            ("CLAS", 3, 3, 2, 2),
            // dogs has the wrong tag, bark a function word that is not its own
            ("MLAS", 3, 3, 0, 2),
            ("BLEX", 3, 3, 1, 2),
        ],
    );
}

#[test]
fn function_words_count_for_morphology() {
    let system = GOLD.replace("The the DET _ 2 det", "The the DET _ 2 case");
    check(GOLD, &system, &[("CLAS", 3, 3, 3, 3), ("MLAS", 3, 3, 2, 3), ("LAS", 5, 5, 4, 5)]);
}

#[test]
fn multiword_tokens_are_aligned_by_their_longest_common_subsequence() {
    let gold = "\
1-2 don't _ _ _ _ _
1 do do AUX _ 3 aux
2 n't not PART _ 3 advmod
3 go go VERB _ 0 root";
    let plain = "\
1 don't do AUX _ 2 aux
2 go go VERB _ 0 root";
    check(gold, plain, &[("Tokens", 2, 2, 2, 2), ("Words", 3, 2, 1, 1), ("LAS", 3, 2, 1, 1)]);
    let other = "\
1-3 don't _ _ _ _ _
1 do do AUX _ 4 aux
2 n n PART _ 4 advmod
3 N'T not PART _ 4 advmod
4 go go VERB _ 0 root";
    check(gold, other, &[("Words", 3, 4, 3, 3), ("UAS", 3, 4, 3, 3)]);
    let split = "\
1 do do AUX _ 3 aux SpaceAfter=No
2 n't not PART _ 3 advmod
3 go go VERB _ 0 root";
    check(gold, split, &[("Tokens", 2, 3, 1, 1), ("Words", 3, 3, 3, 3), ("LAS", 3, 3, 3, 3)]);
}

#[test]
fn sentences_are_compared_by_their_ends() {
    let two = "1 A a X _ 0 root\n2 b b X _ 1 dep\n\n1 C c X _ 0 root";
    let one = "1 A a X _ 0 root\n2 b b X _ 1 dep\n3 C c X _ 1 dep";
    check(two, one, &[("Sentences", 2, 1, 0, 0), ("UAS", 3, 3, 2, 3)]);
}

#[test]
fn lemmas_that_the_gold_lacks_are_right() {
    check("1 A _ X _ 0 root", "1 A b X _ 0 root", &[("Lemmas", 1, 1, 1, 1), ("BLEX", 1, 1, 1, 1)]);
}

#[test]
fn other_characters_are_an_error() {
    let error = evaluate(&documents("1 Abc a X _ 0 root"), &documents("1 Abd a X _ 0 root"));
    let expected = EvaluationError::Characters {
        article: "a".into(),
        at: 2,
        gold: "c".into(),
        system: "d".into(),
    };
    assert_eq!(error, Err(expected));
}

#[test]
fn errors_are_explained() {
    let system = GOLD.replace("4 loudly loudly ADV _ 3 advmod", "4 loudly loudly ADJ _ 2 amod");
    let evaluation = evaluate(&documents(GOLD), &documents(&system)).expect("same characters");
    let confusions: Vec<_> = evaluation.confusions.iter().map(|c| (c.column, &*c.gold)).collect();
    assert_eq!(confusions, [("DEPREL", "advmod"), ("UPOS", "ADV"), ("XPOS", "ADV")]);
    assert_eq!(evaluation.worst[0].details, ["loudly: advmod ← bark; amod ← dogs"]);
}
