import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageId, type PatientId, patientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import { matrixOfRows } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import { type ByteSource, joinParts, sourceOf } from "./array-file.ts";
import { Hashing } from "./hashing/hashing.ts";
import { decodeHashing, encodeHashing } from "./hashing/hashing-file.ts";
import { fitRandomHyperplanes, randomHyperplanes } from "./hashing/random-hyperplanes.ts";
import { precedentIndexParts, readPrecedentIndex } from "./index-file.ts";
import { exactNeighbours, hashNeighbours } from "./neighbours.ts";
import { buildPrecedentIndex, type PrecedentIndex, queryOf } from "./precedent-index.ts";
import { openSharedIndex } from "./shared-index.ts";

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
const encode = (given: PrecedentIndex): Uint8Array => joinParts(precedentIndexParts(given));
const decode = async (given: Uint8Array): Promise<PrecedentIndex> =>
  openSharedIndex(await readPrecedentIndex(sourceOf(given)));
const bytes = encode(index);

const failure = async (broken: Uint8Array): Promise<OsteonError> => {
  try {
    await decode(broken);
  } catch (error) {
    if (error instanceof OsteonError) return error;
    throw error;
  }
  throw new Error("The bytes were accepted.");
};

/** The bytes with a sound digest, whatever they are. */
const sealed = (given: Uint8Array): Uint8Array => {
  given.set(createHash("sha256").update(given.subarray(40)).digest(), 8);
  return given;
};

