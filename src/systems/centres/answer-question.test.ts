/** What is told of an archive's codes, where they are kept in a file of a home and where two databases share them out. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerPlainly, type PlainCode } from "../../../test/support/answer-plainly.ts";
import { type ImageId, imageId, patientId } from "../../clinic/ids.ts";
import { Random } from "../../numeric/random.ts";
import { type EntityFact, type Home, openHome } from "../../store/index.ts";
import { answerQuestion, coarse, countEntities } from "./answer-question.ts";
import { openCodesInDatabases } from "./codes-in-databases.ts";
import { readCodesInFile, writeCodesInFile } from "./codes-in-file.ts";
import type { CodeReader, CodeWriter } from "./kept-codes.ts";
import { type AnswerTerms, commonBits, defaultPolicy } from "./policy.ts";

const random = new Random(1, "answers");
const words = commonBits / 32;
const randomCode = (length = words): Uint32Array => Uint32Array.from({ length }, () => random.integer(2 ** 32));

/** Patients with two radiographs each, the second near the first; every fourth patient has something rare, and one nothing final. */
const patients = 24;
const facts = new Map<ImageId, EntityFact>();
const archive: PlainCode[] = [];
for (let p = 0; p < patients; p++) {
  const code = randomCode();
  for (const shot of [0, 1]) {
    const image = imageId(`${(p * 37) % 100}-${p}.${shot}`);
    const entity = p % 4 > 0 ? "Osteosarcoma" : p === 0 ? "Adamantinoma" : "Osteochondroma";
    facts.set(image, { image, patient: patientId(`P${p}`), entity: p === 5 ? null : entity });
    archive.push({ image, code: code.map((word, i) => (shot === 1 && i === 0 ? word ^ 0b1011 : word)) });
  }
}
// Of other patients, as near to the first ones as their own second shot is: equal distances.
for (const p of [6, 7, 9, 10]) {
  const image = imageId(`${(p * 53) % 100}-${p}.twin`);
  facts.set(image, { image, patient: patientId(`Twin ${p}`), entity: "Osteosarcoma" });
  archive.push({ image, code: archive[2]!.code.map((word, i) => (i === 0 ? word ^ 0b1101 : word)) });
}
const codeAt = (position: number, bits = 256): Uint32Array => archive[position]!.code.slice(0, bits / 32);
const terms: AnswerTerms = { ...defaultPolicy, smallestGroup: 1, distanceStep: 0, closest: 0, farthest: 1 };

let folder: string;
const homes: Home[] = [];
const opened: (CodeReader | CodeWriter)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-answers-"));
  for (const name of ["one", "two"]) {
    homes.push(await openHome(join(folder, name), { command: "a test", since: "2026-01-01", create: true }));
  }
}, 300_000);
afterAll(async () => {
  for (const codes of opened) await codes.close();
  for (const home of homes) await home.close();
  await rm(folder, { recursive: true, force: true });
});

const inFile = async (name: string): Promise<CodeReader & CodeWriter> => {
  const { files } = homes[0]!;
  const writer = await writeCodesInFile(files, name);
  const reader = (await readCodesInFile(files, name))!;
  const close = () => Promise.all([writer.close(), reader.close()]).then(() => {});
  return { ...writer, ...reader, close };
};
const inDatabases = (name: string): Promise<CodeReader & CodeWriter> => {
  const shards = homes.map(({ database }, i) => ({ name: `database ${i}`, database }));
  return openCodesInDatabases({ shards, owner: "centres test ", close: async () => {} }, name);
};

