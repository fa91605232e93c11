"""Learns which signs tell that two claims say the same: src/stories/same-claim.tsv.

Wants numpy and scikit-learn (requirements.txt).

    cargo run --release -p reportedly-training -- claims training/claims/stories.jsonl > target/training/claims.pairs
    python training/claims/train.py target/training/claims.pairs training/claims/judged.tsv src/stories/same-claim.tsv

judged.tsv has what people said of pairs of claims: s (the same), p (partly), c (they
contradict each other), n (not the same). Pairs that the program no longer finds are left
out and counted.
"""

import csv
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

HEADER = """# How much each sign counts for two claims saying the same: the weights of a logistic
# regression, learned from what people judged of pairs of claims (training/claims). The
# prior is what there is without any sign.
sign: text	weight: text
"""


def main(pairs, judged, output):
    with open(pairs, encoding="utf-8") as lines:
        names = json.loads(next(lines))["names"]
        signs = {tuple(pair["claims"]): pair["signs"] for pair in map(json.loads, lines)}
    with open(judged, encoding="utf-8") as table:
        verdicts = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    known = [(signs[one, other], verdict) for verdict, one, other in verdicts if (one, other) in signs]
    print(f"{len(known)} pairs, {len(verdicts) - len(known)} are not found any more")
    scaler = StandardScaler()
    values = scaler.fit_transform(np.array([values for values, _ in known]))
    model = LogisticRegression(C=0.01, max_iter=5000)
    model.fit(values, [verdict == "s" for _, verdict in known])
    weights = model.coef_[0] / scaler.scale_
    prior = model.intercept_[0] - (weights * scaler.mean_).sum()
    with open(output, "w", encoding="utf-8") as table:
        table.write(HEADER)
        for name, weight in [("prior", prior), *zip(names, weights)]:
            table.write(f"{name}\t{weight:.4f}\n")


main(*sys.argv[1:])
