#!/usr/bin/env python3
"""Seconds a training step takes in PyTorch, for `cargo xtask bench train`: one JSON line.

    step.py STEPS contiguous|channels_last
The step is that of tests/fixtures/dann_two_steps.py in f32: 256 + 256 pictures, two-step variant, three Adams.
"""
import json, pathlib, sys, time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests/fixtures"))
import torch
import dann_two_steps as dann

torch.set_default_dtype(torch.float32)
layout = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}[sys.argv[2]]
f, c, d = (m.float() for m in dann.models())
f = f.to(memory_format=layout)
opts = [torch.optim.Adam(m.parameters()) for m in (f, c, d)]
source, target = (dann.batch(256, salt).float().contiguous(memory_format=layout) for salt in (301, 401))
labels, seconds = torch.arange(256) % 10, []
for step in range(int(sys.argv[1]) + 2):
    begun = time.perf_counter()
    dann.two_step(f, c, d, opts, source, labels, target, 0.3)
    seconds.append(time.perf_counter() - begun)
print(json.dumps({"seconds": seconds[2:], "threads": torch.get_num_threads(), "torch": torch.__version__}))
