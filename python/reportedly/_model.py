"""What was found in an article, as objects.

They are views of the article's JSON (``ontology/analysis.schema.json``), made when they are
asked for. All offsets are Python's own: ``article.text[claim.start:claim.end]``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Tuple

from . import _reportedly
from .errors import ReportedlyError

if TYPE_CHECKING:
    import pandas
    import pyarrow
    import rdflib
    import spacy

Raw = Dict[str, Any]


class Part:
    """A part of an article's analysis."""

    __slots__ = ("article", "raw")

    def __init__(self, article: "Article", raw: Raw) -> None:
        #: The article that it is a part of.
        self.article = article
        #: Its JSON.
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Part) or type(self) is not type(other):
            return NotImplemented
        return self.raw == other.raw and self.article.id == other.article.id

    def __hash__(self) -> int:
        return hash((type(self), self.article.id, json.dumps(self.raw, sort_keys=True)))


class Passage(Part):
    """Characters ``start`` to ``end`` of the article's text."""

    __slots__ = ()

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.raw["start"]

    @property
    def end(self) -> int:
        """One past the offset of its last character."""
        return self.raw["end"]

    @property
    def text(self) -> str:
        """Its words, as they stand in the article."""
        return self.article.text[self.start : self.end]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.start}:{self.end} {self.text!r}>"


class Sentence(Passage):
    """A sentence."""

    __slots__ = ()

    @property
    def tokens(self) -> List["Token"]:
        """Its words."""
        return [t for t in self.article.tokens if self.start <= t.start and t.end <= self.end]

    @property
    def claims(self) -> List["Claim"]:
        """The claims that were read from it."""
        return [claim for claim in self.article.claims if claim.sentence == self]


class Token(Passage):
    """A syntactic word, with its place in the tree of Universal Dependencies."""

    __slots__ = ()

    @property
    def form(self) -> str:
        """The word as it is written."""
        return self.raw["form"]

    @property
    def lemma(self) -> str:
        """Its dictionary form."""
        return self.raw["lemma"]

    @property
    def upos(self) -> str:
        """Universal part of speech."""
        return self.raw["upos"]

    @property
    def xpos(self) -> str:
        """Tag of the Penn Treebank."""
        return self.raw["xpos"]

    @property
    def feats(self) -> str:
        """Universal features as in CoNLL-U; empty for none."""
        return self.raw["feats"]

    @property
    def deprel(self) -> str:
        """What it is to its head."""
        return self.raw["deprel"]

    @property
    def head(self) -> Optional["Token"]:
        """The word that it hangs on; ``None`` for the root of its sentence."""
        head = self.raw["head"]
        return None if head is None else self.article.tokens[head]


class Link(Part):
    """What a knowledge base calls an entity."""

    __slots__ = ()

    @property
    def iri(self) -> str:
        """Its IRI there."""
        return self.raw["iri"]

    @property
    def score(self) -> float:
        """How sure the link is, from 0 to 1."""
        return self.raw["score"]

    @property
    def method(self) -> str:
        """How it was found."""
        return self.raw["method"]

    def __repr__(self) -> str:
        return f"<Link {self.iri} {self.score}>"


class Mention(Passage):
    """Words that refer to an entity."""

    __slots__ = ("entity",)

    def __init__(self, entity: "Entity", raw: Raw) -> None:
        super().__init__(entity.article, raw)
        #: The entity that they refer to.
        self.entity = entity

    @property
    def kind(self) -> str:
        """``name``, ``nominal`` or ``pronoun``."""
        return self.raw["kind"]


