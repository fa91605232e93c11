"""The graph of a cluster is that of a store, line for line."""

import hashlib
import json
import os
import sys
import threading
import time

import pytest

import reportedly

pytest.importorskip("pyarrow")
pyspark = pytest.importorskip("pyspark")

import cluster
from conftest import EXAMPLES
from pyspark.sql import SparkSession
from reportedly import spark

BASE = "https://news.example/"
SCHEMA = "id string, text string, publisher string, date string"
COPIES = 3


@pytest.fixture(scope="module")
def records(examples):
    """The examples by several outlets on days of their own: about forty articles."""
    records = []
    for copy in range(COPIES):
        for number, article in enumerate(examples):
            record = {
                "id": f"{article.id}.{copy}",
                "text": article.text,
                "publisher": f"Outlet {copy}",
                "date": f"2024-05-{1 + (number + copy) % 28:02}",
            }
            records.append(record)
    return records


@pytest.fixture(scope="module")
def lines(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("records") / "news.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.fixture(scope="module")
def wanted(records, tmp_path_factory):
    """What a store exports, sorted by bytes."""
    store = reportedly.Store(tmp_path_factory.mktemp("store") / "news.store", base=BASE)
    store.build(records)
    exported = store.export(format="nquads").encode().split(b"\n")
    return b"".join(line + b"\n" for line in sorted(exported) if line)


def session(master, **options):
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.master(master).appName("reportedly")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.executor.memory": "700m",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.files.maxPartitionBytes": "16k",
        "spark.sql.files.openCostInBytes": "1k",
        **options,
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def check(found, wanted, folder):
    found.write_nquads(str(folder / "graph.nq"))
    parts = sorted((folder / "graph.nq").glob("part-*"))
    got = b"".join(part.read_bytes() for part in parts)
    missing = set(wanted.split(b"\n")) ^ set(got.split(b"\n"))
    assert not missing, sorted(missing)[:5]
    assert got == wanted
    assert spark.digest(str(folder / "graph.nq")) == hashlib.sha256(wanted).hexdigest()


@pytest.fixture(scope="module")
def local():
    made = session("local[2]")
    yield made
    made.stop()


def test_in_local_mode(local, lines, wanted, tmp_path):
    found = spark.graph(local.read.json(str(lines)), base=BASE, work=str(tmp_path / "parts"))
    check(found, wanted, tmp_path)
    assert found.errors.count() == 0
    assert b"ns#Story" in wanted and b"ns#articles" in wanted, "something spans articles"
    found.write_parquet(str(tmp_path / "graph.parquet"))
    quads = local.read.parquet(str(tmp_path / "graph.parquet"))
    rows = {" ".join(row).encode() + b" ." for row in quads.collect()}
    assert rows == set(wanted.split(b"\n")) - {b""}


def test_analyses_are_those_of_one_machine(local, lines, records, pipeline):
    found = {row["id"]: row["json"] for row in spark.analyse(local.read.json(str(lines))).collect()}
    assert found == {article.id: article.json() for article in pipeline.stream(records)}


def test_web_archives_are_read(local, tmp_path):
    (archive,) = (EXAMPLES / "formats").rglob("*.warc.gz")
    files = local.read.format("binaryFile").load(str(archive))
    found = spark.analyse(files).where("error is null").collect()
    assert sorted(row["id"] for row in found) == sorted(a.id for a in reportedly.analyse(archive))


def test_errors_and_twins_are_named(local):
    rows = [("a", "Ada Brook sold the ferry."), ("b", ""), ("c", "Orm bought the ferry.")]
    found = spark.graph(local.createDataFrame(rows, "id string, text string"), base=BASE)
    assert [(row["id"], row["error"][:7]) for row in found.errors.collect()] == [("b", "no text")]
    found.unpersist()
    twins = local.createDataFrame([rows[0], rows[0]], "id string, text string")
    with pytest.raises(reportedly.ReadError, match="more than one"):
        spark.graph(twins, base=BASE)


def test_pipelines_travel(local):
    known = "<https://news.example/known/brook> a schema:Person ; skos:prefLabel \"Ada Brook\"@en ."
    prefixes = "@prefix schema: <https://schema.org/> . "
    prefixes += "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
    mine = reportedly.Pipeline(gazetteer={"mine.ttl": prefixes + known})
    frame = local.createDataFrame([("a", "Ada Brook sold the ferry.")], "id string, text string")
    (row,) = spark.analyse(frame, mine).collect()
    assert "https://news.example/known/brook" in row["json"]


def test_on_a_cluster_that_loses_an_executor(local, lines, wanted, tmp_path):
    local.stop()
    with cluster.standalone(tmp_path) as standing:
        own = session(standing.url)
        killed = []

        def kill():
            """As soon as a part of the articles is done."""
            tracker = own.sparkContext.statusTracker()
            while not killed:
                stages = map(tracker.getStageInfo, tracker.getActiveStageIds())
                if any(stage and stage.numCompletedTasks >= 1 for stage in stages):
                    standing.kill_an_executor()
                    killed.append(True)
                time.sleep(0.02)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        try:
            # With a schema nothing is read before the articles are analysed.
            articles = own.read.schema(SCHEMA).json(str(lines))
            found = spark.graph(articles, base=BASE)
            check(found, wanted, tmp_path)
            assert killed, "an executor was killed while articles were analysed"
        finally:
            killed.append(None)
            own.stop()
