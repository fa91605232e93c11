"""Tables, RDF, notebooks."""

import html.parser

import pytest

import reportedly
from reportedly import _tables


@pytest.mark.parametrize("table", _tables.COLUMNS)
def test_pandas_and_arrow_say_the_same(examples, table):
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame, arrow = examples.to_pandas(table), examples.to_arrow(table)
    assert list(frame.columns) == arrow.column_names == list(_tables.COLUMNS[table])
    assert len(frame) == arrow.num_rows > 0
    first = list(frame.columns)[1]
    values = frame[first].astype(object).where(frame[first].notna(), None).tolist()
    assert values == arrow.column(first).to_pylist()


def test_tables_of_nothing_have_columns():
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    nothing = reportedly.Articles()
    assert list(nothing.to_pandas().columns) == nothing.to_arrow().column_names
    with pytest.raises(reportedly.PipelineError, match="claims"):
        nothing.to_pandas("claim")


def test_a_frame_and_a_table_are_read(pipeline):
    pandas = pytest.importorskip("pandas")
    arrow = pytest.importorskip("pyarrow")
    texts = ["Ada Brook sold the ferry.", "Orm bought the ferry."]
    frame = pandas.DataFrame({"id": ["a", "b"], "text": texts, "title": [None, float("nan")]})
    table = arrow.table({"id": ["a", "b"], "text": texts})
    by_frame, by_table = pipeline.analyse(frame), pipeline.analyse(table)
    assert [a.to_dict() for a in by_frame] == [a.to_dict() for a in by_table]


def test_rdf_is_the_same_in_all_formats(examples):
    rdflib = pytest.importorskip("rdflib")
    article = examples[0]
    lines = set(article.to_rdf("ntriples").splitlines())
    quads = article.to_rdf("nquads").splitlines()
    assert len(quads) == len(lines)
    graph = rdflib.Graph().parse(data=article.to_rdf("turtle"), format="turtle")
    assert len(graph) == len(lines)
    assert len(list(article.to_rdflib().quads())) == len(lines)
    for format in ("trig", "jsonld", "rdfxml"):
        assert article.to_rdf(format, base="https://news.example/")
    with pytest.raises(reportedly.PipelineError, match="turtle, trig"):
        article.to_rdf("n3")
    with pytest.raises(reportedly.PipelineError, match="base"):
        article.to_rdf(base="nowhere")


def test_claims_have_their_iris(examples):
    rdflib = pytest.importorskip("rdflib")
    data = examples.to_rdflib("https://news.example/")
    claims = set(data.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/reportedly/ns#Claim")))
    assert claims == {rdflib.URIRef(claim.iri("https://news.example/")) for claim in examples.claims}


class Text(html.parser.HTMLParser):
    """The words of a page; every element is closed."""

    def __init__(self):
        super().__init__()
        self.words, self.open = "", []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("text", ["Ada <b>Brook</b> & Orm sold it.", "🦊 Élodie sold the café."])
def test_notebooks_show_the_whole_text(pipeline, text):
    article = pipeline.analyse(text)
    page = Text()
    page.feed(article._repr_html_())
    assert not page.open
    assert page.words.startswith(article.text)


def test_notebooks_show_examples(examples):
    for article in examples:
        page = Text()
        page.feed(article._repr_html_())
        assert page.words.startswith(article.text)
    assert "<table>" in examples._repr_html_()