class Entity(Part):
    """Somebody or something that the article speaks of."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """A slug, the same in every article; or below the article's id, of it alone."""
        return self.raw["id"]

    @property
    def type(self) -> Optional[str]:
        """``person``, ``organization``, ``place`` and so on."""
        return self.raw["type"]

    @property
    def label(self) -> str:
        """Its best name."""
        return self.raw["label"]

    @property
    def names(self) -> List[str]:
        """All names that the article has for it."""
        return self.raw["names"]

    @property
    def is_phrase(self) -> bool:
        """Whether nothing tells which of all such things it is."""
        return self.raw["phrase"]

    @property
    def affiliation(self) -> Optional["Entity"]:
        """Whom an unnamed source belongs to."""
        return self.article.entity(self.raw["affiliation"])

    @property
    def links(self) -> List[Link]:
        """What knowledge bases call it, best first."""
        return [Link(self.article, raw) for raw in self.raw["links"]]

    @property
    def mentions(self) -> List[Mention]:
        """The words that refer to it."""
        return [Mention(self, raw) for raw in self.raw["mentions"]]

    @property
    def claims(self) -> List["Claim"]:
        """The claims that it is the subject or object of."""
        return [
            claim
            for claim in self.article.claims
            if self in (claim.subject.entity, claim.object and claim.object.entity)
        ]

    def __str__(self) -> str:
        return self.label

    def __repr__(self) -> str:
        return f"<Entity {self.id} {self.label!r}>"


class Time(Passage):
    """A time that the article names."""

    __slots__ = ()

    @property
    def type(self) -> str:
        """Its TIMEX3 type: ``DATE``, ``TIME``, ``DURATION`` or ``SET``."""
        return self.raw["type"]

    @property
    def value(self) -> Optional[str]:
        """Its TIMEX3 value; ``None`` where it cannot be told."""
        return self.raw["value"]


class Argument(Passage):
    """What a claim is about, or says of it."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """``entity``, ``phrase``, ``text``, ``integer``, ``decimal`` or ``time``."""
        return self.raw["kind"]

    @property
    def entity(self) -> Optional[Entity]:
        """The entity that it is, if it is one."""
        return self.article.entity(self.raw.get("entity"))

    @property
    def value(self) -> Optional[str]:
        """A number in digits, a time in ISO 8601; ``None`` where it has none."""
        return self.raw.get("value")

    @property
    def phrase(self) -> Optional[str]:
        """The full phrase on one line, where that is more than the argument."""
        phrase = self.raw.get("phrase")
        return phrase and phrase["text"]

    def __str__(self) -> str:
        entity = self.entity
        return self.text if entity is None else entity.label


class Qualifier(Argument):
    """What a claim says besides: where, when, how, to whom."""

    __slots__ = ()

    @property
    def preposition(self) -> str:
        """What joins it to the relation."""
        return self.raw["preposition"]

    @property
    def role(self) -> str:
        """What it tells: ``time``, ``place``, ``manner`` and so on."""
        return self.raw["role"]

    @property
    def iri(self) -> str:
        """The property of the claim that it is in RDF."""
        return self.raw["iri"]


class Relation(Passage):
    """What a claim says that its subject does."""

    __slots__ = ()

    @property
    def lemma(self) -> str:
        """Dictionary words with particle or preposition."""
        return self.raw["lemma"]

    @property
    def label(self) -> str:
        """As people read it: *returns to*."""
        return self.raw["label"]

    @property
    def iri(self) -> str:
        """Its IRI in RDF."""
        return self.raw["iri"]

    def __str__(self) -> str:
        return self.label


class Attribution(Part):
    """Somebody's word: the source, what is attributed, and the cue that says so."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """``attribution/1`` and so on."""
        return self.raw["id"]

    @property
    def source(self) -> Optional[Entity]:
        """Whose word it is, where the text says."""
        source = self.raw["source"]
        return source and self.article.entity(source["entity"])

    @property
    def source_passage(self) -> Optional[Passage]:
        """The words that name the source."""
        source = self.raw["source"]
        return source and Passage(self.article, source)

    @property
    def cue(self) -> Optional[Passage]:
        """The words that say so: *said*, *according to*."""
        cue = self.raw["cue"]
        return cue and Passage(self.article, cue)

    @property
    def cue_lemma(self) -> str:
        """Their dictionary word."""
        return self.raw["cue_lemma"]

    @property
    def content(self) -> List[Passage]:
        """What is attributed."""
        return [Passage(self.article, raw) for raw in self.raw["content"]]

    @property
    def kind(self) -> str:
        """``direct``, ``indirect``, ``mixed``, ``noun`` or ``headline``."""
        return self.raw["kind"]

    @property
    def attitude(self) -> str:
        """``states``, ``denies``, ``doubts``, ``asks``, ``promises`` and so on."""
        return self.raw["attitude"]

    @property
    def polarity(self) -> str:
        """``negative`` for *did not say*."""
        return self.raw["polarity"]

    @property
    def within(self) -> Optional["Attribution"]:
        """The attribution in whose content this one stands."""
        return self.article.attribution(self.raw["within"])

    @property
    def rule(self) -> str:
        """What found it."""
        return self.raw["rule"]

    @property
    def claims(self) -> List["Claim"]:
        """The claims that are its source's word."""
        return [c for c in self.article.claims if c.raw["attribution"] == self.id]

    def __repr__(self) -> str:
        words = " … ".join(passage.text for passage in self.content)
        return f"<Attribution {self.source} {self.cue_lemma}: {words!r}>"


