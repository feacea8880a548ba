#!/usr/bin/python3
"""The peer of the hash codes: FAISS's IndexLSH, recall of the exact cosine neighbours and time a query, on one thread.

Usage: faiss_lsh_peer.py FOLDER DIMENSIONS K BITS...   FOLDER holds training.f32, archive.f32 and queries.f32, rows of single precision.
Prints one JSON line: for each number of bits the better of thresholds at zero and at the medians of the training rows.
Setup: apt-get install -y --no-install-recommends python3-faiss
"""
import json
import pathlib
import sys
import time

import faiss
import numpy as np

folder, (dimensions, k, *bits) = pathlib.Path(sys.argv[1]), map(int, sys.argv[2:])
faiss.omp_set_num_threads(1)
training, archive, queries = (
    np.fromfile(folder / f"{name}.f32", dtype="float32").reshape(-1, dimensions)
    for name in ("training", "archive", "queries")
)
exact = faiss.IndexFlatIP(dimensions)
exact.add(archive)
truth = exact.search(queries, k)[1]


def measure(count, medians):
    index = faiss.IndexLSH(dimensions, count, True, medians)
    index.train(training)
    index.add(archive)
    start = time.perf_counter()
    found = [index.search(queries[i : i + 1], k)[1][0] for i in range(len(queries))]
    took = time.perf_counter() - start
    recall = float(np.mean([len(set(a) & set(b)) / k for a, b in zip(truth, found)]))
    return {"bits": count, "recall": recall, "ms": 1e3 * took / len(queries)}


def better(count):
    return max((measure(count, medians) for medians in (False, True)), key=lambda figures: figures["recall"])


print(json.dumps([better(count) for count in bits]))
