use super::*;
use crate::text::{BlockKind, Deprel, TokenId, TokenRange};

/// Ten-column lines from compact ones: `id form head deprel [misc] [deps]`.
fn lines(compact: &str) -> String {
    let mut out = String::new();
    for line in compact.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            out.push_str(line);
        } else {
            let f: Vec<&str> = line.split(' ').collect();
            let at = |i: usize| f.get(i).copied().unwrap_or("_");
            let (id, form, head, deprel, misc, deps) = (at(0), at(1), at(2), at(3), at(4), at(5));
            out.push_str(&[id, form, form, "X", "_", "_", head, deprel, deps, misc].join("\t"));
        }
        out.push('\n');
    }
    out
}

/// One line a sentence: words with their heads, a bar between blocks.
fn show(conllu: &Conllu) -> String {
    let word = |d: &Document, t: TokenId| {
        let head = d.tree.head(t).map_or("ROOT", |h| d.form(h));
        let text = d.slice(d.tokens[t.index()].span);
        format!(" {text}<{}:{head}", d.tree.label(t))
    };
    let mut lines = Vec::new();
    for document in &conllu.documents {
        lines.push(format!("[{}] {:?}", document.article.id, document.article.text));
        lines.extend(document.sentences.iter().map(|sentence| {
            let words: Vec<String> = sentence.tokens.iter().map(|t| word(document, t)).collect();
            format!(" {}", words.concat())
        }));
    }
    lines.extend(conllu.errors.iter().map(ToString::to_string));
    lines.join("\n")
}

fn check(compact: &str, expected: &str) {
    assert_eq!(show(&parse(&lines(compact), "a")).trim_end(), expected.trim_end(), "{compact}");
}

#[test]
fn gaps_come_from_the_text_or_the_last_column() {
    check(
        "# text = Dogs  bark.\n1 Dogs 2 nsubj\n2 bark 0 root SpaceAfter=No\n3 . 2 punct\n\n1 Loud 0 root",
        "[a] \"Dogs  bark. Loud\"\n  Dogs<nsubj:bark bark<root:ROOT .<punct:bark\n  Loud<root:ROOT",
    );
    check(
        "1 No 0 root SpaceAfter=No\n\n1 way 0 root",
        "[a] \"Noway\"\n  No<root:ROOT\n  way<root:ROOT",
    );
    check(
        "1 a 0 root SpacesBefore=\\s|SpacesAfter=\\n\\t\n2 b 1 dep SpacesAfter=\\n",
        "[a] \" a\\n\\tb\\n\"\n  a<root:ROOT b<dep:a",
    );
}

#[test]
fn blocks_and_documents_are_kept_apart() {
    check(
        "# newdoc id = one\n1 A 0 root\n\n# newpar\n1 B 0 root\n\n# newdoc\n1 C 0 root",
        "[one] \"A\\n\\nB\"\n  A<root:ROOT\n  B<root:ROOT\n[a-2] \"C\"\n  C<root:ROOT",
    );
    let blocks = parse(&lines("# newpar\n# newpar_block = head (1 s)\n1 A 0 root"), "a");
    assert_eq!(blocks.documents[0].article.blocks[0].kind, BlockKind::Heading);
}

#[test]
fn contractions_share_out_their_letters() {
    check(
        "1-2 don't _ _\n1 do 0 root\n2 n't 1 advmod\n3 go 1 dep",
        "[a] \"don't go\"\n  do<root:ROOT n't<advmod:do go<dep:do",
    );
}

#[test]
fn sentences_that_cannot_be_read_are_left_out() {
    check(
        "x y z\tq\n\n1 ok 0 root",
        "[a] \"ok\"\n  ok<root:ROOT\nline 1: 11 columns where CoNLL-U has 10; sentence left out",
    );
    let conllu = parse("1\tonly\ttwo\n\n", "a");
    assert_eq!(conllu.errors, [ConlluError::Columns { line: 1, found: 3 }]);
    check("2 b 0 root", "line 1: word number `2` where 1 was due; sentence left out");
    check(
        "1-3 abc _ _\n1 a 0 root",
        "line 1: a multi-word token that its sentence does not finish; sentence left out",
    );
}

#[test]
fn broken_trees_are_repaired() {
    check(
        "1 a 2 x\n2 b 1 y\n3 c 0 root",
        "[a] \"a b c\"\n  a<x:c b<y:a c<root:ROOT\nline 1: the heads run in a ring; hung on the root",
    );
    check(
        "1 a 0 root\n2 b 0 root\n3 c 9 dep",
        "[a] \"a b c\"\n  a<root:ROOT b<parataxis:a c<dep:a\n\
         line 3: head `9` is no word of the sentence; hung on the root\n\
         line 2: a second root; hung on the first",
    );
    check(
        "1 a 2 dep\n2 b 1 dep",
        "[a] \"a b\"\n  a<root:ROOT b<dep:a\n\
         line 1: no root; the sentence's first word was made one",
    );
    check("1 a _ _\n2 b _ _", "[a] \"a b\"\n  a<root:ROOT b<dep:a");
}

#[test]
fn enhanced_edges_beyond_the_tree_are_kept() {
    let text =
        lines("1 a 0 root _ 0:root\n2 b 1 conj _ 1:conj:and|3:nsubj\n3 c 1 dep _ 1:dep|8.1:x|x:y");
    let conllu = parse(&text, "a");
    let extra: Vec<_> = conllu.documents[0].tree.extra.iter().collect();
    assert_eq!(extra.len(), 1);
    assert_eq!(
        (extra[0].dependent.number(), extra[0].head.number(), extra[0].label.relation),
        (1, 2, Deprel::Nsubj)
    );
    assert_eq!(conllu.errors, [ConlluError::Deps { line: 3, edge: "x:y".into() }]);
}

#[test]
fn text_that_does_not_fit_is_reported_and_not_believed() {
    check(
        "# text = Something else\n1 a 0 root\n2 b 1 dep",
        "[a] \"a b\"\n  a<root:ROOT b<dep:a\n\
         line 2: `# text` is not what the words spell; the words were believed",
    );
}

#[test]
fn names_are_read() {
    let text =
        lines("1 a 0 root NER=B-person\n2 b 1 dep NER=I-person\n3 c 1 dep NER=B-ORG\n4 d 1 dep");
    let names = &parse(&text, "a").documents[0].names;
    let names: Vec<_> = names.iter().map(|n| (n.tokens.to_string(), n.kind.as_str())).collect();
    assert_eq!(names, [("0..2".to_owned(), "person"), ("2..3".to_owned(), "organization")]);
}

proptest::proptest! {
    /// Any heads at all give one root and no ring.
    #[test]
    fn any_lines_give_trees(heads in proptest::collection::vec(0usize..9, 1..9)) {
        let words = (1..).zip(&heads).map(|(i, h)| format!("{i} w{i} {h} dep\n"));
        let words = words.collect::<Vec<_>>().concat();
        let conllu = parse(&lines(&words), "a");
        let document = &conllu.documents[0];
        let all = TokenRange::first(heads.len());
        let roots = all.iter().filter(|&t| document.tree.head(t).is_none()).count();
        proptest::prop_assert_eq!(roots, 1);
        for t in all {
            proptest::prop_assert!(document.tree.ancestors(t).count() < all.len());
        }
    }

    #[test]
    fn arbitrary_text_is_no_disaster(text in "[0-9a\\t\\n#=_.-]{0,200}") {
        let conllu = parse(&text, "a");
        for document in &conllu.documents {
            proptest::prop_assert_eq!(document.tokens.len(), document.tree.len());
        }
    }
}
