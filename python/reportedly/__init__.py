"""News articles to a knowledge graph of who did what, who said it, and who reports it.

>>> import reportedly
>>> article = reportedly.analyse("Ada Brook sold the ferry in Lisbon, officials said.")
>>> claim = article.claims[0]
>>> str(claim), claim.stated_by.label
('Ada Brook sells the ferry (in Lisbon)', 'officials')
>>> article.text[claim.start : claim.end]
'Ada Brook sold the ferry in Lisbon'

:func:`analyse` takes a text, a mapping, or many of them; :class:`Pipeline` what you add to
what ships; :class:`Store` keeps many articles, and what follows from them together.
:mod:`reportedly.spark` does the same on a cluster.
"""

from __future__ import annotations

from typing import List, NamedTuple

from . import _reportedly
from ._model import (
    Argument,
    Article,
    Articles,
    Attribution,
    Claim,
    Entity,
    Link,
    Mention,
    Passage,
    Qualifier,
    Relation,
    Sentence,
    Time,
    Token,
)
from ._pipeline import Pipeline, analyse, from_conllu
from ._store import Built, Rows, Store
from .errors import (
    InternalError,
    PipelineError,
    QueryError,
    ReadError,
    ReportedlyError,
    StoreError,
)

__all__ = [
    "Argument",
    "Article",
    "Articles",
    "Attribution",
    "Built",
    "Claim",
    "Entity",
    "InternalError",
    "Link",
    "Mention",
    "NamedQuery",
    "Passage",
    "Pipeline",
    "PipelineError",
    "Qualifier",
    "QueryError",
    "ReadError",
    "Relation",
    "ReportedlyError",
    "Rows",
    "Sentence",
    "Store",
    "StoreError",
    "Time",
    "Token",
    "analyse",
    "from_conllu",
    "named_queries",
]

__version__: str = _reportedly.__version__
#: What IRIs begin with where nothing else is said.
DEFAULT_BASE: str = _reportedly.DEFAULT_BASE


class NamedQuery(NamedTuple):
    """A question that ships with the program."""

    #: What :meth:`Store.query` knows it by.
    name: str
    question: str
    sparql: str


def named_queries() -> List[NamedQuery]:
    """The questions that ship with the program.

    >>> import reportedly
    >>> "guards" in [query.name for query in reportedly.named_queries()]
    True
    """
    return [NamedQuery(*query) for query in _reportedly.named_queries()]
