"""From texts to what they claim."""

from __future__ import annotations

import functools
import json
import math
import os
from collections import deque
from datetime import date, datetime
from pathlib import Path
from typing import (
    Any,
    Deque,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    Optional,
    Tuple,
    Union,
    overload,
)

from . import _reportedly
from ._model import Article, Articles
from .errors import PipelineError, ReadError, ReportedlyError

PathLike = Union[str, "os.PathLike[str]"]
#: Files, or their contents by name.
Files = Union[PathLike, Iterable[PathLike], Mapping[str, str], None]
Record = Union[str, Mapping[str, Any]]
#: Many articles: mappings, texts and paths; a data frame or a table; files.
Many = Union["os.PathLike[str]", Iterable[Any]]
#: Names of files, and what stands in them.
_Texts = Tuple[Tuple[str, str], ...]
_Bytes = Tuple[str, bytes]
_Parts = Tuple[_Texts, _Texts, _Texts, _Texts, Tuple[_Bytes, ...], Optional[_Bytes], str]


class Pipeline:
    """Everything that turns an article into what it claims. Made once, used for many.

    Args:
        gazetteer: More known entities: Turtle as in ``ontology/gazetteer.ttl``.
        relations: More declared relations: Turtle as in ``ontology/relations.ttl``.
        rules: More rules (``.rule``) and word lists (``.tsv``): a folder, or files.
        knowledge_bases: Files that ``reportedly kb build`` compiled; asked before the one that
            ships.
        model: Another model of English: its file.
        assertion: Whose claims become asserted triples: ``none``, ``own`` or ``named``.
        threads: How many articles are worked on at a time; one for each core by default.

    Each of the first three is a path, several, or a mapping from names to contents.

    >>> import reportedly
    >>> mine = '''
    ... @prefix schema: <https://schema.org/> .
    ... @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    ... <https://news.example/known/brook> a schema:Person ; skos:prefLabel "Ada Brook"@en .
    ... '''
    >>> pipeline = reportedly.Pipeline(gazetteer={"mine.ttl": mine})
    >>> article = pipeline.analyse("Ada Brook sold the ferry.")
    >>> article.entities[0].links[0].iri
    'https://news.example/known/brook'
    """

    def __init__(
        self,
        *,
        gazetteer: Files = None,
        relations: Files = None,
        rules: Files = None,
        knowledge_bases: Union[PathLike, Iterable[PathLike], None] = None,
        model: Optional[PathLike] = None,
        assertion: str = "own",
        threads: Optional[int] = None,
    ) -> None:
        self._threads = threads
        self._parts: _Parts = (
            _texts(gazetteer),
            _texts(relations),
            *_rules(rules),
            tuple(_bytes(path) for path in _paths(knowledge_bases)),
            None if model is None else _bytes(model),
            assertion,
        )
        self._inner = _made(self._parts)

    def __reduce__(self) -> Tuple[Any, ...]:
        return _unpickled, (self._parts, self._threads)

    @property
    def warnings(self) -> List[str]:
        """Examples of your rules and relations that do not hold."""
        return self._inner.warnings

    @overload
    def analyse(self, source: Record, **metadata: Any) -> Article: ...
    @overload
    def analyse(self, source: Many) -> Articles: ...

    def analyse(self, source: Any, **metadata: Any) -> Any:
        """What articles say: see :func:`reportedly.analyse`."""
        if isinstance(source, (str, Mapping)):
            return self._one(source, metadata)
        if _is_doc(source):
            from ._spacy import from_doc

            return from_doc(source, self, metadata)
        if metadata:
            raise TypeError(f"{', '.join(metadata)}: what is known of one article; this is many")
        return Articles(self.stream(source))

    def _one(self, record: Record, metadata: Mapping[str, Any]) -> Article:
        object = _object(record)
        object.update(metadata)
        label = str(object.get("id", "article"))
        with _Named(label):
            return Article(self._inner.analyse(_encoded(object, label)))

    def stream(
        self, source: Any, *, threads: Optional[int] = None, errors: str = "raise"
    ) -> Iterator[Any]:
        """The articles of ``source`` one after the other, in its order, while others are
        worked on: bounded memory, whatever their number.

        Args:
            source: As of :func:`reportedly.analyse`.
            threads: As of the pipeline.
            errors: ``raise`` ends with the first article that cannot be read; ``return``
                gives its exception in its place, and goes on.

        >>> import reportedly
        >>> pipeline = reportedly.Pipeline()
        >>> texts = ["Ada Brook sold the ferry.", {"id": "empty"}, "Orm bought the ferry."]
        >>> [str(found) for found in pipeline.stream(texts, errors="return")][1][:15]
        'empty: no text;'
        """
        if errors not in ("raise", "return"):
            raise PipelineError(f"errors={errors!r}: raise or return")
        run = _reportedly.Run(self._inner, threads or self._threads or 0)
        labels: Deque[str] = deque()

        def taken() -> Union[Article, ReportedlyError]:
            try:
                with _Named(labels.popleft()):
                    handle = run.take()
            except ReportedlyError as error:
                if errors == "raise":
                    raise
                return error
            assert handle is not None, "something was given"
            return Article(handle)

        for one in _given(source, self._inner, errors):
            if isinstance(one, ReportedlyError):
                # In its place: behind all that was given before.
                while labels:
                    yield taken()
                yield one
                continue
            if len(run) >= run.most:
                yield taken()
            labels.append(_give(run, one))
        while labels:
            yield taken()

    def from_conllu(self, text: str, id: str = "article") -> Articles:
        """What documents say that were parsed elsewhere: see
        :func:`reportedly.from_conllu`."""
        return Articles(Article(handle) for handle in self._inner.analyse_conllu(text, id))