describe.each([
  ["a file", inFile],
  ["two databases", inDatabases],
] as const)("an answer out of %s", (_, open) => {
  let codes: CodeReader & CodeWriter;
  beforeAll(async () => {
    codes = await keep("answers", archive);
  }, 300_000);

  /** Codes are kept under the radiograph and what of it was seen. */
  const keep = async (name: string, kept: readonly PlainCode[]): Promise<CodeReader & CodeWriter> => {
    const made = await open(name);
    opened.push(made);
    await made.write(
      kept.map(({ image, code }) => ({
        image: imageId(`${image} seen`),
        patient: facts.get(image)?.patient ?? patientId("nobody"),
        code,
      })),
    );
    return made;
  };
  const ask = (code: Uint32Array, change: Partial<AnswerTerms> = {}, k = 20) =>
    answerQuestion(codes, { code, k }, { facts, terms: { ...terms, mostNeighbours: 20, ...change } });

  test("is the plain scan's, whoever is hidden, however far is told, however many bits are sent", async () => {
    const entities = [null, ["Osteochondroma"], ["Osteosarcoma", "Adamantinoma"], []] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          about: fc.nat(archive.length - 1),
          noise: fc.nat(40),
          length: fc.integer({ min: 1, max: words }),
          k: fc.integer({ min: 1, max: 30 }),
          chosen: fc.constantFrom(...entities),
          smallestGroup: fc.constantFrom(1, 2, 5),
          mostNeighbours: fc.integer({ min: 1, max: 30 }),
          farthest: fc.constantFrom(0, 0.05, 0.25, 0.35, 0.45, 0.5, 1),
          distanceStep: fc.constantFrom(0, 0.05),
          hidden: fc.array(fc.nat(archive.length - 1), { maxLength: 20 }),
        }),
        async ({ about, noise, length, k, chosen, hidden, ...changed }) => {
          const code = codeAt(about, length * 32).map((word, i) => (i < noise / 8 ? word ^ random.uint32() : word));
          const without = new Set(hidden.map((i) => archive[i]!.image));
          const known = new Map([...facts].filter(([image]) => !without.has(image)));
          const told = { facts: known, terms: { ...terms, ...changed, entities: chosen } };
          expect(await answerQuestion(codes, { code, k }, told)).toEqual(answerPlainly(archive, { code, k }, told));
        },
      ),
      { numRuns: 100 },
    );
  }, 300_000);

  test("names each patient once, the nearest first, and nothing but entity and distance", async () => {
    const { neighbours, isFar } = await ask(codeAt(2), {}, 20);
    expect(isFar).toBe(false);
    expect(neighbours[0]).toEqual({ entity: "Osteosarcoma", distance: 0 });
    expect(neighbours).toHaveLength(20);
    expect((await ask(codeAt(2), { mostNeighbours: 3 })).neighbours).toHaveLength(3);
    for (const one of neighbours) expect(Object.keys(one).sort()).toEqual(["distance", "entity"]);
    const distances = neighbours.map(({ distance }) => distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  test("says nothing of who may not be told of, as if the patient were not there", async () => {
    const hidden = await ask(codeAt(0), { smallestGroup: 5 });
    expect(hidden.neighbours.some(({ entity }) => entity === "Adamantinoma")).toBe(false);
    expect(hidden.isFar).toBe(false); // which is for this centre alone
    const chosen = (await ask(codeAt(2), { entities: ["Osteochondroma"] })).neighbours;
    expect(new Set(chosen.map(({ entity }) => entity))).toEqual(new Set(["Osteochondroma"]));
    expect(chosen).toHaveLength(5);
    const open = (await ask(codeAt(10))).neighbours; // of the patient without a final diagnosis
    expect(open.every(({ distance }) => distance > 0.2)).toBe(true);
    // Taking the hidden patient out of the archive changes nothing in what is told.
    const without = new Map([...facts].filter(([, { entity }]) => entity !== "Adamantinoma"));
    const told = { facts: without, terms: { ...terms, mostNeighbours: 20, smallestGroup: 5 } };
    expect((await answerQuestion(codes, { code: codeAt(0), k: 20 }, told)).neighbours).toEqual(hidden.neighbours);
  });

  test("is silent beyond the farthest distance, and for an archive without anybody", async () => {
    expect((await ask(randomCode(8), { farthest: 0.2 })).neighbours).toEqual([]);
    expect((await ask(codeAt(40), { farthest: 0.2 })).neighbours).toHaveLength(1);
    const empty = await keep("empty", []);
    const { neighbours, isFar } = await answerQuestion(empty, { code: randomCode(8), k: 5 }, { facts, terms });
    expect([neighbours, isFar]).toEqual([[], true]);
  });

  test("knows a code that was made up, of few bits as of many, and a picture's", async () => {
    for (const bits of [32, 64, 128, 256]) {
      let invented = 0;
      for (let i = 0; i < 50; i++) invented += Number((await ask(randomCode(bits / 32))).isFar);
      expect(invented, `${bits} bits`).toBeGreaterThan(35);
      expect((await ask(codeAt(0, bits))).isFar, `${bits} bits`).toBe(false);
    }
  });

  test("is of what is there when it is asked for", async () => {
    const growing = await keep("growing", []);
    const question = { code: codeAt(2), k: 1 };
    for (const { image, code } of archive.slice(0, 6)) {
      await growing.write([{ image: imageId(`${image} seen`), patient: facts.get(image)!.patient, code }]);
      const now = archive.slice(0, archive.findIndex((one) => one.image === image) + 1);
      expect(await growing.count()).toBe(now.length);
      expect(await answerQuestion(growing, question, { facts, terms })).toEqual(
        answerPlainly(now, question, { facts, terms }),
      );
    }
    await growing.remove([imageId(`${archive[2]!.image} seen`)]);
    const names: ImageId[] = [];
    for await (const page of growing.images()) names.push(...page);
    const left = archive.slice(0, 6).filter((_, i) => i !== 2);
    expect(names.sort()).toEqual(left.map(({ image }) => `${image} seen`).sort());
    expect(await answerQuestion(growing, question, { facts, terms })).toEqual(
      answerPlainly(left, question, { facts, terms }),
    );
  });
});

describe("what is told", () => {
  test("is rounded up, and of nothing nearer than the closest", () => {
    expect(coarse(0, { distanceStep: 0.05, closest: 0.2 })).toBe(0.2);
    expect(coarse(0.21, { distanceStep: 0.05, closest: 0.2 })).toBe(0.25);
    expect(coarse(0.25, { distanceStep: 0.05, closest: 0.2 })).toBe(0.25);
    expect(coarse(0.21, { distanceStep: 0, closest: 0 })).toBe(0.21);
    expect(coarse(0.97, { distanceStep: 0.3, closest: 0 })).toBe(1);
  });

  test("counts the patients of an entity, not their radiographs", () => {
    const [first] = countEntities(facts.values());
    expect(first).toEqual({ entity: "Osteosarcoma", patients: 21 });
  });
});
