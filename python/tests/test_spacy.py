"""To spaCy and back."""

import pytest

import reportedly

spacy = pytest.importorskip("spacy")


def test_a_doc_has_the_text_and_the_layers(examples):
    for article in examples:
        doc = article.to_spacy()
        assert doc.text == article.text
        by_start = {token.idx: token for token in doc if not token.is_space}
        for token in article.tokens:
            of_doc = by_start[token.start]
            assert (of_doc.text, of_doc.lemma_, of_doc.pos_, of_doc.tag_) == (
                token.text,
                token.lemma,
                token.upos,
                token.xpos,
            )
            if token.head is not None:
                assert of_doc.head.idx == token.head.start
        assert doc.ents
        assert [span.label_ for span in doc.spans["claims"]] == [c.id for c in article.claims]


def test_a_doc_comes_back(examples, pipeline):
    article = examples[0]
    again = pipeline.analyse(article.to_spacy(), id=article.id)
    assert [t.form for t in again.tokens] == [t.form for t in article.tokens]
    assert len(again.claims) > 0.8 * len(article.claims)


def test_a_doc_without_a_parse_is_its_text(pipeline):
    doc = spacy.blank("en")("Ada Brook sold the ferry.")
    assert [str(c) for c in pipeline.analyse(doc).claims] == ["Ada Brook sells the ferry"]


def test_another_scheme_is_refused(pipeline):
    words = ["Ada", "sold", "it"]
    doc = spacy.tokens.Doc(spacy.blank("en").vocab, words, heads=[1, 1, 1], deps=["nsubj", "ROOT", "dobj"])
    with pytest.raises(reportedly.ReadError, match="Universal Dependencies"):
        pipeline.analyse(doc)