@functools.lru_cache(maxsize=4)
def _made(parts: "_Parts") -> "_reportedly.Pipeline":
    """A pipeline of the contents of its files; of the same, the same."""
    gazetteer, relations, rules, lists, bases, model, assertion = parts
    texts = (list(gazetteer), list(relations), list(rules), list(lists))
    return _reportedly.Pipeline(*texts, list(bases), model, assertion)


def _unpickled(parts: "_Parts", threads: Optional[int]) -> Pipeline:
    pipeline = Pipeline.__new__(Pipeline)
    pipeline._parts, pipeline._threads, pipeline._inner = parts, threads, _made(parts)
    return pipeline


@functools.lru_cache(maxsize=1)
def default_pipeline() -> Pipeline:
    """The pipeline that ships, made when it is first needed."""
    return Pipeline()


@overload
def analyse(
    source: Record, *, pipeline: Optional[Pipeline] = None, **metadata: Any
) -> Article: ...
@overload
def analyse(source: Many, *, pipeline: Optional[Pipeline] = None) -> Articles: ...


def analyse(source: Any, *, pipeline: Optional[Pipeline] = None, **metadata: Any) -> Any:
    """What articles say.

    Args:
        source: A text; a mapping with ``text`` and what else is known, under the names that
            ``reportedly`` reads in JSON Lines (``id``, ``title``, ``publisher``, ``date``,
            ``url``, ``byline``); a ``Doc`` of spaCy; or many: an iterable of texts and
            mappings, a data frame, a table of Arrow, the path (:class:`pathlib.Path`) of a
            file or folder of any format that the program reads.
        pipeline: Another than the one that ships.
        metadata: Of one article: ``title="…"`` and so on.

    Returns:
        An :class:`Article` for one, :class:`Articles` for many, in their order.

    Raises:
        ReadError: where an article has no text, is not English, or cannot be read; its
            ``id`` says which. :meth:`Pipeline.stream` goes on behind such.

    >>> import reportedly
    >>> article = reportedly.analyse(
    ...     "Ada Brook did not sell the ferry, officials said on Friday.",
    ...     publisher="Harbour Courier", date="2024-05-31",
    ... )
    >>> claim = article.claims[0]
    >>> claim.polarity, claim.stated_by.label, claim.asserted
    ('negative', 'officials', False)
    >>> [article.id for article in reportedly.analyse([
    ...     {"id": "one", "text": "Ada Brook sold the ferry."},
    ...     {"id": "two", "text": "Orm bought the ferry."},
    ... ])]
    ['one', 'two']
    """
    return (pipeline or default_pipeline()).analyse(source, **metadata)


def from_conllu(text: str, id: str = "article", pipeline: Optional[Pipeline] = None) -> Articles:
    """What documents say that were parsed elsewhere: CoNLL-U with Universal Dependencies.
    Times, quotations and coreference are added, and known names where there are none.

    >>> import reportedly
    >>> parsed = reportedly.analyse("Ada Brook sold the ferry.", id="ferry").to_conllu()
    >>> [str(claim) for claim in reportedly.from_conllu(parsed)[0].claims]
    ['Ada Brook sells the ferry']
    """
    return (pipeline or default_pipeline()).from_conllu(text, id)


