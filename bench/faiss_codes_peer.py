#!/usr/bin/python3
"""The peer of the code search: FAISS on one thread, over codes and queries from files.

Usage: faiss_codes_peer.py CODES QUERIES BITS K   then one line on standard input for each round:
       flat                         exact (IndexBinaryFlat)
       hash KEY_BITS FLIPS          one table (IndexBinaryHash)
       multihash TABLES KEY_BITS FLIPS   several (IndexBinaryMultiHash)
Prints one line of JSON for each: milliseconds and distances of every query, asked one at a time.
Setup: apt-get install python3-faiss
"""
import json
import sys
import time

import faiss
import numpy as np

codes_path, queries_path, bits, k = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
faiss.omp_set_num_threads(1)
codes = np.fromfile(codes_path, dtype=np.uint8).reshape(-1, bits // 8)
queries = np.fromfile(queries_path, dtype=np.uint8).reshape(-1, bits // 8)
indexes = {}


def index_of(words):
    if tuple(words) not in indexes:
        kind, settings = words[0], [int(word) for word in words[1:]]
        if kind == "flat":
            index = faiss.IndexBinaryFlat(bits)
        elif kind == "hash":
            index = faiss.IndexBinaryHash(bits, settings[0])
            index.nflip = settings[1]
        else:
            index = faiss.IndexBinaryMultiHash(bits, settings[0], settings[1])
            index.nflip = settings[2]
        index.add(codes)
        index.search(queries[:1], k)
        indexes[tuple(words)] = index
    return indexes[tuple(words)]


print("ready", flush=True)
for line in sys.stdin:
    index = index_of(line.split())
    times, distances = [], []
    for i in range(len(queries)):
        start = time.perf_counter()
        found, _ = index.search(queries[i : i + 1], k)
        times.append(1e3 * (time.perf_counter() - start))
        distances.append(found[0].tolist())
    print(json.dumps({"ms": times, "distances": distances}), flush=True)
