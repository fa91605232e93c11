"""What can go wrong, as exceptions. Each knows the article it is about, where it is about one.

>>> import reportedly
>>> try:
...     reportedly.analyse([{"id": "ferry", "title": "No text here"}])
... except reportedly.ReadError as error:
...     error.id
'ferry'
"""

from __future__ import annotations

from typing import Optional

__all__ = [
    "InternalError",
    "PipelineError",
    "QueryError",
    "ReadError",
    "ReportedlyError",
    "StoreError",
]


class ReportedlyError(Exception):
    """Any failure of this library."""

    def __init__(self, message: str, id: Optional[str] = None) -> None:
        super().__init__(message, id)
        self.message = message
        #: The article that it is about; ``None`` where it is about none.
        self.id = id

    def __str__(self) -> str:
        return self.message if self.id is None else f"{self.id}: {self.message}"


class ReadError(ReportedlyError):
    """An article cannot be read: no text, not English, a broken file."""


class PipelineError(ReportedlyError, ValueError):
    """What a pipeline or an output is to be made of is broken."""


class StoreError(ReportedlyError):
    """A store cannot be opened, read or written."""


class QueryError(ReportedlyError, ValueError):
    """A question cannot be answered."""


class InternalError(ReportedlyError):
    """An error of this library; please report it."""
