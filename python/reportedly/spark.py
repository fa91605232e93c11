"""The same graph on a cluster: Apache Spark (3.5 or later) runs it, no code of our own does.

An article is analysed by itself, wherever it is (:func:`analyse`). What follows from many is
a function of all that is said of one node, or told of one story; :func:`graph` groups by
these and calls the Rust functions that a store itself calls, so that the graph is, line for
line, what ``reportedly export --format nquads`` writes of a store of the same articles.

    >>> from pyspark.sql import SparkSession            # doctest: +SKIP
    >>> from reportedly import spark as cluster         # doctest: +SKIP
    >>> session = SparkSession.builder.getOrCreate()    # doctest: +SKIP
    >>> found = cluster.graph(session.read.json("news/*.jsonl.gz"))    # doctest: +SKIP
    >>> found.write_nquads("graph.nq")                  # doctest: +SKIP

**What is read.** A data frame with a column ``text`` and those that are known besides
(``id``, ``title``, ``publisher``, ``date``, ``url``; other names as in JSON Lines), a row an
article: ``session.read.parquet``, ``session.read.json``. Or one of files, for web archives
and whatever else the program reads: ``session.read.format("binaryFile").load("*.warc.gz")``;
each file is read by one task, and held in its memory.

**Every article once.** A store puts an article in the place of an older one of its id or
address; a data frame has no order, so that ids must be unique here. Of an article that
cannot be read the reason stands in :attr:`Graph.errors`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Optional, Tuple

from . import _reportedly
from ._pipeline import Pipeline, _encoded, _object, default_pipeline
from .errors import ReadError, ReportedlyError

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["Graph", "analyse", "digest", "graph"]

#: So many articles are given on together: their graphs are some 100 kB each.
BATCH = 32

#: What is made of an article, or why nothing is.
_Made = Tuple[Optional["_reportedly.Analysis"], Optional[str], Optional[str]]
_Batches = Iterable["pyarrow.RecordBatch"]


def analyse(df: "DataFrame", pipeline: Optional[Pipeline] = None) -> "DataFrame":
    """What articles say: a row an article with ``id``, ``json`` (in the format of
    ``ontology/analysis.schema.json``) and ``error``, of which one is null.

    Args:
        df: Articles, or files with ``path`` and ``content``.
        pipeline: Another than the one that ships; it travels to the workers.
    """
    schema = "id string, json string, error string"

    def row(analysis: "_reportedly.Analysis") -> Tuple[Any, ...]:
        return analysis.id, analysis.json(), None

    def failed(id: Optional[str], error: Optional[str]) -> Tuple[Any, ...]:
        return id, None, error

    return df.mapInArrow(_mapped(pipeline, row, failed, schema), schema)


_PARTS = (
    "id string, article string, signature string, quads string, shared string, "
    "nodes array<string>, votes array<string>, error string"
)


def graph(
    df: "DataFrame",
    base: str = _reportedly.DEFAULT_BASE,
    pipeline: Optional[Pipeline] = None,
    work: Optional[str] = None,
) -> "Graph":
    """The graph of many articles.

    Args:
        df: As of :func:`analyse`.
        base: What its IRIs begin with.
        pipeline: Another than the one that ships.
        work: A folder that all machines see, for what is made of each article. Without one
            it stays on the disks of the executors; what is lost with one of them is made
            again.

    Raises:
        ReadError: where two articles have the same id.
    """
    def row(analysis: "_reportedly.Analysis") -> Tuple[Any, ...]:
        article, signature, quads, shared, cast = _reportedly.apart(analysis, base)
        nodes, votes = [node for node, _ in cast], [vote for _, vote in cast]
        return analysis.id, article, signature, quads, shared, nodes, votes, None

    def failed(id: Optional[str], error: Optional[str]) -> Tuple[Any, ...]:
        return id, None, None, None, None, None, None, error

    articles = df.mapInArrow(_mapped(pipeline, row, failed, _PARTS), _PARTS)
    if work is None:
        from pyspark import StorageLevel

        articles = articles.persist(StorageLevel.DISK_ONLY)
    else:
        articles.write.parquet(work)
        articles = df.sparkSession.read.parquet(work)
    return Graph(articles, base)


class Graph:
    """The graph of many articles, spread over a cluster."""

    def __init__(self, articles: "DataFrame", base: str) -> None:
        from pyspark.sql import functions as f

        #: Why articles could not be read: ``id`` and ``error``.
        self.errors = articles.where("error is not null").select("id", "error")
        self.base = base
        self._articles = articles.where("error is null")
        twice = self._articles.groupBy("id").count().where("count > 1").orderBy("id").limit(3)
        names = [row["id"] for row in twice.collect()]
        if names:
            raise ReadError("more than one article has this id", ", ".join(names))
        own = self._articles.select(f.explode(f.split("quads", "\n")).alias("line"))
        shared = self._articles.select(f.explode(f.split("shared", "\n")).alias("line"))
        lines = own.union(shared.distinct()).union(self._nodes()).union(self._stories())
        #: Its quads, as lines of N-Quads, in no order.
        self.lines = lines.where("line != ''")

    def _nodes(self) -> "DataFrame":
        """What follows for each entity and proposition.

        An entity that a tenth of all articles name is no longer than any other when it
        comes to it: its votes are counted where they are cast, and what travels is each
        different one with its number.
        """
        from pyspark.sql import functions as f

        cast = f.explode(f.arrays_zip("nodes", "votes")).alias("cast")
        votes = self._articles.select(cast).select("cast.nodes", "cast.votes")
        counted = votes.groupBy("nodes", "votes").count()
        of_node = f.collect_list(f.struct("votes", "count")).alias("votes")
        base = self.base

        def follows(row: Dict[str, Any]) -> str:
            votes = [(vote["votes"], vote["count"]) for vote in row["votes"]]
            return _reportedly.follows(base, row["nodes"], votes)

        return counted.groupBy("nodes").agg(of_node).mapInArrow(_lines(follows), "line string")

    def _stories(self) -> "DataFrame":
        """What follows from the articles of each story.

        Which stories there are is worked out of all signatures at once, where the driver
        runs: some 650 bytes an article.
        """
        from pyspark.sql import functions as f

        signatures = self._articles.select("article", "signature").collect()
        found = _reportedly.stories(self.base, [tuple(row) for row in signatures])
        told = [
            (story, place, article)
            for story, articles in found
            for place, article in enumerate(articles)
        ]
        session = self._articles.sparkSession
        stories = session.createDataFrame(told, "story string, place int, article string")
        graphs = stories.join(self._articles.select("article", "quads"), "article")
        members = f.collect_list(f.struct("place", "article", "quads"))
        grouped = graphs.groupBy("story").agg(f.sort_array(members).alias("members"))
        base = self.base

        def describe(row: Dict[str, Any]) -> str:
            members = [(member["article"], member["quads"]) for member in row["members"]]
            return _reportedly.story_graph(base, row["story"], members)

        return grouped.mapInArrow(_lines(describe), "line string")

    @property
    def quads(self) -> "DataFrame":
        """Its quads as terms, each as in N-Quads: ``subject``, ``predicate``, ``object``,
        ``graph``."""
        schema = "subject string, predicate string, object string, graph string"

        def terms(batches: _Batches) -> _Batches:
            import pyarrow

            names = ["subject", "predicate", "object", "graph"]
            for batch in batches:
                columns = _reportedly.terms(batch.column(0).to_pylist())
                arrays = [pyarrow.array(column, pyarrow.string()) for column in columns]
                yield pyarrow.RecordBatch.from_arrays(arrays, names)

        return self.lines.mapInArrow(terms, schema)

    def write_nquads(self, path: str) -> None:
        """Writes it as a folder of N-Quads, sorted by their bytes over all parts: see
        :func:`digest`."""
        self.lines.orderBy("line").write.text(path)

    def write_parquet(self, path: str) -> None:
        """Writes it as a folder of Parquet, each file sorted by graph and subject."""
        quads = self.quads.repartitionByRange("graph", "subject")
        quads.sortWithinPartitions("graph", "subject", "predicate", "object").write.parquet(path)

    def unpersist(self) -> None:
        """Lets go of what the executors keep."""
        self._articles.unpersist()


def digest(path: str) -> str:
    """The SHA-256 of sorted N-Quads that :meth:`Graph.write_nquads` wrote to a folder of
    this machine: that of ``reportedly export --format nquads | LC_ALL=C sort``. There are no
    blank nodes in a graph, so that it stands for the graph."""
    found = hashlib.sha256()
    for part in sorted(Path(path).glob("part-*")):
        found.update(part.read_bytes())
    return found.hexdigest()


def _mapped(
    pipeline: Optional[Pipeline],
    row: Callable[["_reportedly.Analysis"], Tuple[Any, ...]],
    failed: Callable[[Optional[str], Optional[str]], Tuple[Any, ...]],
    schema: str,
) -> Callable[[_Batches], _Batches]:
    """What a task does with the articles of its partition, one after the other: it has one
    core."""
    names = [column.split()[0] for column in schema.split(", ")]

    def run(batches: _Batches) -> _Batches:
        made: List[Tuple[Any, ...]] = []
        for analysis, id, error in _analysed(batches, pipeline or default_pipeline()):
            made.append(failed(id, error) if analysis is None else row(analysis))
            if len(made) >= BATCH:
                yield _batch(made, names)
                made = []
        if made:
            yield _batch(made, names)

    return run


def _batch(rows: List[Tuple[Any, ...]], names: List[str]) -> "pyarrow.RecordBatch":
    import pyarrow

    kinds = {name: pyarrow.string() for name in names}
    for name in ("nodes", "votes"):
        kinds[name] = pyarrow.list_(pyarrow.string())
    columns = zip(names, zip(*rows))
    arrays = [pyarrow.array(column, kinds[name]) for name, column in columns]
    return pyarrow.RecordBatch.from_arrays(arrays, names)


def _analysed(batches: _Batches, pipeline: Pipeline) -> Iterator[_Made]:
    for batch in batches:
        are_files = {"path", "content"} <= set(batch.schema.names)
        for one in batch.to_pylist():
            yield from _of_file(one, pipeline) if are_files else [_of_row(one, pipeline)]


def _of_row(row: Dict[str, Any], pipeline: Pipeline) -> _Made:
    id = row.get("id")
    label = None if id is None else str(id)
    try:
        record = _encoded(_object(row), label or "article")
        return pipeline._inner.analyse(record), None, None
    except ReportedlyError as error:
        return None, label or error.id, error.message


def _of_file(row: Dict[str, Any], pipeline: Pipeline) -> Iterable[_Made]:
    path = str(row["path"])
    for analysis, error in pipeline._inner.analyse_bytes(row["content"], path):
        yield analysis, None if analysis else path, error


def _lines(make: Callable[[Dict[str, Any]], str]) -> Callable[[_Batches], _Batches]:
    """Rows become lines of N-Quads."""

    def run(batches: _Batches) -> _Batches:
        import pyarrow

        for batch in batches:
            lines: List[str] = []
            for row in batch.to_pylist():
                lines += make(row).split("\n")
            arrays = [pyarrow.array(lines, pyarrow.string())]
            yield pyarrow.RecordBatch.from_arrays(arrays, ["line"])

    return run
