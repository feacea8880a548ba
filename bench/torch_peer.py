#!/usr/bin/python3
"""The peer of the engine: training step, inference and peak memory of one network in PyTorch, on all cores.

Usage: torch_peer.py NETWORK BATCH SIZE STEPS   prints one line of JSON. Networks that torchvision does not have are the
references of the golden tests (test/fixtures/pytorch).
Setup: apt-get install python3-torch python3-torchvision libopenblas0-pthread
"""
import json
import os
import pathlib
import resource
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "test" / "fixtures" / "pytorch"))

CLASSES = 10


def make(name):
    if name.startswith("resnet"):
        import torchvision

        return torchvision.models.__dict__[name](num_classes=CLASSES)
    if name == "vit_small":
        from transformers import VisionTransformer

        return VisionTransformer(size=224, classes=CLASSES, dim=384, depth=12, heads=6)
    if name == "nest_tiny":
        from transformers import Nest

        return Nest(size=224, classes=CLASSES, dims=[96, 192, 384], heads=[3, 6, 12], depths=[2, 2, 8])
    if name == "unet_plus_plus":
        from make_segmentation import Encoder, Network, UnetPlusPlusDecoder

        head = torch.nn.Conv2d(16, 1, 3, padding=1)
        return Network(Encoder(depths=[3, 4, 6, 3]), UnetPlusPlusDecoder(), head)
    raise SystemExit(f"no reference for {name}")


def fastest(run, steps):
    times = []
    for _ in range(steps + 1):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times[1:])


def main(name, batch, size, steps):
    torch.set_num_threads(os.cpu_count())
    torch.manual_seed(0)
    model = make(name)
    x = torch.randn(batch, 3, size, size)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    if name.startswith("unet"):
        target, loss = torch.randint(0, 2, (batch, 1, size, size)).float(), torch.nn.BCEWithLogitsLoss()
    else:
        target, loss = torch.randint(0, CLASSES, (batch,)), torch.nn.CrossEntropyLoss()

    def train():
        optimiser.zero_grad()
        loss(model(x), target).backward()
        optimiser.step()

    model.train()
    step = fastest(train, steps)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    model.eval()
    with torch.no_grad():
        inference = fastest(lambda: model(x), steps)
    print(json.dumps({
        "engine": "PyTorch " + torch.__version__.split("a")[0],
        "train": batch / step, "infer": batch / inference, "peakMemory": peak,
    }))


main(sys.argv[1], *map(int, sys.argv[2:]))
