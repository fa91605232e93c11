use super::*;
use crate::read::conllu::parse;
use crate::text::BlockKind;

/// What is written is read as the same document, and written alike again.
fn check(source: &str) {
    let read = parse(source, "a");
    assert_eq!(read.errors, []);
    for document in &read.documents {
        let written = to_conllu(document);
        let again = parse(&written, "b");
        assert_eq!(again.errors, [], "{written}");
        assert_eq!(&again.documents, std::slice::from_ref(document), "{written}");
    }
}

const SMALL: &str = "\
# newdoc id = n1
# meta::title = Storm hits coast
# meta::dateCreated = 2023-04-05
# newpar
# newpar_block = head
# text = Storm hits coast
1\tStorm\tstorm\tNOUN\tNN\tNumber=Sing\t2\tnsubj\t2:nsubj\t_
2\thits\thit\tVERB\tVBZ\t_\t0\troot\t0:root\t_
3\tcoast\tcoast\tNOUN\tNN\t_\t2\tobj\t1:dep|2:obj\tSpacesAfter=\\n

# newpar
# text = “Ann Lee didn’t  leave,” he said.
1\t“\t\"\tPUNCT\t``\t_\t5\tpunct\t_\tSpaceAfter=No
2\tAnn\tAnn\tPROPN\tNNP\t_\t5\tnsubj\t_\tNER=B-person
3\tLee\tLee\tPROPN\tNNP\t_\t2\tflat\t_\tNER=I-person
4-5\tdidn’t\t_\t_\t_\t_\t_\t_\t_\t_
4\tdid\tdo\tAUX\tVBD\t_\t0\troot\t_\t_
5\tn’t\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_
6\tleave\tleave\tVERB\tVB\t_\t4\tdep\t_\tSpaceAfter=No
7\t,\t,\tPUNCT\t,\t_\t4\tpunct\t_\tSpaceAfter=No
8\t”\t\"\tPUNCT\t''\t_\t4\tpunct\t_\t_
9\the\the\tPRON\tPRP\t_\t10\tnsubj\t_\t_
10\tsaid\tsay\tVERB\tVBD\t_\t4\tparataxis\t_\tSpaceAfter=No
11\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
";

#[test]
fn what_is_written_is_read_back() {
    check(SMALL);
    let document = &parse(SMALL, "a").documents[0];
    assert_eq!(document.article.blocks[0].kind, BlockKind::Title);
    assert_eq!(document.article.text, "Storm hits coast\n“Ann Lee didn’t  leave,” he said.");
}

#[test]
fn lines_have_ranges_spaces_and_names() {
    let written = to_conllu(&parse(SMALL, "a").documents[0]);
    for expected in [
        "# sent_id = n1-2\n# newpar\n# newpar_block = paragraph\n# text = “Ann Lee",
        "4-5\tdidn’t\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\s\\s|TokenRange=26:32\n",
        "\t1:dep|2:obj\tSpacesAfter=\\n|TokenRange=11:16\n",
        "\tNER=B-person|TokenRange=18:21\n",
    ] {
        assert!(written.contains(expected), "{expected} is not in\n{written}");
    }
}

#[test]
#[ignore = "needs the development data in ../shared"]
fn treebanks_survive_the_round_trip() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/ud");
    for file in ["gum-dev-news.conllu", "ewt-dev.conllu"] {
        check(&std::fs::read_to_string(format!("{folder}/{file}")).expect("a treebank"));
    }
}
