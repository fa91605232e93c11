//! Tests of the engine on rules and parses of its own.

use super::*;
use crate::extract::sentence::Graph;

const LEXICON: &[(&str, &str)] =
    &[("calls.tsv", "lemma\tclass: text\tattitude: text\nsay\tplain\tstates\n")];

const PARSE: &str = "
  1 The the DET DT _ 2 det
  2 guard guard NOUN NN _ 3 nsubj
  3 said say VERB VBD Mood=Ind|Tense=Past|VerbForm=Fin 0 root
  4 dogs dog NOUN NNS _ 5 nsubj
  5 bark bark VERB VBP VerbForm=Fin 3 ccomp
  6 and and CCONJ CC _ 7 cc
  7 bite bite VERB VBP VerbForm=Fin 5 conj
";

fn rule(pattern: &str, emit: &str, bound: &str) -> String {
    format!("rule r\nmeans x\n{pattern}\n{emit}\nparsed {bound}{PARSE}says a\nsilent b\n")
}

fn compile(text: &str) -> Result<Rules, RuleError> {
    let lexicon = Lexicon::read(LEXICON.iter().copied()).unwrap();
    let rules = Rules::compile([("test.rule", text)], &lexicon)?;
    rules.check_examples(|_| true)?;
    Ok(rules)
}

/// The first example of the first rule, which is a parse.
fn first_parse(rules: &Rules) -> Parsed {
    let Example::Parsed { parse, .. } = &rules.all()[0].examples[0] else { panic!("no parse") };
    parse.read().unwrap()
}

/// Whether a pattern fits the parse with its nodes bound as asked.
fn check(pattern: &str, bound: &str, expected: bool) {
    let text = rule(pattern, "emit scope over a", bound);
    let rules = compile(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let Parsed { document, bound: pairs } = first_parse(&rules);
    let graph = Graph::new(&document, &Lexicon::default());
    assert_eq!(rules.fits(&rules.all()[0], &graph, &pairs), expected, "{pattern} {bound}");
}

#[test]
fn patterns_fit_where_they_should() {
    check("match a [VERB]", "a=said", true);
    check("match a [VERB, lemma in calls:plain]", "a=said", true);
    check("match a [NOUN|PROPN, not has >det]", "a=dogs", true);
    check("match a [NOUN, not has >det]", "a=guard", false);
    check("match a [VERB, VerbForm=Fin, Tense=Past] >nsubj who", "who=guard", true);
    check("match a >ccomp b\n b >nsubj c", "a=said b=bark c=dogs", true);
    check("match a [is root] >obj b ?", "a=said", true);
    check("match a !>nsubj", "a=bark", false);
    check("match a . b", "a=said b=dogs", true);
    check("match a >nsubj b\nwhere before(a, b)", "a=said", false);
    check("match a >nsubj b\nwhere not before(a, b)", "a=said", true);
}

#[test]
fn conjuncts_share_head_and_subject() {
    check("match a [lemma=say] >ccomp b", "a=said b=bite", true);
    check("match a [lemma=bite] >nsubj b", "b=dogs", true);
}

fn check_broken(text: &str, expected: &str) {
    let error = compile(text).map(|_| ()).map_err(|e| e.to_string());
    assert_eq!(error, Err(format!("test.rule:{expected}")), "{text}");
}

#[test]
fn broken_rules_are_named_by_place() {
    check_broken("means x", "1:1: expected `rule` and a name first");
    check_broken("rule a_b", "1:1: expected a name of letters, digits and hyphens");
    check_broken("rule a\nfoo", "2:1: `foo` is no keyword of a rule");
    check_broken("rule a\n weight 2", "2:2: expected a weight from 0 to 1");
    check_broken("rule a\nmatch v [VERB", "2:14: expected `,` or `]`");
    check_broken("rule a\nmatch v [is odd]", "2:13: no predicate is called `odd`");
    check_broken(
        "rule a\nmatch v\nwhere before(v)",
        "3:7: predicate `before` takes 2 nodes, not 1",
    );
    check_broken("rule a\nmatch v\nwhere quoted(w)", "3:14: no node is called `w`");
    check_broken(
        "rule a\nmatch v >obj v",
        "2:14: `v` is bound twice; a node has one edge that leads to it",
    );
    check_broken("rule a\nmatch v [form=\"x]", "2:15: quotation mark without its partner");
    check_broken(
        "rule a\nmeans x\nmatch v\nemit joke",
        "4:6: expected `claim`, `attribution` or `scope`, found `joke`",
    );
    check_broken(
        "rule a\nmeans x\nmatch v\nemit scope over v\nparsed\n 1 a b\nsays a\nsilent b",
        "5:1: parsed example: line 1: expected id, form, lemma, upos, xpos, feats, head, deprel",
    );
    check_broken(
        "rule a\nmeans x\nmatch v\nemit scope over v\nparsed\n 1 b b NOUN NN _ 0 root\n 2 a a DET DT _ 7 det\nsays a\nsilent b",
        "5:1: parsed example: line 2: head `7` is no word of the sentence; hung on the root",
    );
    check_broken(
        "rule a\nmeans x\nmatch v\nemit scope over v\nparsed\nsays a\nsilent b",
        "5:1: parsed example: expected a sentence",
    );
    check_broken(
        &rule("match a\n b", "emit scope over a", ""),
        "1:1: `b` hangs on nothing: connect it to the other nodes by an edge",
    );
    check_broken(
        &rule("match a >foo b", "emit scope over a", ""),
        "3:10: `foo` is no dependency relation",
    );
    check_broken(
        &rule("match a [lemma in x:y]", "emit scope over a", ""),
        "1:1: no word list `x:y`, or no word of that class in it",
    );
    check_broken(
        "rule a\nmeans x\nmatch v\nemit scope over v",
        "1:1: rule `a` needs two examples that it finds and one that it does not",
    );
}

#[test]
fn attributions_come_out_with_their_attitude() {
    let emit = "emit attribution\n source who\n cue a\n content what\n attitude of a in calls";
    let rules = compile(&rule("match a >nsubj who\n a >ccomp what", emit, "")).unwrap();
    let document = first_parse(&rules).document;
    let lexicon = Lexicon::read(LEXICON.iter().copied()).unwrap();
    let found = rules.find(&Graph::new(&document, &lexicon), &lexicon).attributions;
    let heads = found.iter().map(|a| (a.source, a.cue[0], a.content[0]));
    let heads: Vec<_> = heads
        .map(|(source, cue, content)| (source.map(TokenId::number), cue.number(), content.number()))
        .collect();
    assert_eq!(heads, [(Some(1), 2, 4), (Some(1), 2, 6)]);
    assert_eq!(found[0].attitude, Some(Attitude::States));
}

#[test]
fn any_text_is_a_rule_or_an_error() {
    proptest::proptest!(|(text in "(rule a\n|match |emit |[a-z>\\[\\](),=|?!. \n\"é]){0,40}")| {
        let _ = compile(&text);
    });
}
