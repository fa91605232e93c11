"""Sentences as tensors: word pieces, shapes of words, gold classes."""

import torch

from data import NAMES

SHAPES = 24
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
UNKNOWN = -100


def shape(form):
    """A number for how a word is written: its first letter, the rest, digits."""
    first = form[:1]
    kind = 0 if first.isupper() else 1 if first.islower() else 2 if first.isdigit() else 3
    rest = form[1:]
    body = 0 if not rest else 1 if rest.islower() else 2 if rest.isupper() else 3
    extra = 4 if any(c.isdigit() for c in rest) else 5 if "." in rest or "-" in rest else body
    return kind * 6 + extra


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


def autocast():
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16, enabled=DEVICE.type == "cuda")
