"""Articles as tables, for pandas and Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Optional, Tuple

from .errors import PipelineError

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from ._model import Argument, Article, Entity

Row = Dict[str, Any]

#: The columns of each table: text, unless it is said otherwise.
COLUMNS: Dict[str, Dict[str, str]] = {
    "articles": {
        "article": "text",
        "url": "text",
        "title": "text",
        "publisher": "text",
        "authors": "texts",
        "published": "text",
        "language": "text",
        "text": "text",
    },
    "sentences": {"article": "text", "sentence": "int", "start": "int", "end": "int", "text": "text"},
    "tokens": {
        "article": "text",
        "token": "int",
        "start": "int",
        "end": "int",
        "form": "text",
        "lemma": "text",
        "upos": "text",
        "xpos": "text",
        "feats": "text",
        "head": "int",
        "deprel": "text",
    },
    "entities": {
        "article": "text",
        "entity": "text",
        "type": "text",
        "label": "text",
        "names": "texts",
        "phrase": "bool",
        "affiliation": "text",
        "link": "text",
        "link_score": "float",
    },
    "mentions": {
        "article": "text",
        "entity": "text",
        "start": "int",
        "end": "int",
        "text": "text",
        "kind": "text",
    },
    "claims": {
        "article": "text",
        "claim": "text",
        "start": "int",
        "end": "int",
        "text": "text",
        "subject": "text",
        "subject_entity": "text",
        "relation": "text",
        "relation_iri": "text",
        "object": "text",
        "object_entity": "text",
        "object_value": "text",
        "polarity": "text",
        "modality": "text",
        "when": "text",
        "attribution": "text",
        "stated_by": "text",
        "origin": "text",
        "asserted": "bool",
        "withheld": "text",
        "rule": "text",
    },
    "qualifiers": {
        "article": "text",
        "claim": "text",
        "preposition": "text",
        "role": "text",
        "iri": "text",
        "start": "int",
        "end": "int",
        "text": "text",
        "entity": "text",
        "value": "text",
    },
    "attributions": {
        "article": "text",
        "attribution": "text",
        "source": "text",
        "source_entity": "text",
        "cue": "text",
        "cue_lemma": "text",
        "content": "text",
        "kind": "text",
        "attitude": "text",
        "polarity": "text",
        "within": "text",
        "rule": "text",
    },
}


def _label(entity: "Optional[Entity]") -> Optional[str]:
    return None if entity is None else entity.label


def _argument(argument: "Optional[Argument]") -> Optional[str]:
    return None if argument is None else str(argument)


def _articles(article: "Article") -> Iterator[Tuple[Any, ...]]:
    raw = article.raw
    fields = ("id", "url", "title", "publisher", "authors", "published", "language", "text")
    yield tuple(raw[field] for field in fields)


def _sentences(article: "Article") -> Iterator[Tuple[Any, ...]]:
    for number, sentence in enumerate(article.sentences):
        yield article.id, number, sentence.start, sentence.end, sentence.text


def _tokens(article: "Article") -> Iterator[Tuple[Any, ...]]:
    fields = ("start", "end", "form", "lemma", "upos", "xpos", "feats", "head", "deprel")
    for number, token in enumerate(article.tokens):
        yield (article.id, number, *(token.raw[field] for field in fields))


def _entities(article: "Article") -> Iterator[Tuple[Any, ...]]:
    for entity in article.entities:
        raw, links = entity.raw, entity.raw["links"]
        link, score = (links[0]["iri"], links[0]["score"]) if links else (None, None)
        own = (raw["id"], raw["type"], raw["label"], raw["names"], raw["phrase"])
        yield (article.id, *own, raw["affiliation"], link, score)


def _mentions(article: "Article") -> Iterator[Tuple[Any, ...]]:
    for mention in article.mentions:
        place = (mention.start, mention.end, mention.text)
        yield (article.id, mention.entity.id, *place, mention.kind)


def _claims(article: "Article") -> Iterator[Tuple[Any, ...]]:
    for claim in article.claims:
        raw, relation, target = claim.raw, claim.relation, claim.raw["object"] or {}
        yield (
            article.id,
            claim.id,
            claim.start,
            claim.end,
            claim.text,
            str(claim.subject),
            raw["subject"].get("entity"),
            relation.label,
            relation.iri,
            _argument(claim.object),
            target.get("entity"),
            target.get("value"),
            raw["polarity"],
            raw["modality"],
            raw["when"],
            raw["attribution"],
            _label(claim.stated_by),
            _label(claim.origin),
            raw["asserted"],
            raw["withheld"],
            raw["rule"],
        )


def _qualifiers(article: "Article") -> Iterator[Tuple[Any, ...]]:
    for claim in article.claims:
        for one in claim.qualifiers:
            told = (one.preposition, one.role, one.iri, one.start, one.end, one.text)
            yield (article.id, claim.id, *told, one.raw.get("entity"), one.value)


def _attributions(article: "Article") -> Iterator[Tuple[Any, ...]]:
    for one in article.attributions:
        raw, passage, cue = one.raw, one.source_passage, one.cue
        yield (
            article.id,
            one.id,
            passage and passage.text,
            raw["source"] and raw["source"]["entity"],
            cue and cue.text,
            raw["cue_lemma"],
            " … ".join(part.text for part in one.content),
            raw["kind"],
            raw["attitude"],
            raw["polarity"],
            raw["within"],
            raw["rule"],
        )


_ROWS: Dict[str, Callable[["Article"], Iterator[Tuple[Any, ...]]]] = {
    "articles": _articles,
    "sentences": _sentences,
    "tokens": _tokens,
    "entities": _entities,
    "mentions": _mentions,
    "claims": _claims,
    "qualifiers": _qualifiers,
    "attributions": _attributions,
}


def rows(articles: Iterable["Article"], table: str) -> List[Tuple[Any, ...]]:
    """The rows of a table."""
    if table not in _ROWS:
        raise PipelineError(f"table={table!r}: one of {', '.join(_ROWS)}")
    make = _ROWS[table]
    return [row for article in articles for row in make(article)]


def to_pandas(articles: Iterable["Article"], table: str) -> "pandas.DataFrame":
    """A table as a data frame."""
    import pandas

    data = pandas.DataFrame(rows(articles, table), columns=list(COLUMNS.get(table, {})))
    whole = [name for name, kind in COLUMNS[table].items() if kind == "int"]
    # A root has no head; whole numbers stay whole.
    return data.astype({name: "Int64" for name in whole})


def schema(table: str) -> "pyarrow.Schema":
    """The schema of a table in Arrow."""
    import pyarrow

    kinds = {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "int": pyarrow.int64(),
        "float": pyarrow.float64(),
        "bool": pyarrow.bool_(),
    }
    return pyarrow.schema([(name, kinds[kind]) for name, kind in COLUMNS[table].items()])


def to_arrow(articles: Iterable["Article"], table: str) -> "pyarrow.Table":
    """A table in Arrow."""
    import pyarrow

    found = rows(articles, table)
    fields = schema(table)
    columns = list(zip(*found)) if found else [()] * len(fields)
    arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, fields)]
    return pyarrow.Table.from_arrays(arrays, schema=fields)