class Claim(Passage):
    """Who did what to whom, how that is put, and whose word it is.

    >>> import reportedly
    >>> article = reportedly.analyse("Ada Brook sold the ferry in Lisbon, officials said.")
    >>> claim = article.claims[0]
    >>> str(claim)
    'Ada Brook sells the ferry (in Lisbon)'
    >>> claim.stated_by.label
    'officials'
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """``claim/1`` and so on; in RDF behind the article's IRI and a slash."""
        return self.raw["id"]

    @property
    def subject(self) -> Argument:
        """Who or what it is about."""
        return Argument(self.article, self.raw["subject"])

    @property
    def relation(self) -> Relation:
        """What the subject does."""
        return Relation(self.article, self.raw["relation"])

    @property
    def object(self) -> Optional[Argument]:
        """To whom or what; ``None`` for *the troops left*."""
        raw = self.raw["object"]
        return raw and Argument(self.article, raw)

    @property
    def qualifiers(self) -> List[Qualifier]:
        """What it says besides."""
        return [Qualifier(self.article, raw) for raw in self.raw["qualifiers"]]

    @property
    def polarity(self) -> str:
        """``positive`` or ``negative``."""
        return self.raw["polarity"]

    @property
    def modality(self) -> str:
        """``actual``, ``future``, ``planned``, ``possible`` and so on."""
        return self.raw["modality"]

    @property
    def when(self) -> Optional[str]:
        """The time of what it tells, in ISO 8601."""
        return self.raw["when"]

    @property
    def attribution(self) -> Optional[Attribution]:
        """Whose word it is; ``None`` for the article's own."""
        return self.article.attribution(self.raw["attribution"])

    @property
    def stated_by(self) -> Optional[Entity]:
        """The source of that attribution."""
        return self.article.entity(self.raw["stated_by"])

    @property
    def reported_by(self) -> List[Entity]:
        """The news media that report it."""
        found = (self.article.entity(id) for id in self.raw["reported_by"])
        return [entity for entity in found if entity is not None]

    @property
    def origin(self) -> Optional[Entity]:
        """The news medium that it comes from."""
        return self.article.entity(self.raw["origin"])

    @property
    def sentence(self) -> Sentence:
        """The sentence that it was read from."""
        return self.article.sentences[self.raw["sentence"]]

    @property
    def rule(self) -> str:
        """What found it."""
        return self.raw["rule"]

    @property
    def asserted(self) -> bool:
        """Whether the graph states it as a triple of its own."""
        return self.raw["asserted"]

    @property
    def withheld(self) -> Optional[str]:
        """Why it does not; ``None`` where it does."""
        return self.raw["withheld"]

    def iri(self, base: str = _reportedly.DEFAULT_BASE) -> str:
        """Its IRI in RDF, below a base."""
        return f"{base}article/{self.article.id}/{self.id}"

    def __str__(self) -> str:
        words = [str(self.subject), str(self.relation)]
        if self.polarity == "negative":
            words.insert(1, "not:")
        if self.object is not None:
            words.append(str(self.object))
        words += [f"({q.preposition} {q})" for q in self.qualifiers]
        return " ".join(words)

    def __repr__(self) -> str:
        return f"<Claim {self}>"


