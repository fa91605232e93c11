"""To spaCy and back.

An article becomes a ``Doc`` of the same text, so that offsets agree: words with their tags,
lemmas and trees, white space as tokens where there is more than one space, named entities
in ``doc.ents``, and the claims in ``doc.spans["claims"]``.

A ``Doc`` becomes an article: with its own parse where that is in Universal Dependencies,
else with ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Mapping, NamedTuple, Optional

from .errors import ReadError

if TYPE_CHECKING:
    import spacy

    from ._model import Article, Token
    from ._pipeline import Pipeline

#: Relations that no scheme but Universal Dependencies has, and that no English text does
#: without.
_UNIVERSAL = frozenset({"case", "obl", "obj", "nmod"})
#: Relations of the scheme of spaCy's English models.
_CLEAR = frozenset({"dobj", "pobj", "prep", "nsubjpass"})
#: What a parsed article can be told, and how CoNLL-U has it.
_COMMENTS = {
    "id": "",
    "title": "meta::title",
    "byline": "meta::author",
    "publisher": "meta::publisher",
    "url": "meta::sourceURL",
    "date": "meta::dateCreated",
}


class _Word(NamedTuple):
    """A token of the ``Doc``: characters of the text, and the word that they are."""

    text: str
    start: int
    #: The word, and its place among those of the article.
    token: Optional["Token"] = None
    number: int = -1


def _words(article: "Article") -> Iterator[_Word]:
    """The text cut into words and what stands between them."""
    at = 0
    for number, token in enumerate(article.tokens):
        yield from _between(article.text, at, token.start)
        if token.start < at:
            # Two words in the same characters: one token.
            continue
        yield _Word(token.text, token.start, token, number)
        at = token.end
    yield from _between(article.text, at, len(article.text))


def _between(text: str, start: int, end: int) -> Iterator[_Word]:
    """One space belongs to the token before it; what else there is, is a token."""
    gap = text[start:end]
    if gap.startswith(" ") and start > 0:
        start, gap = start + 1, gap[1:]
    if gap:
        yield _Word(gap, start)


def to_doc(article: "Article", vocab: "Optional[spacy.vocab.Vocab]") -> "spacy.tokens.Doc":
    """The ``Doc`` of an article."""
    import spacy
    from spacy.tokens import Doc, Span

    if vocab is None:
        vocab = spacy.blank("en").vocab
    words = list(_words(article))
    text, ends = article.text, [word.start + len(word.text) for word in words]
    following = [word.start for word in words[1:]] + [len(text)]
    spaces = [text[end:start] == " " for end, start in zip(ends, following)]
    doc = Doc(vocab, words=[word.text for word in words], spaces=spaces, **_layers(article, words))
    assert doc.text == text, "a Doc has the article's text"
    doc.user_data["reportedly"] = article
    names = (m for m in article.mentions if m.kind == "name")
    spans = (doc.char_span(m.start, m.end, label=(m.entity.type or "other").upper()) for m in names)
    doc.set_ents(spacy.util.filter_spans([span for span in spans if span is not None]))
    claims = (doc.char_span(c.start, c.end, alignment_mode="expand") for c in article.claims)
    doc.spans["claims"] = [
        Span(doc, span.start, span.end, label=claim.id)
        for span, claim in zip(claims, article.claims)
        if span is not None
    ]
    return doc


def _layers(article: "Article", words: List[_Word]) -> Dict[str, Any]:
    """Tags, lemmas, heads and beginnings of sentences, a token each."""
    places = {word.number: i for i, word in enumerate(words) if word.token is not None}
    starts = {sentence.start for sentence in article.sentences}
    layers: Dict[str, List[Any]] = {
        name: [] for name in ("tags", "pos", "morphs", "lemmas", "heads", "deps", "sent_starts")
    }
    last = 0
    for place, (text, start, token, _) in enumerate(words):
        if token is None:
            row = ("_SP", "SPACE", "", text, last, "dep")
        else:
            last = place
            head = token.raw["head"]
            to = place if head is None else places.get(head, place)
            label = "ROOT" if to == place else token.deprel
            row = (token.xpos, token.upos, token.feats, token.lemma, to, label)
        for name, value in zip(layers, row):
            layers[name].append(value)
        layers["sent_starts"].append(token is not None and start in starts)
    return layers


def from_doc(doc: Any, pipeline: "Pipeline", metadata: Mapping[str, Any]) -> "Article":
    """What a ``Doc`` says."""
    labels = {token.dep_ for token in doc}
    if labels & _CLEAR:
        raise ReadError(
            "this Doc is parsed in the scheme of spaCy's English models, not in Universal "
            "Dependencies; analyse doc.text instead"
        )
    if not doc.has_annotation("DEP") or not labels & _UNIVERSAL:
        return pipeline.analyse(doc.text, **metadata)
    name = str(metadata.get("id", "doc"))
    return pipeline.from_conllu(_conllu(doc, name, metadata), name)[0]


def _conllu(doc: Any, name: str, metadata: Mapping[str, Any]) -> str:
    lines = [f"# newdoc id = {name}"]
    for key, value in metadata.items():
        if key not in _COMMENTS:
            raise ReadError(f"{key}: not among {', '.join(_COMMENTS)}", name)
        if _COMMENTS[key]:
            lines.append(f"# {_COMMENTS[key]} = {value}")
    for number, sentence in enumerate(doc.sents, 1):
        words = [token for token in sentence if not token.is_space]
        places = {token.i: place for place, token in enumerate(words, 1)}
        lines += [f"# sent_id = {number}", f"# text = {sentence.text.strip()}"]
        for token in words:
            is_root = token.head.i == token.i
            head = 0 if is_root else places.get(token.head.i, 0)
            label = "root" if is_root else token.dep_
            misc = "_" if token.whitespace_ else "SpaceAfter=No"
            row = (token.text, token.lemma_, token.pos_, token.tag_, str(token.morph) or "_")
            cells = (str(places[token.i]), *row, str(head), label, "_", misc)
            lines.append("\t".join(cell or "_" for cell in cells))
        lines.append("")
    return "\n".join(lines) + "\n"
