"""Articles and tables as notebooks show them: HTML with styles of its own."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Sequence, Set, Tuple

if TYPE_CHECKING:
    from ._model import Article, Claim

#: A table shows so many rows.
MOST_ROWS = 100

_COLOURS = {
    "person": "#f4c7ab66",
    "organization": "#b8d8f066",
    "place": "#c5e6b866",
    "facility": "#c5e6b866",
    "unnamed-source": "#e3c8f066",
}
_OTHER = "#cccccc44"


def _escaped(value: Any) -> str:
    return "" if value is None else html.escape(str(value))


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table."""
    rows = list(rows)
    head = "".join(f"<th style='text-align:left'>{_escaped(name)}</th>" for name in columns)
    parts = [f"<table><thead><tr>{head}</tr></thead><tbody>"]
    for row in rows[:MOST_ROWS]:
        cells = "".join(f"<td style='text-align:left'>{_escaped(value)}</td>" for value in row)
        parts.append(f"<tr>{cells}</tr>")
    parts.append("</tbody></table>")
    if len(rows) > MOST_ROWS:
        parts.append(f"<p>… {len(rows) - MOST_ROWS} more</p>")
    return "".join(parts)


def _row(claim: "Claim") -> Tuple[Any, ...]:
    besides = "; ".join(f"{q.preposition} {q}" for q in claim.qualifiers)
    put = " ".join(
        word for word in (claim.polarity, claim.modality) if word not in ("positive", "actual")
    )
    source = claim.stated_by or (claim.attribution and "?")
    said = claim.relation.label, claim.object, besides
    return claim.subject, *said, put, claim.when, source, "✓" if claim.asserted else ""


def claims(all: Iterable["Claim"]) -> str:
    """A table of claims."""
    columns = ["who", "does", "what", "besides", "put as", "when", "whose word", "fact"]
    return table(columns, (_row(claim) for claim in all))


def article(one: "Article") -> str:
    """The text with its entities and claims marked, and its claims as a table."""
    parts = ["<div style='max-width:50em;line-height:1.6;white-space:pre-wrap'>"]
    parts.append(_marked(one))
    parts.append("</div>")
    parts.append(claims(one.claims))
    return "".join(parts)


def _marked(one: "Article") -> str:
    """The text, cut where anything begins or ends, each piece marked with all it is in."""
    cuts: Set[int] = {0, len(one.text)}
    styles: Dict[int, List[Tuple[int, str, str]]] = {}

    def mark(start: int, end: int, style: str, title: str) -> None:
        cuts.update((start, end))
        styles.setdefault(start, []).append((end, style, title))

    for claim in one.claims:
        line = "solid" if claim.asserted else "dotted"
        mark(claim.start, claim.end, f"border-bottom:1px {line} currentColor", str(claim))
    for mention in one.mentions:
        colour = _COLOURS.get(mention.entity.type or "", _OTHER)
        title = f"{mention.entity.label} ({mention.entity.type or 'unknown'})"
        mark(mention.start, mention.end, f"background:{colour};border-radius:3px", title)
    for passage in one.boilerplate:
        mark(passage.start, passage.end, "opacity:.5", "not the article's")
    return "".join(_pieces(one.text, sorted(cuts), styles))


def _pieces(
    text: str, cuts: List[int], styles: Dict[int, List[Tuple[int, str, str]]]
) -> Iterable[str]:
    open_marks: List[Tuple[int, str, str]] = []
    for start, end in zip(cuts, cuts[1:]):
        open_marks = [mark for mark in open_marks if mark[0] > start]
        open_marks += styles.get(start, [])
        piece = _escaped(text[start:end])
        if not open_marks:
            yield piece
            continue
        style = ";".join(dict.fromkeys(mark[1] for mark in open_marks))
        title = _escaped(" · ".join(dict.fromkeys(mark[2] for mark in open_marks)))
        yield f'<span style="{style}" title="{title}">{piece}</span>'