class Article:
    """An article, and what was found in it. :func:`reportedly.analyse` makes it.

    >>> import reportedly
    >>> article = reportedly.analyse("É. Brook sold the ferry in Lisbon.", title="Ferry sold")
    >>> [entity.label for entity in article.entities]
    ['Ferry', 'É. Brook', 'Lisbon']
    >>> claim = article.claims[-1]
    >>> article.text[claim.subject.start : claim.subject.end]
    'É. Brook'
    """

    def __init__(self, handle: Optional["_reportedly.Analysis"], raw: Optional[Raw] = None) -> None:
        self._handle = handle
        self._raw = raw
        self._has_tokens = handle is None
        self._parts: Dict[str, Any] = {}

    @classmethod
    def from_json(cls, text: str) -> "Article":
        """An article of its JSON: a line that ``reportedly analyse --format jsonl`` wrote.

        RDF, CoNLL-U and pictures of it need the analysis itself, and are refused.
        """
        return cls(None, json.loads(text))

    def __reduce__(self) -> Tuple[Any, ...]:
        return Article.from_json, (self.json(),)

    @property
    def handle(self) -> "_reportedly.Analysis":
        """What Rust has of it.

        Raises:
            ReportedlyError: where it was made of JSON.
        """
        if self._handle is None:
            raise ReportedlyError("made of JSON alone; analyse it again for this", self.id)
        return self._handle

    @property
    def raw(self) -> Raw:
        """Its JSON; the words (``tokens``) are in it once :attr:`tokens` was asked for."""
        if self._raw is None:
            self._raw = json.loads(self.handle.head)
        return self._raw

    def json(self) -> str:
        """All of it as JSON, in the format of ``ontology/analysis.schema.json``."""
        return json.dumps(self._raw) if self._handle is None else self._handle.json()

    def to_dict(self) -> Raw:
        """The same as plain dictionaries and lists."""
        return json.loads(self.json())

    @property
    def id(self) -> str:
        """Its name."""
        return self.raw["id"] if self._handle is None else self._handle.id

    @property
    def url(self) -> Optional[str]:
        """Where it was published."""
        return self.raw["url"]

    @property
    def title(self) -> Optional[str]:
        """Its headline, which also stands in the text."""
        return self.raw["title"]

    @property
    def publisher(self) -> Optional[str]:
        """Who published it, as printed."""
        return self.raw["publisher"]

    @property
    def authors(self) -> List[str]:
        """Who wrote it, as printed."""
        return self.raw["authors"]

    @property
    def published(self) -> Optional[str]:
        """When: a day, or a moment in UTC, in ISO 8601."""
        return self.raw["published"]

    @property
    def language(self) -> str:
        """Its language, as a BCP 47 tag."""
        return self.raw["language"]

    @property
    def text(self) -> str:
        """The text that all offsets count in."""
        return self.raw["text"]

    @property
    def boilerplate(self) -> List[Passage]:
        """What of the text is not the article's."""
        return [Passage(self, raw) for raw in self.raw["boilerplate"]]

    def _list(self, key: str, kind: Any) -> List[Any]:
        parts = self._parts.get(key)
        if parts is None:
            parts = self._parts[key] = [kind(self, raw) for raw in self.raw[key]]
        return parts

    @property
    def sentences(self) -> List[Sentence]:
        """Its sentences."""
        return self._list("sentences", Sentence)

    @property
    def tokens(self) -> List[Token]:
        """Its words. They are most of an analysis, and made only when asked for."""
        if not self._has_tokens:
            self.raw["tokens"] = json.loads(self.handle.json())["tokens"]
            self._has_tokens = True
        return self._list("tokens", Token)

    @property
    def entities(self) -> List[Entity]:
        """Whom and what it speaks of."""
        return self._list("entities", Entity)

    @property
    def mentions(self) -> List[Mention]:
        """All words that refer to an entity, in order of the text."""
        mentions = [mention for entity in self.entities for mention in entity.mentions]
        return sorted(mentions, key=lambda mention: (mention.start, mention.end))

    @property
    def times(self) -> List[Time]:
        """The times that it names."""
        return self._list("times", Time)

    @property
    def attributions(self) -> List[Attribution]:
        """Whose words it reports."""
        return self._list("attributions", Attribution)

    @property
    def claims(self) -> List[Claim]:
        """What it says."""
        return self._list("claims", Claim)

    def _find(self, key: str, id: Optional[str], parts: Sequence[Any]) -> Any:
        if id is None:
            return None
        index = self._parts.get(key)
        if index is None:
            index = self._parts[key] = {part.id: part for part in parts}
        return index[id]

    def entity(self, id: Optional[str]) -> Optional[Entity]:
        """The entity of an id."""
        return self._find("entity by id", id, self.entities)

    def attribution(self, id: Optional[str]) -> Optional[Attribution]:
        """The attribution of an id."""
        return self._find("attribution by id", id, self.attributions)

    def __repr__(self) -> str:
        return f"<Article {self.id}: {len(self.claims)} claims>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Article):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((Article, self.id))

    def to_rdf(self, format: str = "turtle", base: str = _reportedly.DEFAULT_BASE) -> str:
        """Its graph: ``turtle``, ``trig``, ``ntriples``, ``nquads``, ``jsonld`` or ``rdfxml``.

        >>> import reportedly
        >>> article = reportedly.analyse("Ada Brook sold Orm Castle.", id="castle")
        >>> graph = article.to_rdf("ntriples", base="https://news.example/")
        >>> "<https://w3id.org/reportedly/rel/sells>" in graph
        True
        """
        return _reportedly.rdf([self.handle], format, base)

    def to_rdflib(self, base: str = _reportedly.DEFAULT_BASE) -> "rdflib.Dataset":
        """Its graph as a dataset of rdflib."""
        return Articles([self]).to_rdflib(base)

    def to_pandas(self, table: str = "claims") -> "pandas.DataFrame":
        """A table of it: see :meth:`Articles.to_pandas`."""
        return Articles([self]).to_pandas(table)

    def to_arrow(self, table: str = "claims") -> "pyarrow.Table":
        """A table of it: see :meth:`Articles.to_pandas`."""
        return Articles([self]).to_arrow(table)

    def to_conllu(self) -> str:
        """Its parse as CoNLL-U, which :func:`reportedly.from_conllu` reads."""
        return self.handle.conllu()

    def to_spacy(self, vocab: Optional["spacy.vocab.Vocab"] = None) -> "spacy.tokens.Doc":
        """Its parse as a ``Doc`` of spaCy: see :mod:`reportedly._spacy`."""
        from ._spacy import to_doc

        return to_doc(self, vocab)

    def _repr_html_(self) -> str:
        from ._html import article

        return article(self)


