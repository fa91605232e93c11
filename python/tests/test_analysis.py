"""The analysis: what comes out is what the program writes, in Python's characters."""

import json
import pickle
import subprocess
import sys
import threading
import time

import pytest

import reportedly
from conftest import EXAMPLES

ACCENTS = "🦊 Élodie Brook sold the café in Łódź, officials said. “It’s done,” Brook said."


def program(*arguments):
    run = subprocess.run(
        [sys.executable, "-c", "from reportedly.program import main; main()", *arguments],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_it_is_what_the_program_writes(pipeline):
    path = EXAMPLES / "science-courts-culture.jsonl"
    lines = program("analyse", str(path), "--format", "jsonl").strip().split("\n")
    records = [json.loads(line) for line in path.read_text().strip().split("\n")]
    by_records = [article.to_dict() for article in pipeline.analyse(records)]
    by_file = [article.to_dict() for article in pipeline.analyse(path)]
    assert by_records == by_file == [json.loads(line) for line in lines]


def test_offsets_are_those_of_python(pipeline):
    article = pipeline.analyse(ACCENTS)
    assert article.text == ACCENTS
    for token in article.tokens:
        assert token.text == token.form
    for claim in article.claims:
        assert claim.subject.text == claim.subject.raw["text"]
        assert claim.text in article.text
    assert "Élodie Brook" in [mention.text for mention in article.mentions]


def test_parts_know_each_other(pipeline):
    article = pipeline.analyse(ACCENTS)
    claim = article.claims[0]
    assert claim in claim.sentence.claims
    assert claim.attribution is not None and claim in claim.attribution.claims
    assert claim.stated_by == claim.attribution.source
    assert claim.subject.entity is not None and claim in claim.subject.entity.claims
    root = [token for token in claim.sentence.tokens if token.head is None]
    assert len(root) == 1 and root[0].deprel == "root"
    assert article.claims[0] is claim, "made once"


def test_examples_have_everything(examples):
    assert len(examples) >= 10
    assert all(article.claims for article in examples)
    assert any(article.attributions for article in examples)


def test_results_stand_in_the_order_of_the_articles(pipeline):
    texts = [{"id": f"a{i}", "text": "Ada Brook sold the ferry. " * (1 + i % 7)} for i in range(150)]
    assert [a.id for a in pipeline.stream(texts, threads=4)] == [t["id"] for t in texts]


def test_threads_change_nothing(pipeline, examples):
    paths = sorted(path for path in EXAMPLES.iterdir() if path.is_file())
    alone = [article.json() for article in pipeline.stream(paths, threads=1)]
    assert alone == [article.json() for article in examples]


def test_the_lock_is_not_held(pipeline):
    """Python goes on while articles are analysed."""
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    text = " ".join(["Ada Brook sold the ferry to the harbour board in Lisbon on Friday."] * 400)
    thread.start()
    started = time.perf_counter()
    pipeline.analyse(text)
    took = time.perf_counter() - started
    done.set()
    thread.join()
    during = [tick for tick in ticks if started < tick < started + took]
    assert len(during) > 5, f"{len(during)} ticks in {took:.2f} s"


def test_errors_name_the_article(pipeline):
    with pytest.raises(reportedly.ReadError, match="^ferry: no text") as raised:
        pipeline.analyse([{"id": "one", "text": "Ada Brook sold it."}, {"id": "ferry"}])
    assert raised.value.id == "ferry"
    with pytest.raises(reportedly.ReadError) as raised:
        pipeline.analyse(["Ada Brook sold the ferry.", 7])
    assert raised.value.id == "article 2"
    with pytest.raises(reportedly.ReadError, match="not English"):
        pipeline.analyse("Der Hafenmeister verkaufte am Freitag die alte Fähre. " * 9, id="de")


def test_a_stream_goes_on_behind_errors(pipeline):
    texts = ["Ada Brook sold the ferry.", {"id": "empty"}, 7, "Orm bought the ferry."]
    found = list(pipeline.stream(texts, errors="return"))
    assert [type(one).__name__ for one in found] == ["Article", "ReadError", "ReadError", "Article"]
    assert [one.id for one in found[1:3]] == ["empty", "article 3"]


def test_broken_parts_of_a_pipeline_are_named(tmp_path):
    with pytest.raises(reportedly.PipelineError, match="mine.ttl"):
        reportedly.Pipeline(gazetteer={"mine.ttl": "<broken"})
    with pytest.raises(reportedly.PipelineError, match="mine.rule"):
        reportedly.Pipeline(rules={"mine.rule": "rule ???"})
    with pytest.raises(reportedly.PipelineError, match="neither a rule"):
        reportedly.Pipeline(rules={"mine.txt": ""})
    with pytest.raises(reportedly.PipelineError, match="none, own or named"):
        reportedly.Pipeline(assertion="all")


def test_an_article_is_pickled_and_read_again(pipeline):
    article = pipeline.analyse(ACCENTS)
    again = pickle.loads(pickle.dumps(article))
    assert again == article
    assert [str(claim) for claim in again.claims] == [str(claim) for claim in article.claims]
    assert again.tokens[3].lemma == article.tokens[3].lemma
    with pytest.raises(reportedly.ReportedlyError, match="made of JSON"):
        again.to_rdf()


def test_a_day_of_python_is_a_day(pipeline):
    import datetime

    article = pipeline.analyse("Ada Brook sold it on Friday.", date=datetime.date(2024, 5, 31))
    assert article.published == "2024-05-31"
    assert article.times[0].value == "2024-05-31"


def test_conllu_comes_back(pipeline, examples):
    for article in examples[:4]:
        (again,) = pipeline.from_conllu(article.to_conllu())
        assert again.id == article.id
        assert [t.form for t in again.tokens] == [t.form for t in article.tokens]
        assert len(again.claims) > 0.8 * len(article.claims)


def test_the_program_comes_along():
    assert "reportedly" in program("--version")
