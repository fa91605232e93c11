"""The gold data: treebanks and names, read as [`Sentence`]s."""

from pathlib import Path

NAMES = ["O"] + [f"{b}-{k}" for k in ("PER", "ORG", "LOC", "MISC") for b in "BI"]
# The training sets are cut into so many parts, to be read by who never saw them.
FOLDS = 4


class Sentence:
    """Words with what is known of them; `None` where it is not."""

    def __init__(self):
        self.ident, self.forms, self.rows = "", [], []
        self.tags = self.heads = self.relations = self.names = None


def read_conllu(path, gold=True):
    """Sentences of a CoNLL-U file; of text to be read only forms and columns."""
    sentence, comments = Sentence(), []
    for line in Path(path).read_text(encoding="utf8").split("\n"):
        if line.startswith("#"):
            comments.append(line)
            if line.startswith("# sent_id = "):
                sentence.ident = line[12:]
        elif line:
            columns = line.split("\t")
            if columns[0].isdigit():
                sentence.rows.append(columns)
                sentence.forms.append(columns[1])
        elif sentence.rows:
            if gold:
                sentence.tags = [(r[3], r[4], r[5]) for r in sentence.rows]
                sentence.heads = [int(r[6]) for r in sentence.rows]
                sentence.relations = [r[7] for r in sentence.rows]
            sentence.comments = comments
            yield sentence
            sentence, comments = Sentence(), []
        else:
            comments = []


def read_uner(path):
    """Forms and tags by sentence id."""
    found, ident = {}, ""
    for line in Path(path).read_text(encoding="utf8").split("\n"):
        if line.startswith("# sent_id = "):
            ident = line[12:]
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            found.setdefault(ident, []).append((columns[1], columns[2]))
    return found


def add_uner(sentences, named):
    for sentence in sentences:
        pairs = named.get(sentence.ident, [])
        if [f for f, _ in pairs] == sentence.forms:
            sentence.names = [t if t in NAMES else "O" for _, t in pairs]


def read_bio(path, separator):
    """Names alone: a word and a tag a line; IOB1 becomes IOB2."""
    for block in Path(path).read_text(encoding="utf8").split("\n\n"):
        sentence, before = Sentence(), "O"
        sentence.names = []
        for line in block.split("\n"):
            parts = line.split(separator)
            if len(parts) < 2 or parts[0] == "-DOCSTART-":
                continue
            form, tag = parts[0], parts[1]
            if tag.startswith("I-") and before[1:] != tag[1:]:
                tag = "B" + tag[1:]
            before = tag
            sentence.forms.append(form)
            sentence.names.append(tag)
        if sentence.forms:
            yield sentence


def world_news(path):
    kinds = {"Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "LOC"}
    for sentence in read_bio(path, "\t"):
        tags = [t[:2] + kinds[t[2:]] if t[2:] in kinds else "O" for t in sentence.names]
        sentence.names = tags
        yield sentence


def training_sets(data):
    ewt = list(read_conllu(data / "ud/ewt-train.conllu"))
    add_uner(ewt, read_uner(data / "uner-ewt/train-clean.iob2"))
    gum = list(read_conllu(data / "ud/gum-train-free.conllu"))
    wikigold = list(read_bio(data / "wikigold/wikigold.conll.txt", " "))
    for at, sentence in enumerate(wikigold):
        sentence.ident = f"wikigold-{at}"
    return ewt, gum, wikigold


def folds(sets, count):
    """Each set in as many stretches: documents stay together."""
    return [[s for all_ in sets for s in all_[len(all_) * k // count : len(all_) * (k + 1) // count]]
            for k in range(count)]


def development_sets(data):
    ewt = list(read_conllu(data / "ud/ewt-dev.conllu"))
    add_uner(ewt, read_uner(data / "uner-ewt/dev.iob2"))
    sets = {"ewt": ewt, "news": list(read_conllu(data / "ud/gum-dev-news.conllu"))}
    world = data / "wwnews-ner/dev.bio"
    if world.exists():
        sets["world"] = list(world_news(world))
    return sets


def inventory(sentences):
    classes = {"upos": sorted({t[0] for s in sentences for t in s.tags}),
               "xpos": sorted({t[1] for s in sentences for t in s.tags}),
               "feats": sorted({t[2] for s in sentences for t in s.tags}),
               "relations": sorted({r for s in sentences for r in s.relations})}
    index = {name: {c: i for i, c in enumerate(all_)} for name, all_ in classes.items()}
    return {**classes, "index": index}