class Articles(List[Article]):
    """Articles that were analysed, in order.

    >>> import reportedly
    >>> articles = reportedly.analyse(["Ada Brook sold the ferry.", "Orm bought the ferry."])
    >>> [str(claim) for claim in articles.claims]
    ['Ada Brook sells the ferry', 'Orm buys the ferry']
    """

    @property
    def claims(self) -> List[Claim]:
        """The claims of all of them."""
        return [claim for article in self for claim in article.claims]

    def to_pandas(self, table: str = "claims") -> "pandas.DataFrame":
        """A table of them: ``articles``, ``sentences``, ``tokens``, ``entities``,
        ``mentions``, ``claims``, ``qualifiers`` or ``attributions``.

        >>> import reportedly
        >>> articles = reportedly.analyse(["Ada Brook sold the ferry."])
        >>> articles.to_pandas()[["subject", "relation", "object"]].values.tolist()
        [['Ada Brook', 'sells', 'the ferry']]
        """
        from ._tables import to_pandas

        return to_pandas(self, table)

    def to_arrow(self, table: str = "claims") -> "pyarrow.Table":
        """The same as a table of Arrow."""
        from ._tables import to_arrow

        return to_arrow(self, table)

    def to_rdf(self, format: str = "turtle", base: str = _reportedly.DEFAULT_BASE) -> str:
        """Their graphs, in one document: see :meth:`Article.to_rdf`. What follows from
        several articles together is what a :class:`reportedly.Store` adds."""
        return _reportedly.rdf([article.handle for article in self], format, base)

    def to_rdflib(self, base: str = _reportedly.DEFAULT_BASE) -> "rdflib.Dataset":
        """Their graphs as a dataset of rdflib, a named graph an article.

        >>> import reportedly
        >>> data = reportedly.analyse(["Ada Brook sold Orm Castle."]).to_rdflib()
        >>> sells = "https://w3id.org/reportedly/rel/sells"
        >>> sum(str(p) == sells for s, p, o, g in data.quads()) == 1
        True
        """
        import rdflib

        data = rdflib.Dataset(default_union=True)
        data.parse(data=self.to_rdf("nquads", base), format="nquads")
        return data

    def _repr_html_(self) -> str:
        from ._html import claims

        return claims(self.claims)
