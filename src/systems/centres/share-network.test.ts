/** A network from elsewhere: taken over where it is one, refused where it is broken or means harm. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../../engine/safetensors.ts";
import { type FloatTensor, floatTensor } from "../../engine/tensor.ts";
import { resNet18 } from "../../models/resnet.ts";
import { initialState, stateSpecs } from "../../nn/network.ts";
import { type Home, openHome } from "../../store/index.ts";
import { presets } from "../precedents/index.ts";
import {
  type CommonNetwork,
  decodeCommonNetwork,
  encodeCommonNetwork,
  fingerprintsOf,
  hyperplanesThrough,
} from "./common-network.ts";
import { indexForCentres } from "./index-archive.ts";
import { adoptNetwork, findNetwork, shareNetwork } from "./share-network.ts";

let home: Home;
let folder: string;
let network: CommonNetwork;
let bytes: Uint8Array;
const now = (): Date => new Date("2026-01-01T00:00:00Z");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-centres-"));
  home = await openHome(join(folder, "home"), { command: "test", create: true, since: now().toISOString() });
  const untrained = resNet18({ numClasses: 2 });
  network = {
    model: {
      card: {
        format: "osteon-precedents-model-1",
        modelId: "a-run",
        target: "entity",
        classes: ["a", "b"],
        settings: { ...presets.small, imageSizes: [32], sourceSize: 64 },
        epochs: 1,
        seed: 0,
        radiographs: 2,
        patients: 2,
        codeVersion: "0",
        heldOutPatients: ["of-this-centre"],
      } as CommonNetwork["model"]["card"],
      members: [initialState(stateSpecs(untrained, [3, 1, 32, 32]), 1)],
    },
    hashing: { "whole image": hyperplanesThrough(new Float32Array(512).fill(0.1)), lesion: null },
  };
  bytes = encodeCommonNetwork(network);
}, 120_000);
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

test("before there is a network, nothing can be shared or indexed", async () => {
  await expect(shareNetwork(home, { now })).rejects.toMatchObject({ code: "not-trained" });
  await expect(indexForCentres(home, { now })).rejects.toMatchObject({ code: "not-trained" });
  expect(await findNetwork(home)).toBeNull();
});

test("a network comes back from its file with the same fingerprints, and is taken over", async () => {
  const read = decodeCommonNetwork(bytes);
  expect(fingerprintsOf(read)).toEqual(fingerprintsOf(network));
  expect(read.hashing["whole image"]!.encode(new Float32Array(512).fill(0.2))).toEqual(
    network.hashing["whole image"]!.encode(new Float32Array(512).fill(0.2)),
  );
  const report = await adoptNetwork(home, bytes, { now });
  expect(await findNetwork(home)).toEqual(report);
  expect(report).toMatchObject({ ...fingerprintsOf(network), isOwn: false, bits: 512 });
}, 60_000);

test("nothing leaves the centre but what is told of a network", () => {
  const text = Buffer.from(bytes).toString("latin1");
  expect(text).toContain("a-run");
  expect(text).not.toContain("of-this-centre");
});

test("another weight or another mean makes another fingerprint", () => {
  const { network: of, hashing } = fingerprintsOf(network);
  const [state] = network.model.members;
  const [[name, tensor]] = [...state!];
  const data = Float32Array.from(tensor.data as Float32Array);
  data[0]! += 1e-6;
  const members = [new Map(state!).set(name, floatTensor(tensor.shape, data))];
  expect(fingerprintsOf({ ...network, model: { ...network.model, members } }).network).not.toBe(of);
  const mean = new Float32Array(512).fill(0.1);
  mean[511] = 0.1001;
  const other = { "whole image": hyperplanesThrough(mean), lesion: null };
  expect(fingerprintsOf({ ...network, hashing: other }).hashing["whole image"]).not.toBe(hashing["whole image"]);
});

describe("a file that is no such network is refused", () => {
  /** The file with something changed. */
  const changed = (change: {
    tensors?: (tensors: Map<string, FloatTensor>) => void;
    card?: (card: Record<string, unknown>) => void;
    format?: string;
  }): Uint8Array => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const own = new Map(tensors as Map<string, FloatTensor>);
    change.tensors?.(own);
    const card = JSON.parse(metadata.card!) as Record<string, unknown>;
    change.card?.(card);
    return encodeSafetensors({
      tensors: own,
      metadata: { format: change.format ?? metadata.format!, card: JSON.stringify(card) },
    });
  };

  test.each<[string, () => Uint8Array]>([
    ["text", () => new TextEncoder().encode("not a network")],
    ["empty", () => new Uint8Array()],
    ["cut short", () => bytes.subarray(0, bytes.length - 1000)],
    ["of another version", () => changed({ format: "osteon-common-network-9" })],
    ["without hashing", () => changed({ tensors: (tensors) => tensors.delete("hashing/whole image/mean") })],
    [
      "with hashing of other features",
      () =>
        changed({
          tensors: (tensors) => tensors.set("hashing/whole image/mean", floatTensor([9], new Float32Array(9))),
        }),
    ],
    [
      "with what is no number",
      () =>
        changed({
          tensors: (tensors) =>
            tensors.set("hashing/whole image/mean", floatTensor([512], new Float32Array(512).fill(Number.NaN))),
        }),
    ],
    [
      "with pictures too large",
      () => changed({ card: (card) => Object.assign(card.settings!, { imageSizes: [1e9] }) }),
    ],
    [
      "of a network that is not known",
      () => changed({ card: (card) => Object.assign(card.settings!, { architecture: "x" }) }),
    ],
    [
      "with a network too few",
      () => changed({ card: (card) => Object.assign(card.settings!, { imageSizes: [32, 48] }) }),
    ],
  ])("%s", (_, make) => {
    expect(() => decodeCommonNetwork(make())).toThrow(expect.objectContaining({ code: "bad-input" }));
  });

  test("one whose parts do not fit together, before anything of it is kept", async () => {
    const before = await findNetwork(home);
    const broken = changed({ tensors: (tensors) => tensors.delete("network/0/conv1.weight") });
    await expect(adoptNetwork(home, broken, { now })).rejects.toMatchObject({ code: "bad-input" });
    expect(await findNetwork(home)).toEqual(before);
  }, 60_000);
});
