"""Stores."""

import pytest

import reportedly
from conftest import EXAMPLES
from test_analysis import program

BASE = "https://news.example/"
ARTICLES = [
    {"id": "one", "text": "Ada Brook sold Orm Castle in Lisbon.", "date": "2024-05-31"},
    {"id": "two", "text": "Ada Brook did not sell Orm Castle.", "date": "2024-06-01"},
]


@pytest.fixture
def store(tmp_path):
    return reportedly.Store(tmp_path / "news.store", base=BASE)


def test_a_store_is_built_asked_and_emptied(store):
    assert store.build(ARTICLES) == (2, 0, [])
    assert store.build(ARTICLES) == (0, 2, [])
    changed = [{**ARTICLES[1], "text": "Ada Brook bought Orm Castle."}]
    assert store.build(changed) == (1, 0, [])
    assert store.base == BASE
    assert store.articles == ["one", "two"]
    rows = store.query("SELECT ?who ?what { ?who rel:sells ?what }")
    assert rows.columns == ["who", "what"]
    assert [row["who"] for row in rows] == [BASE + "entity/ada-brook_person"]
    assert store.query("ASK { ?who rel:buys ?what }") is True
    assert "rel:sells" in store.query("CONSTRUCT { ?a rel:sells ?b } WHERE { ?a rel:sells ?b }")
    assert store.query("SELECT (COUNT(*) AS ?n) { ?c a rp:Claim }") == [{"n": 2}]
    assert store.remove(["one", "nowhere"]) == 1
    assert store.articles == ["two"]


def test_named_queries_take_parameters(store):
    store.build(EXAMPLES)
    names = [query.name for query in reportedly.named_queries()]
    assert "guards" in names and "said-by" in names
    everything = store.query("guards")
    assert everything
    assert len(store.query("guards", limit=1)) == 1
    who = store.query("guards", who="Marines")
    assert who and len(who) < len(everything) + 1
    with pytest.raises(reportedly.QueryError, match="guards"):
        store.query("guard")
    with pytest.raises(reportedly.QueryError):
        store.query("SELECT ?who { ?who rel:sells }")


def test_it_is_what_the_program_builds(store, tmp_path):
    store.build(EXAMPLES)
    other = tmp_path / "other.store"
    program("build", str(EXAMPLES), "--store", str(other), "--base", BASE)
    exported = program("export", "--store", str(other), "--format", "nquads")
    assert store.export(format="nquads") == exported
    written = store.export(tmp_path / "facts.ttl", profile="facts")
    assert written > 0 and (tmp_path / "facts.ttl").stat().st_size > 0


def test_rows_are_tables(store):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    store.build(ARTICLES)
    question = "SELECT ?claim ?polarity { ?claim rp:polarity ?polarity }"
    frame = store.to_pandas(question)
    assert isinstance(frame, pandas.DataFrame) and len(frame) == 2
    assert store.query(question).to_arrow().num_rows == 2
    assert "<table>" in store.query(question)._repr_html_()
    assert "articles" in store._repr_html_()


def test_what_cannot_be_read_is_named(store):
    with pytest.raises(reportedly.ReadError) as raised:
        store.build([*ARTICLES, {"id": "empty"}])
    assert raised.value.id == "empty"
    assert store.articles == ["one", "two"], "what was read before it stays"
    built = store.build([{"id": "empty"}, *ARTICLES], errors="return")
    assert built.unchanged == 2 and [error.id for error in built.failed] == ["empty"]


def test_there_may_be_no_store(tmp_path):
    with pytest.raises(reportedly.StoreError):
        reportedly.Store(tmp_path / "nowhere").query("guards")
