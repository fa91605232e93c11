use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::*;
use crate::analyse::Analyser;
use crate::eval::analyse_sentences;
use crate::pipeline::Pipeline;
use crate::stories::Words;

/// A file of CAT: sentences, and what is marked as `KIND words` or `KIND words = instance`.
fn cat(sentences: &[&str], marked: &[&str]) -> String {
    let words: Vec<(usize, &str)> = sentences
        .iter()
        .enumerate()
        .flat_map(|(number, sentence)| sentence.split(' ').map(move |word| (number, word)))
        .collect();
    let mut xml = "<Document doc_name=\"a\">\n".to_owned();
    for (id, (sentence, word)) in words.iter().enumerate() {
        writeln!(xml, "<token t_id=\"{id}\" sentence=\"{sentence}\" number=\"0\">{word}</token>")
            .unwrap();
    }
    let (mut markables, mut relations) = (String::new(), String::new());
    for (id, mark) in marked.iter().enumerate() {
        let (mark, instance) = mark.split_once(" = ").unwrap_or((mark, ""));
        let (kind, phrase) = mark.split_once(' ').unwrap();
        write!(markables, "<{kind} m_id=\"{id}\" >").unwrap();
        for wanted in phrase.split(' ') {
            let at = words.iter().position(|(_, word)| *word == wanted).unwrap();
            write!(markables, "<token_anchor t_id=\"{at}\"/>").unwrap();
        }
        writeln!(markables, "</{kind}>").unwrap();
        if !instance.is_empty() {
            writeln!(
                relations,
                "<CROSS_DOC_COREF r_id=\"1\" note=\"{instance}\" ><source m_id=\"{id}\" />\
                 <target m_id=\"99\" /></CROSS_DOC_COREF>"
            )
            .unwrap();
        }
    }
    let of = "<HUMAN_PART_PER m_id=\"99\" TAG_DESCRIPTOR=\"miners\" />";
    format!(
        "{xml}<Markables>{markables}{of}</Markables><Relations>{relations}</Relations></Document>"
    )
}

fn told(name: &str, sentence: &str, marked: &[&str], analyser: &Analyser) -> ToldArticle {
    let article = EventArticle::read(name, &cat(&[sentence], marked), None).unwrap();
    let sentences = article.sentences.iter().map(String::as_str);
    tell(&article, &analyse_sentences(analyser, sentences))
}

#[test]
fn only_checked_sentences_count() {
    let xml = cat(
        &["Miners struck .", "Owners locked the gates ."],
        &["ACTION_OCCURRENCE struck = ACT1", "NEG_ACTION_STATE locked", "LOC_FAC gates"],
    );
    let checked = CheckedSentences::read("list.csv", "Topic,File,Sentence\n7,2ecb,1\n").unwrap();
    let article = EventArticle::read("7_2ecb.xml", &xml, Some(&checked)).unwrap();
    assert_eq!(article.sentences, ["Owners locked the gates ."]);
    let actions: Vec<&Marked> = article.actions().collect();
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0].kind, MarkedKind::Action { denied: true });
    assert_eq!(actions[0].instance, Instance::Local(7, "2ecb".to_owned(), 1));
    assert_eq!(article.marked[1].kind, MarkedKind::Place);
}

#[test]
fn broken_files_are_named() {
    let check = |name: &str, xml: &str, message: &str| {
        assert_eq!(EventArticle::read(name, xml, None).unwrap_err().to_string(), message);
    };
    let name = "mine.xml: a file of ECB+ is called after its topic, as 12_3ecbplus.xml";
    check("mine.xml", "<Document/>", name);
    check("1_2.xml", "<Document/>", "1_2.xml: no <token> in it; is it a file of CAT?");
    let token = "1_2.xml: <token> has no t_id that can be read";
    check("1_2.xml", "<Document><token sentence=\"0\">a</token></Document>", token);
    let line = CheckedSentences::read("list.csv", "Topic,File,Sentence\n1,1ecb,1\n1,one\n");
    let message = "list.csv: line 3: not topic, file and number of a sentence";
    assert_eq!(line.unwrap_err().to_string(), message);
}

#[test]
fn an_action_becomes_a_claim() {
    let pipeline = Pipeline::builder().build().unwrap();
    let check = |sentence: &str, marked: &[&str], expected: &str| {
        let told = told("1_1ecb.xml", sentence, marked, pipeline.analyser());
        let claim = &told.telling.claims[0];
        let object = claim.object.as_ref().map_or("-", |object| object.text.as_str());
        let besides: Vec<&str> = claim.qualifiers.iter().map(|(_, q)| q.text.as_str()).collect();
        let found = [&claim.subject.text, &claim.label, object, &besides.join(", ")].join(" | ");
        assert_eq!(found, expected);
    };
    check(
        "The owners locked the gates in March .",
        &["ACTION_OCCURRENCE locked", "HUMAN_PART_PER owners", "LOC_FAC gates", "TIME_DATE March"],
        "owners | locked | gates | March",
    );
    check(
        "The gates were locked by the owners .",
        &["ACTION_OCCURRENCE locked", "HUMAN_PART_PER owners", "LOC_FAC gates"],
        "owners | locked | gates | ",
    );
    check(
        "The gates were locked .",
        &["ACTION_OCCURRENCE locked", "LOC_FAC gates"],
        "gates | locked | - | ",
    );
}

/// Two strikes: what is one lemma is two events, told apart by who takes part.
#[test]
fn events_of_one_lemma_are_told_apart() {
    let pipeline = Pipeline::builder().build().unwrap();
    let told = |name, sentence, marked: &[&str]| told(name, sentence, marked, pipeline.analyser());
    let articles = [
        told(
            "1_1ecb.xml",
            "Miners struck in Halden .",
            &["ACTION_OCCURRENCE struck = A1", "HUMAN_PART_PER Miners = H1", "LOC_GEO Halden = L1"],
        ),
        told(
            "1_2ecb.xml",
            "The miners struck in the town of Halden .",
            &["ACTION_OCCURRENCE struck = A1", "HUMAN_PART_PER miners = H1", "LOC_GEO Halden = L1"],
        ),
        told(
            "1_1ecbplus.xml",
            "Nurses struck in Bergen .",
            &["ACTION_OCCURRENCE struck = A2", "HUMAN_PART_PER Nurses = H2", "LOC_GEO Bergen = L2"],
        ),
        told(
            "1_2ecbplus.xml",
            "The nurses of Bergen struck .",
            &["ACTION_OCCURRENCE struck = A2", "HUMAN_PART_PER nurses = H2", "LOC_GEO Bergen = L2"],
        ),
    ];
    let found = decide(&articles, Words::english());
    assert_eq!(found[&Decision::SameLemma], [0, 0, 0, 0]);
    assert_eq!(found[&Decision::Events], [0, 0, 2, 2]);
    let events: Vec<&Event> = articles.iter().flat_map(|article| &article.events).collect();
    let mut report = EventsReport::default();
    report.add(LAST_DEVELOPMENT_TOPIC + 1, &events, &found);
    let figures: BTreeMap<Decision, String> = [Decision::SameLemma, Decision::Events]
        .map(|decision| (decision, report.of(decision).b3.to_string()))
        .into();
    assert_eq!(figures[&Decision::SameLemma], "P 0.500  R 1.000  F1 0.667");
    assert_eq!(figures[&Decision::Events], "P 1.000  R 1.000  F1 1.000");
    let shown = report.to_string();
    assert!(shown.contains("later topics: 1 topics, 4 actions of 2 events\n"), "{shown}");
}
