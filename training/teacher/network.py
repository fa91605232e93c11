"""The encoder, MPNet or MiniLM, and what reads tags, trees and names off it."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from data import NAMES
from pieces import SHAPES


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
