import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageId, type PatientId, patientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import { matrixOfRows } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import { Hashing } from "./hashing/hashing.ts";
import { decodeHashing, encodeHashing } from "./hashing/hashing-file.ts";
import { fitRandomHyperplanes } from "./hashing/random-hyperplanes.ts";
import { decodePrecedentIndex, encodePrecedentIndex } from "./index-file.ts";
import { exactNeighbours, hashNeighbours } from "./neighbours.ts";
import { buildPrecedentIndex, queryOf } from "./precedent-index.ts";

const random = new Random(1, "index-file");
const features = matrixOfRows(Array.from({ length: 30 }, () => Array.from({ length: 20 }, () => random.normal())));
const patients = Array.from({ length: 30 }, (_, i) => patientId(`P${i >> 1}`));
const index = buildPrecedentIndex({
  modelId: "model-7",
  hashing: fitRandomHyperplanes({ features, patients }, { seed: 3, bits: 64 }),
  entries: Array.from({ length: 30 }, (_, i) => ({
    image: imageId(`Aufnahme ${i} ü.png`),
    patient: patients[i]!,
    label: i % 3 === 0 ? null : "osteosarcoma",
  })),
  features,
});
const bytes = encodePrecedentIndex(index);

const failure = (broken: Uint8Array): OsteonError => {
  try {
    decodePrecedentIndex(broken);
  } catch (error) {
    if (error instanceof OsteonError) return error;
    throw error;
  }
  throw new Error("The bytes were accepted.");
};

describe("a written index", () => {
  test("reads back equal, answers equally, and encodes to the same bytes", () => {
    const back = decodePrecedentIndex(bytes, { modelId: "model-7" });
    expect(back.entries).toEqual(index.entries);
    expect(back.directions).toEqual(index.directions);
    expect(back.codes).toEqual(index.codes);
    const feature = Float32Array.from({ length: 20 }, () => random.normal());
    for (const search of [hashNeighbours, exactNeighbours]) {
      const options = { k: 5, excludePatients: new Set<PatientId>() };
      expect(search(back, queryOf(back, feature), options)).toEqual(search(index, queryOf(index, feature), options));
    }
    expect(encodePrecedentIndex(back)).toEqual(bytes);
  });

  test("encodes by the normals that it holds, however they were made", () => {
    const { parts } = index.hashing;
    const turned = new Hashing({ ...parts, normals: parts.normals.map((value) => -value) });
    const back = decodePrecedentIndex(encodePrecedentIndex({ ...index, hashing: turned }));
    const feature = Float32Array.from({ length: 20 }, () => random.normal());
    expect(back.hashing.encode(feature)).toEqual(turned.encode(feature));
    expect(back.hashing.encode(feature)).toEqual(index.hashing.encode(feature).map((word) => ~word));
  });

  test("says which family made its codes, and on whom it was fitted", () => {
    const { hashing } = decodePrecedentIndex(bytes);
    expect(hashing.parts).toEqual(index.hashing.parts);
    expect(hashing.fittedOn).toEqual([...new Set(patients)].sort());
  });

  test("of an earlier version asks to be built anew", () => {
    const text = Buffer.from(bytes).toString("latin1").replace('"version":3', '"version":2');
    const earlier = Uint8Array.from(Buffer.from(text, "latin1"));
    earlier.set(createHash("sha256").update(earlier.subarray(40)).digest(), 8);
    expect(failure(earlier).message).toContain("index 2 and not osteon-precedent-index 3; build it anew with `osteon");
  });

  test("reads from any position in memory", () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodePrecedentIndex(shifted.subarray(3)).codes).toEqual(index.codes);
  });

  test("describes itself", () => {
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain(
      '"format":"osteon-precedent-index","version":3,"modelId":"model-7","family":"random-hyperplanes","bits":64,"dimensions":20,"seed":3',
    );
  });

  test("an empty archive is an index too", () => {
    const empty = buildPrecedentIndex({
      ...index,
      entries: [],
      features: { rows: 0, columns: 20, values: new Float32Array(0) },
    });
    const back = decodePrecedentIndex(encodePrecedentIndex(empty));
    const query = queryOf(back, new Float32Array(20));
    expect(hashNeighbours(back, query, { k: 3, excludePatients: new Set() })).toEqual([]);
  });
});

describe("what is no whole index is refused as corrupt-store", () => {
  test("cut anywhere", () => {
    fc.assert(fc.property(fc.nat(bytes.length - 1), (end) => failure(bytes.slice(0, end)).code === "corrupt-store"));
  });

  test("with any byte changed", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = bytes.slice();
        broken[at] ^= change;
        expect(failure(broken).code).toBe("corrupt-store");
      }),
    );
  });

  test("longer than written", () => {
    expect(failure(Uint8Array.from([...bytes, 0])).code).toBe("corrupt-store");
  });

  test("foreign", () => {
    expect(failure(new TextEncoder().encode("PNG or what you like")).message).toContain("not a file of that kind");
    expect(failure(new Uint8Array(0)).code).toBe("corrupt-store");
  });

  test.each([
    ['"version":3', '"version":2'],
    ['"random-hyperplanes"', '"another-hyperplane"'],
    ['"bits":64', '"bits":96'],
    ['"bits":64', '"bits":65'],
    ['"dimensions":20', '"dimensions":21'],
    ['"Aufnahme 0', '"x","Aufna0'],
  ])("with a sound digest over a header where %s is %s", (from, to) => {
    const text = Buffer.from(bytes).toString("latin1").replace(from, to);
    const forged = Uint8Array.from(Buffer.from(text, "latin1"));
    expect(forged.length).toBe(bytes.length);
    forged.set(createHash("sha256").update(forged.subarray(40)).digest(), 8);
    expect(failure(forged).code).toBe("corrupt-store");
  });
});

test("an index of another model is refused with both names", () => {
  expect(() => decodePrecedentIndex(bytes, { modelId: "model-8" })).toThrow(
    "made with model model-7 and the model is now model-8",
  );
});

test("a hashing travels alone, and what is no whole hashing is refused", () => {
  const alone = encodeHashing(index.hashing);
  expect(decodeHashing(alone).parts).toEqual(index.hashing.parts);
  expect(decodeHashing(alone).fingerprint).toBe(index.hashing.fingerprint);
  expect(() => decodeHashing(alone.subarray(0, alone.length - 1))).toThrow("is cut short or was changed");
  expect(() => decodeHashing(bytes)).toThrow("is not a file of that kind");
});
