"""Makes classifier.json: the logits that PyTorch gives, in float64, for a small classifier and two pictures.

    pip install numpy torch
    python tests/golden/classifier.py [file to write]

Weights and pictures are formulas of their places, so that any program can make the same: value i of the tensor with
salt s is wave(i, s) = sin((i + 1)^2 + s), both from 0. A tensor's salt is its place among all names in alphabetical
order; the pictures have salt 100. `fill` says what becomes of the wave.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

WIDTH = 4
CHANNELS = [WIDTH * factor for factor in (1, 2, 4, 4, 8)]


class Block(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after)

    def forward(self, maps):
        return nn.functional.max_pool2d(self.norm(self.conv(maps)).relu(), 2)


class Classifier(nn.Module):
    """Its tensors are named as in Edgewise."""

    def __init__(self):
        super().__init__()
        blocks = [Block(before, after) for before, after in zip([1] + CHANNELS, CHANNELS)]
        features = CHANNELS[-1]
        self.extractor = nn.ModuleDict({"blocks": nn.ModuleList(blocks)})
        layers = [nn.Linear(features, size) for size in (features, features, 10)]
        self.predictor = nn.ModuleDict({"layers": nn.ModuleList(layers)})

    def forward(self, maps):
        for block in self.extractor["blocks"]:
            maps = block(maps)
        first, second, last = self.predictor["layers"]
        return last(second(first(maps.flatten(1)).relu()).relu())


def wave(count, salt):
    return np.sin(np.arange(1, count + 1, dtype=np.float64) ** 2 + salt)


def fill(name, shape, salt):
    values = wave(int(np.prod(shape)), salt)
    if len(shape) > 1:
        values *= np.sqrt(6 / np.prod(shape[1:]))
    elif name.endswith(("norm.weight", "running_var")):
        values = 1 + values / 2
    else:
        values /= 10
    return torch.from_numpy(values.astype(np.float32).astype(np.float64).reshape(shape))


def main():
    torch.set_default_dtype(torch.float64)
    classifier = Classifier().eval()
    state = {name: value for name, value in classifier.state_dict().items() if "num_batches" not in name}
    filled = {name: fill(name, state[name].shape, salt) for salt, name in enumerate(sorted(state))}
    classifier.load_state_dict(filled, strict=False)
    pictures = (wave(2 * 32 * 32, 100) / 2 + 0.5).astype(np.float32).astype(np.float64)
    with torch.no_grad():
        logits = classifier(torch.from_numpy(pictures.reshape(2, 1, 32, 32)))
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("classifier.json")
    path.write_text(json.dumps([[round(logit, 9) for logit in row] for row in logits.tolist()]) + "\n")


if __name__ == "__main__":
    main()
