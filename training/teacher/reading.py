"""What teachers make of sentences: the best, how sure they are, and their scores."""

import multiprocessing
import re

import torch

from data import NAMES
from network import Teacher
from pieces import DEVICE, autocast, batches, loaded
from trees import allowed_next, spanning_tree, viterbi


class Reading:
    """What the teachers make of a sentence: the best, and shares of all that is likely."""

    def __init__(self, tags, heads, relations, names, shares):
        self.tags, self.heads, self.relations, self.names = tags, heads, relations, names
        self.shares = shares


def shares(names, row):
    """`name:share` of all that has at least a fiftieth, the likeliest first."""
    likely = sorted(((p, k) for k, p in enumerate(row) if p >= 0.02), reverse=True)[:4]
    return ",".join(f"{names(k)}:{p:.2f}" for p, k in likely)


@torch.no_grad()
def predict(models, pieces, sentences, pool):
    """Yields (sentence, reading), in batches' order; teachers' shares are averaged."""
    classes, moves = models[0].classes, allowed_next()
    mean = lambda rows: sum(rows) / len(models)
    for group, batch in loaded(batches(sentences, 6000 if pool else 2000), pieces, classes):
        with autocast():
            outs = [model(batch) for model in models]
        average = {part: mean([out[part].softmax(-1) for out in outs]).cpu()
                   for part in ("upos", "xpos", "feats", "names", "arcs")}
        sizes = [len(s.forms) for s in group]
        arcs = [(average["arcs"][i, :n, : n + 1] + 1e-9).log().numpy() for i, n in enumerate(sizes)]
        trees = pool.map(spanning_tree, arcs, chunksize=8) if pool else list(map(spanning_tree, arcs))
        heads = torch.zeros(batch["mask"].shape, dtype=torch.long)
        for i, tree in enumerate(trees):
            heads[i, : sizes[i]] = torch.tensor(tree)
        on_device = heads.to(DEVICE)
        with autocast():
            scores = [m.relations(out["parts"], on_device) for m, out in zip(models, outs)]
        for part in scores:
            part[..., classes["index"]["relations"]["root"]] = -1e4
        relations = mean([part.softmax(-1) for part in scores]).cpu()
        for i, s in enumerate(group):
            yield s, reading(classes, moves, {k: v[i, : sizes[i]] for k, v in average.items()},
                             trees[i], relations[i, : sizes[i]])


def reading(classes, moves, average, heads, relations):
    pick = lambda name: [classes[name][k] for k in average[name].argmax(-1).tolist()]
    tags = list(zip(pick("upos"), pick("xpos"), pick("feats")))
    best = [classes["relations"][k] for k in relations.argmax(-1).tolist()]
    best = ["root" if h == 0 else r for h, r in zip(heads, best)]
    names = [NAMES[k] for k in viterbi((average["names"] + 1e-9).log(), moves)]
    rows = zip(average["arcs"].tolist(), relations.tolist(), average["names"].tolist())
    sure = [{"Heads": shares(str, arc), "Rels": shares(classes["relations"].__getitem__, relation),
             "Names": shares(NAMES.__getitem__, name)} for arc, relation, name in rows]
    return Reading(tags, heads, best, names, sure)


def spans(tags):
    found, start = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            found.add((start, i, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = i
    return {s for s in found if s[2] != "MISC"}


def score(models, pieces, gold, pool):
    counts = dict.fromkeys(["words", "upos", "xpos", "uas", "las"], 0)
    names = {k: [0, 0, 0] for k in ("PER", "ORG", "LOC")}
    for s, found in predict(models, pieces, [s for s in gold if len(s.forms) < 300], pool):
        tags, heads, relations = found.tags, found.heads, found.relations
        if s.tags:
            counts["words"] += len(tags)
            for i, (upos, xpos, _) in enumerate(tags):
                counts["upos"] += upos == s.tags[i][0]
                counts["xpos"] += xpos == s.tags[i][1]
                right = heads[i] == s.heads[i]
                counts["uas"] += right
                counts["las"] += right and relations[i].split(":")[0] == s.relations[i].split(":")[0]
        if s.names:
            a, b = spans(s.names), spans(found.names)
            for kind, count in names.items():
                count[0] += sum(x[2] == kind for x in a & b)
                count[1] += sum(x[2] == kind for x in a)
                count[2] += sum(x[2] == kind for x in b)
    of = lambda part: f"{part} {100 * counts[part] / max(1, counts['words']):.2f}"
    f1 = lambda c: 200 * c[0] / max(1, c[1] + c[2])
    kinds = " ".join(f"{k} {f1(c):.1f}" for k, c in names.items())
    all_ = [sum(c[i] for c in names.values()) for i in range(3)]
    return " ".join(map(of, ("upos", "xpos", "uas", "las"))) + f" names {f1(all_):.2f} ({kinds})"


def load(path):
    saved = torch.load(path, weights_only=False, map_location=DEVICE)
    model = Teacher(saved["classes"], saved["config"]).to(DEVICE)
    model.load_state_dict(saved["state"])
    return model.eval()


def workers(flags):
    """Processes that find trees, where the reading itself is a GPU's."""
    return multiprocessing.get_context("fork").Pool(flags.threads) if DEVICE.type == "cuda" else None


def write(sentences, readers, pieces, pool, path):
    """Writes what the readers, each of its own sentences, make of them, in order."""
    sentences = [s for s in sentences if 2 < len(s.forms) <= 100]
    found = {}
    for models, own in readers:
        part = [s for s in sentences if own is None or id(s) in own]
        found.update((id(s), r) for s, r in predict(models, pieces, part, pool))
    with open(path, "w", encoding="utf8") as out:
        for s in sentences:
            out.write("\n".join(conllu(s, found[id(s)])) + "\n\n")


def conllu(s, found):
    if s.ident:
        yield f"# sent_id = {s.ident}"
    for i, form in enumerate(s.forms):
        misc = [] if found.names[i] == "O" else [f"Name={found.names[i]}"]
        # Where all agree nothing need be said.
        misc += [f"{k}={v}" for k, v in found.shares[i].items() if not re.fullmatch(r"[^,]*:1\.00", v)]
        row = [i + 1, form, "_", *found.tags[i], found.heads[i], found.relations[i], "_", "|".join(misc) or "_"]
        yield "\t".join(map(str, row))
