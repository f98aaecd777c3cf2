#!/usr/bin/env python3
"""Times of the same training in PyTorch, for `cargo xtask bench train`: one JSON line of lists of seconds.

    step.py COUNT contiguous|channels_last
The step is that of tests/fixtures/dann_two_steps.py in f32: 256 + 256 pictures, two-step variant, three Adams.
Inference is of 256 pictures at once.
"""
import json, pathlib, resource, sys, time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests/fixtures"))
import torch
import dann_two_steps as dann

torch.set_default_dtype(torch.float32)
count, layout = int(sys.argv[1]), {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}[sys.argv[2]]
f, c, d = (m.float() for m in dann.models())
f = f.to(memory_format=layout)
opts = [torch.optim.Adam(m.parameters()) for m in (f, c, d)]
source, target = (dann.batch(256, salt).float().contiguous(memory_format=layout) for salt in (301, 401))
labels = torch.arange(256) % 10


def times(work):
    """The first two find their buffers."""
    seconds = []
    for _ in range(count + 2):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return seconds[2:]


def inference():
    with torch.no_grad():
        c(f(source))


step = times(lambda: dann.two_step(f, c, d, opts, source, labels, target, 0.3))
f.eval(), c.eval()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"step": step, "inference": times(inference), "peak_mib": [peak]}))
