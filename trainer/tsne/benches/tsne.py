#!/usr/bin/env python3
"""The rows of `cargo xtask bench tsne`, and scikit-learn's time on them.

  tsne.py rows FILE       writes 10,000 rows of 512 numbers in 20 clusters as f32
  tsne.py measure FILE    one JSON line: scikit-learn's seconds and Kullback-Leibler divergence on them
"""
import json, sys, time
import numpy as np

ROWS, WIDTH, CLUSTERS = 10_000, 512, 20


def rows():
    rng = np.random.default_rng(5)
    centres = rng.normal(size=(CLUSTERS, WIDTH)) * 0.5
    return (centres[np.arange(ROWS) % CLUSTERS] + rng.normal(size=(ROWS, WIDTH))).astype(np.float32)


def measure(file):
    from sklearn.manifold import TSNE

    data = np.fromfile(file, dtype=np.float32).reshape(ROWS, WIDTH)
    start = time.perf_counter()
    model = TSNE(init="random", random_state=5)
    model.fit_transform(data)
    print(json.dumps({"seconds": [time.perf_counter() - start], "divergence": [float(model.kl_divergence_)]}))


if __name__ == "__main__":
    verb, file = sys.argv[1:]
    rows().tofile(file) if verb == "rows" else measure(file)
