"""Stores: many articles on disk, and what follows from them together."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, NamedTuple, Optional, Union

from . import _reportedly
from ._pipeline import PathLike, Pipeline, _give, _given, _Named, default_pipeline
from .errors import ReportedlyError, StoreError

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Built(NamedTuple):
    """What :meth:`Store.build` did."""

    #: How many articles it stored, new or in place of an older version.
    stored: int
    #: How many were stored as they are already.
    unchanged: int
    #: Why others could not be read.
    failed: List[ReportedlyError]


class Rows(List[Dict[str, Any]]):
    """The answer to a question: rows, each a dictionary by column.

    Numbers and truth values are Python's; IRIs, days and words are text; ``None`` is
    unbound.
    """

    def __init__(self, columns: List[str], rows: Iterable[List[Any]]) -> None:
        super().__init__(dict(zip(columns, row)) for row in rows)
        #: The names of the columns, in order.
        self.columns = columns

    def to_pandas(self) -> "pandas.DataFrame":
        """The same as a data frame."""
        import pandas

        return pandas.DataFrame(list(self), columns=self.columns)

    def to_arrow(self) -> "pyarrow.Table":
        """The same as a table of Arrow."""
        import pyarrow

        return pyarrow.table({name: [row[name] for row in self] for name in self.columns})

    def _repr_html_(self) -> str:
        from ._html import table

        return table(self.columns, ([row[name] for name in self.columns] for row in self))


class Store:
    """A store on disk: a named graph an article, labels, links, propositions, stories.

    Any number of processes may read one, while one writes it.

    Args:
        path: Its folder. :meth:`build` makes it where there is none.
        base: What IRIs of a new store begin with.

    >>> import reportedly, tempfile
    >>> store = reportedly.Store(tempfile.mkdtemp() + "/news.store", base="https://news.example/")
    >>> store.build([{"id": "ferry", "text": "Ada Brook sold Orm Castle in Lisbon."}]).stored
    1
    >>> store.query("SELECT ?who { ?who rel:sells ?what }")
    [{'who': 'https://news.example/entity/ada-brook_person'}]
    >>> store.remove("ferry")
    1
    """

    def __init__(self, path: PathLike, base: Optional[str] = None) -> None:
        self.path = Path(path)
        self._base = base
        self._reader: Optional[_reportedly.Reader] = None

    def build(
        self,
        source: Any,
        *,
        pipeline: Optional[Pipeline] = None,
        threads: Optional[int] = None,
        errors: str = "raise",
    ) -> Built:
        """Stores articles, each in place of what was stored of it before; those that are as
        they were are passed over.

        Args:
            source: As of :func:`reportedly.analyse`.
            pipeline: Another than the one that ships.
            threads: How many articles are worked on at a time.
            errors: ``raise`` ends with the first article that cannot be read (what was
                stored before it stays); ``return`` notes it, and goes on.
        """
        pipeline = pipeline or default_pipeline()
        self.close()
        writer = _reportedly.Writer(self.path, self._base)
        run = _reportedly.Run(pipeline._inner, threads or pipeline._threads or 0, writer)
        try:
            return self._built(writer, run, source, pipeline, errors)
        finally:
            # An exception keeps both alive.
            run.close()
            writer.close()

    @staticmethod
    def _built(
        writer: "_reportedly.Writer",
        run: "_reportedly.Run",
        source: Any,
        pipeline: Pipeline,
        errors: str,
    ) -> Built:
        failed: List[ReportedlyError] = []
        labels: List[str] = []

        def take() -> None:
            try:
                with _Named(labels.pop(0)):
                    writer.take(run)
            except StoreError:
                raise
            except ReportedlyError as error:
                if errors == "raise":
                    writer.finish(pipeline._inner)
                    raise
                failed.append(error)

        for one in _given(source, pipeline._inner, errors):
            if isinstance(one, ReportedlyError):
                failed.append(one)
                continue
            if len(run) >= run.most:
                take()
            labels.append(_give(run, one))
        while labels:
            take()
        return Built(*writer.finish(pipeline._inner), failed)

    def remove(self, ids: Union[str, Iterable[str]]) -> int:
        """Takes articles out, with all that only they said: how many were there."""
        self.close()
        writer = _reportedly.Writer(self.path, self._base)
        try:
            return writer.remove([ids] if isinstance(ids, str) else list(ids))
        finally:
            writer.close()

    def _reading(self) -> "_reportedly.Reader":
        if self._reader is None:
            self._reader = _reportedly.Reader(self.path)
        return self._reader

    @property
    def base(self) -> str:
        """What its IRIs begin with."""
        return self._reading().base

    @property
    def articles(self) -> List[str]:
        """The names of its articles."""
        return self._reading().articles()

    def query(self, question: str, *, limit: Optional[int] = None, **parameters: Any) -> Any:
        """Asks it.

        Args:
            question: SPARQL, or the name of one of :func:`reportedly.named_queries`.
                Prefixes such as ``rp:`` and ``rel:`` need not be declared.
            limit: So many rows at most.
            parameters: Values of the question's variables: ``about="Ukraine"``.

        Returns:
            :class:`Rows` for ``SELECT``, ``bool`` for ``ASK``, Turtle for ``CONSTRUCT`` and
            ``DESCRIBE``.
        """
        given = [f"{name}={value}" for name, value in parameters.items()]
        answer = self._reading().query(question, given, limit)
        return Rows(*answer) if isinstance(answer, tuple) else answer

    def to_pandas(self, question: str, **parameters: Any) -> "pandas.DataFrame":
        """The answer to a question as a data frame."""
        return self.query(question, **parameters).to_pandas()

    def export(
        self, path: Optional[PathLike] = None, *, format: str = "turtle", profile: str = "full"
    ) -> Union[str, int]:
        """Writes it as RDF, as ``reportedly export`` does: the same bytes for the same store.

        Args:
            path: The file; without one the text is returned.
            format: ``turtle``, ``trig``, ``ntriples``, ``nquads``, ``jsonld`` or ``rdfxml``.
            profile: ``facts``, ``claims`` or ``full``.

        Returns:
            The text, or how many statements were written to ``path``.
        """
        if path is not None:
            return self._reading().export(Path(path), format, profile)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "export"
            self._reading().export(file, format, profile)
            return file.read_text(encoding="utf-8")

    def to_rdflib(self) -> Any:
        """All of it as a dataset of rdflib."""
        import rdflib

        data = rdflib.Dataset(default_union=True)
        data.parse(data=str(self.export(format="nquads")), format="nquads")
        return data

    def close(self) -> None:
        """Lets go of what is open for reading; the next question opens it again."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store {os.fspath(self.path)!r}>"

    def _repr_html_(self) -> str:
        from ._html import table

        count = "SELECT (COUNT(*) AS ?n) { ?x a %s }"
        kinds = {"articles": "schema:NewsArticle", "claims": "rp:Claim", "stories": "rp:Story"}
        counts = [(name, self.query(count % kind)[0]["n"]) for name, kind in kinds.items()]
        return table([os.fspath(self.path), ""], counts)