describe("a written index", () => {
  test("reads back equal, answers equally, and encodes to the same bytes", async () => {
    const back = await decode(bytes);
    expect(back.entries).toEqual(index.entries);
    expect(back.directions).toEqual(index.directions);
    expect([...back.codes.values]).toEqual([...index.codes.values]);
    const feature = Float32Array.from({ length: 20 }, () => random.normal());
    for (const search of [hashNeighbours, exactNeighbours]) {
      const options = { k: 5, excludePatients: new Set<PatientId>() };
      expect(search(back, queryOf(back, feature), options)).toEqual(search(index, queryOf(index, feature), options));
    }
    expect(encode(back)).toEqual(bytes);
  });

  test("keeps whatever images, patients and labels are called", async () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" });
    const entry = fc.record({
      image: text.map(imageId),
      patient: text.map(patientId),
      label: fc.option(fc.oneof(text, fc.constantFrom("", "a", "b"))),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (entries) => {
        const values = Float32Array.from({ length: entries.length * 20 }, () => random.normal());
        const made = buildPrecedentIndex({
          ...index,
          entries,
          features: { rows: entries.length, columns: 20, values },
        });
        const back = await decode(encode(made));
        expect(back.entries).toEqual(entries);
        expect(encode(back)).toEqual(encode(made));
      }),
    );
  });

  test("larger than the pieces in which it is read comes back whole, or is refused", async () => {
    const [count, columns] = [5_000, 200];
    const values = Float32Array.from({ length: count * columns }, (_, i) => Math.sin(i));
    const entries = Array.from({ length: count }, (_, i) => ({
      image: imageId(`image ${i}`),
      patient: patientId(`P${i}`),
      label: null,
    }));
    const hashing = randomHyperplanes({ seed: 1, bits: 32, mean: new Float32Array(columns) });
    const made = buildPrecedentIndex({ modelId: "m", hashing, entries, features: { rows: count, columns, values } });
    const written = encode(made);
    expect(written.length).toBeGreaterThan(3 * 2 ** 20);
    expect(Buffer.compare(encode(await decode(written)), written)).toBe(0);
    written[written.length >> 1]! ^= 1;
    expect((await failure(written)).code).toBe("corrupt-store");
  });

  test("lies in memory that threads share", async () => {
    const { hashing, directions, codes } = await readPrecedentIndex(sourceOf(bytes));
    for (const { buffer } of [hashing.normals, directions.values, codes.memory])
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test("encodes by the normals that it holds, however they were made", async () => {
    const { parts } = index.hashing;
    const turned = new Hashing({ ...parts, normals: parts.normals.map((value) => -value) });
    const back = await decode(encode({ ...index, hashing: turned }));
    const feature = Float32Array.from({ length: 20 }, () => random.normal());
    expect(back.hashing.encode(feature)).toEqual(turned.encode(feature));
    expect(back.hashing.encode(feature)).toEqual(index.hashing.encode(feature).map((word) => ~word));
  });

  test("says which family made its codes, and on whom it was fitted", async () => {
    const { hashing } = await decode(bytes);
    expect(hashing.parts).toEqual(index.hashing.parts);
    expect(hashing.fittedOn).toEqual([...new Set(patients)].sort());
  });

  test("of an earlier version asks to be built anew", async () => {
    const text = Buffer.from(bytes).toString("latin1").replace('"version":4', '"version":3');
    const earlier = sealed(Uint8Array.from(Buffer.from(text, "latin1")));
    expect((await failure(earlier)).message).toContain(
      "index 3 and not osteon-precedent-index 4; build it anew with `osteon",
    );
  });

  test("describes itself", () => {
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain(
      '"format":"osteon-precedent-index","version":4,"modelId":"model-7","family":"random-hyperplanes","bits":64,"dimensions":20,"seed":3',
    );
  });

  test("an empty archive is an index too", async () => {
    const empty = buildPrecedentIndex({
      ...index,
      entries: [],
      features: { rows: 0, columns: 20, values: new Float32Array(0) },
    });
    const back = await decode(encode(empty));
    const query = queryOf(back, new Float32Array(20));
    expect(hashNeighbours(back, query, { k: 3, excludePatients: new Set() })).toEqual([]);
  });
});

describe("what is no whole index is refused as corrupt-store", () => {
  test("cut anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (end) => {
        expect((await failure(bytes.slice(0, end))).code).toBe("corrupt-store");
      }),
    );
  });

  test("with any byte changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const broken = bytes.slice();
        broken[at]! ^= change;
        expect((await failure(broken)).code).toBe("corrupt-store");
      }),
    );
  });

  test("longer than written", async () => {
    expect((await failure(Uint8Array.from([...bytes, 0]))).code).toBe("corrupt-store");
  });

  test("foreign", async () => {
    expect((await failure(new TextEncoder().encode("PNG or what you like"))).message).toContain(
      "not a file of that kind",
    );
    expect((await failure(new Uint8Array(0))).code).toBe("corrupt-store");
  });

  test("that grows shorter while it is read", async () => {
    const source = sourceOf(bytes);
    let left = bytes.length - 10;
    const shrinking: ByteSource = {
      byteLength: bytes.length,
      read: async (into) => {
        left -= into.length;
        if (left < 0) throw new OsteonError("corrupt-store", "The home lacks the end of it.");
        await source.read(into);
      },
    };
    await expect(readPrecedentIndex(shrinking)).rejects.toThrow("lacks the end");
  });

  test.each([
    ['"version":4', '"version":2'],
    ['"random-hyperplanes"', '"another-hyperplane"'],
    ['"bits":64', '"bits":96'],
    ['"bits":64', '"bits":65'],
    ['"dimensions":20', '"dimensions":21'],
    ['"images":{"count":30', '"images":{"count":31'],
    ['"patients":{"count":15', '"patients":{"count":-5'],
    ['"labels":{"count":1,', '"labels":{"count":9,'],
  ])("with a sound digest over a header where %s is %s", async (from, to) => {
    const text = Buffer.from(bytes).toString("latin1").replace(from, to);
    const forged = Uint8Array.from(Buffer.from(text, "latin1"));
    expect(forged.length).toBe(bytes.length);
    expect(forged).not.toEqual(bytes);
    expect((await failure(sealed(forged))).code).toBe("corrupt-store");
  });

  test("with a sound digest over patients that it does not name", async () => {
    const forged = bytes.slice();
    const arrays = 30 * 20 * 4 + (30 * 64) / 8; // directions and codes, at the end
    forged[bytes.length - arrays - 30 * 4 - 4] = 15; // the last patient, before the labels
    expect((await failure(sealed(forged))).message).toContain("contradicts itself");
  });
});

test("an index of another model is refused with both names", async () => {
  expect((await readPrecedentIndex(sourceOf(bytes), { modelId: "model-7" })).modelId).toBe("model-7");
  await expect(readPrecedentIndex(sourceOf(bytes), { modelId: "model-8" })).rejects.toThrow(
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