class _Named:
    """Names the article of an error that does not."""

    def __init__(self, label: str) -> None:
        self._label = label

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, ReportedlyError) and error.id is None:
            error.id = self._label


#: An article to be analysed, and what it is called in errors.
Given = Tuple[Union[bytes, "_reportedly.FoundArticle"], str]


def _give(run: "_reportedly.Run", given: Given) -> str:
    what, label = given
    if isinstance(what, bytes):
        run.give(what)
    else:
        run.give_found(what)
    return label


def _given(
    source: Any, pipeline: "_reportedly.Pipeline", errors: str
) -> Iterator[Union[Given, ReportedlyError]]:
    """The articles of what :func:`analyse` takes."""
    if isinstance(source, os.PathLike):
        yield from _of_files([source], pipeline, errors)
        return
    if isinstance(source, (str, Mapping)):
        source = [source]
    for number, one in enumerate(_records(source), 1):
        if isinstance(one, os.PathLike):
            yield from _of_files([one], pipeline, errors)
            continue
        try:
            object = _object(one)
            label = str(object.get("id", f"article {number}"))
            given = _encoded(object, label), label
        except ReportedlyError as error:
            error.id = error.id or f"article {number}"
            if errors == "raise":
                raise
            yield error
        else:
            yield given


def _of_files(
    paths: List["os.PathLike[str]"], pipeline: "_reportedly.Pipeline", errors: str
) -> Iterator[Union[Given, ReportedlyError]]:
    files = _reportedly.Files(pipeline, [Path(path) for path in paths])
    while True:
        try:
            found = files.take()
        except ReportedlyError as error:
            if errors == "raise":
                raise
            yield error
            continue
        if found is None:
            return
        yield found, "article"


def _records(source: Any) -> Iterable[Any]:
    """The rows of a table of pandas or Arrow; anything else as it is."""
    if hasattr(source, "to_dict") and hasattr(source, "columns"):
        return source.to_dict("records")
    if hasattr(source, "to_pylist"):
        return source.to_pylist()
    return source


def _object(record: Any) -> Dict[str, Any]:
    if isinstance(record, str):
        return {"text": record}
    if isinstance(record, Mapping):
        return {str(key): value for key, value in record.items() if not _is_missing(value)}
    raise ReadError(f"{type(record).__name__}: not a text or a mapping with a text")


def _is_missing(value: Any) -> bool:
    """Whether a cell of a table is empty: tables have NaN there, or pandas.NaT."""
    if value is None or isinstance(value, float) and math.isnan(value):
        return True
    return isinstance(value, datetime) and value != value


def _encoded(object: Mapping[str, Any], label: str) -> bytes:
    try:
        return json.dumps(object, default=_plain).encode("utf-8")
    except (TypeError, ValueError) as error:
        raise ReadError(str(error), label) from error


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__}: no value of JSON")


def _is_doc(source: Any) -> bool:
    return type(source).__module__.startswith("spacy.") and type(source).__name__ == "Doc"


def _paths(paths: Union[PathLike, Iterable[PathLike], None]) -> List[Path]:
    if paths is None:
        return []
    if isinstance(paths, (str, os.PathLike)):
        return [Path(paths)]
    return [Path(path) for path in paths]


def _texts(files: Files) -> _Texts:
    if isinstance(files, Mapping):
        return tuple(files.items())
    return tuple((str(path), path.read_text(encoding="utf-8")) for path in _paths(files))


def _bytes(path: PathLike) -> _Bytes:
    path = Path(path)
    return path.name, path.read_bytes()


def _rules(files: Files) -> Tuple[_Texts, _Texts]:
    """Rules and word lists, told apart by their endings."""
    if not isinstance(files, Mapping):
        paths = [file for path in _paths(files) for file in _below(path)]
        files = {str(path): path.read_text(encoding="utf-8") for path in paths}
    assert isinstance(files, Mapping)
    kinds: Dict[str, List[Tuple[str, str]]] = {".rule": [], ".tsv": []}
    for name, text in files.items():
        kind = kinds.get(Path(name).suffix)
        if kind is None:
            raise PipelineError(f"{name}: neither a rule (.rule) nor a word list (.tsv)")
        kind.append((name, text))
    return tuple(kinds[".rule"]), tuple(kinds[".tsv"])


def _below(path: Path) -> List[Path]:
    """A file, or the files of a folder by name, without hidden ones and ``README``."""
    if not path.is_dir():
        return [path]
    files = [file for file in sorted(path.rglob("*")) if file.is_file()]
    return [file for file in files if not file.name.startswith((".", "README"))]
