"""The best sequence of name tags, and the best tree."""

import torch

from data import NAMES


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
