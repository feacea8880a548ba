/** What centres tell each other, piece by piece; two servers that do so are in server/routes/centres.test.ts. */

import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { imageId, patientId } from "../../clinic/ids.ts";
import { Random } from "../../numeric/random.ts";
import type { EntityFact } from "../../store/index.ts";
import { answerQuestion, coarse, countEntities } from "./answer-question.ts";
import { type CodedImages, decodeArchiveCodes, encodeArchiveCodes, withBits } from "./archive-codes.ts";
import { codeFromText, codeToText, shareOfDifferingBits } from "./code-bytes.ts";
import { disguiseCode, disguiseSecret } from "./disguise-code.ts";
import { fingerprintOf, isFingerprint, publicKeyOf, readPublicKey } from "./identity.ts";
import { type AnswerTerms, defaultPolicy } from "./policy.ts";
import { isSignedBy, signMessage } from "./signed-message.ts";
import { judgeQuestion } from "./watch-questions.ts";

const random = new Random(1, "centres");
const randomCode = (bits: number): Uint32Array =>
  Uint32Array.from({ length: bits / 32 }, () => random.integer(2 ** 32));
const { privateKey: key } = generateKeyPairSync("ed25519");

describe("a fingerprint", () => {
  test("is of the key alone, and the same however it is read out", () => {
    const fingerprint = fingerprintOf(publicKeyOf(key));
    expect(fingerprint).toMatch(/^[0-9a-f]{40}$/);
    expect(fingerprintOf(publicKeyOf(generateKeyPairSync("ed25519").publicKey))).not.toBe(fingerprint);
    expect(isFingerprint(` ${fingerprint.toUpperCase().replaceAll(/(.{4})/g, "$1 ")}`, fingerprint)).toBe(true);
    expect(isFingerprint(fingerprint.slice(0, 39), fingerprint)).toBe(false);
    expect(isFingerprint("", fingerprint)).toBe(false);
  });

  test.each(["", "AAAA", "no key at all", "A".repeat(100)])("of %j there is none", (text) => {
    expect(() => readPublicKey(text)).toThrow(expect.objectContaining({ code: "bad-input" }));
  });
});

describe("a signature", () => {
  test("holds for its text, its key and its purpose only", () => {
    const signed = signMessage("question", "text", key);
    const own = publicKeyOf(key);
    expect(isSignedBy("question", signed, own)).toBe(true);
    expect(isSignedBy("answer", signed, own)).toBe(false);
    expect(isSignedBy("question", { ...signed, message: "texts" }, own)).toBe(false);
    expect(isSignedBy("question", signed, publicKeyOf(generateKeyPairSync("ed25519").privateKey))).toBe(false);
    expect(isSignedBy("question", { ...signed, signature: "" }, own)).toBe(false);
  });
});

describe("a code", () => {
  test("comes back from its text, and only at its length", () => {
    const code = randomCode(256);
    expect(codeFromText(codeToText(code), 256)).toEqual(code);
    expect(() => codeFromText(codeToText(code), 128)).toThrow(expect.objectContaining({ code: "bad-input" }));
    expect(() => codeFromText("", 32)).toThrow(expect.objectContaining({ code: "bad-input" }));
  });

  test("leaves with its first bits, and with the share of them flipped that was chosen, always the same", () => {
    const secret = disguiseSecret(key);
    const shares = Array.from({ length: 40 }, () => {
      const code = randomCode(512);
      const told = disguiseCode(code, { bits: 256, flippedShare: 0.2 }, secret);
      expect(told).toHaveLength(8);
      expect(disguiseCode(code, { bits: 256, flippedShare: 0.2 }, secret)).toEqual(told);
      expect(disguiseCode(code, { bits: 256, flippedShare: 0 }, secret)).toEqual(code.slice(0, 8));
      return shareOfDifferingBits(told, code);
    });
    // 10,240 bits: the share's standard deviation is 0.004.
    expect(shares.reduce((sum, share) => sum + share / shares.length, 0)).toBeCloseTo(0.2, 1);
  });

  test("has the same bits flipped by a larger share and more, so that two shares tell no more than one", () => {
    const secret = disguiseSecret(key);
    const code = randomCode(256);
    const [little, much] = [0.1, 0.3].map((flippedShare) => disguiseCode(code, { bits: 256, flippedShare }, secret));
    for (let i = 0; i < 8; i++) expect((code[i]! ^ little![i]!) & ~(code[i]! ^ much![i]!)).toBe(0);
    const another = disguiseSecret(generateKeyPairSync("ed25519").privateKey);
    expect(disguiseCode(code, { bits: 256, flippedShare: 0.3 }, another)).not.toEqual(much);
  });
});

/** An archive of patients with two radiographs each, the second near the first; every fourth patient has something rare. */
const patients = 24;
const archive = (): { coded: CodedImages; facts: Map<EntityFact["image"], EntityFact> } => {
  const facts = new Map<EntityFact["image"], EntityFact>();
  const words: number[] = [];
  for (let p = 0; p < patients; p++) {
    const code = randomCode(256);
    for (const shot of [0, 1]) {
      const image = imageId(`image ${p}.${shot}`);
      const entity = p % 4 > 0 ? "Osteosarcoma" : p === 0 ? "Adamantinoma" : "Osteochondroma";
      facts.set(image, { image, patient: patientId(`P${p}`), entity: p === 5 ? null : entity });
      words.push(...code.map((word, i) => (shot === 1 && i === 0 ? word ^ 0b1011 : word)));
    }
  }
  const codes = { bits: 256, count: facts.size, values: Uint32Array.from(words) };
  return { coded: { images: [...facts.keys()], codes }, facts };
};

const terms: AnswerTerms = { ...defaultPolicy, smallestGroup: 1, distanceStep: 0, closest: 0, farthest: 1 };

describe("an answer", () => {
  const { coded, facts } = archive();
  const codeAt = (position: number): Uint32Array => coded.codes.values.slice(position * 8, position * 8 + 8);
  const ask = (code: Uint32Array, change: Partial<AnswerTerms> = {}, k = 20) =>
    answerQuestion(coded, { code, k }, { facts, terms: { ...terms, mostNeighbours: 20, ...change } });

  test("names each patient once, the nearest first, and nothing but entity and distance", () => {
    const { neighbours, isFar } = ask(codeAt(2), {}, 20);
    expect(isFar).toBe(false);
    expect(neighbours[0]).toEqual({ entity: "Osteosarcoma", distance: 0 });
    expect(neighbours).toHaveLength(20);
    expect(ask(codeAt(2), { mostNeighbours: 3 }).neighbours).toHaveLength(3);
    for (const one of neighbours) expect(Object.keys(one).sort()).toEqual(["distance", "entity"]);
    const distances = neighbours.map(({ distance }) => distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  test("says nothing of who may not be told of, as if the patient were not there", () => {
    const hidden = ask(codeAt(0), { smallestGroup: 5 });
    expect(hidden.neighbours.some(({ entity }) => entity === "Adamantinoma")).toBe(false);
    expect(hidden.isFar).toBe(false); // which is for this centre alone
    const chosen = ask(codeAt(2), { entities: ["Osteochondroma"] }).neighbours;
    expect(new Set(chosen.map(({ entity }) => entity))).toEqual(new Set(["Osteochondroma"]));
    expect(chosen).toHaveLength(5);
    const open = ask(codeAt(10)).neighbours; // of the patient without a final diagnosis
    expect(open.every(({ distance }) => distance > 0.2)).toBe(true);
    // Taking the hidden patient out of the archive changes nothing in what is told.
    const without = new Map([...facts].filter(([, { entity }]) => entity !== "Adamantinoma"));
    const question = { code: codeAt(0), k: 20 };
    const told = { terms: { ...terms, mostNeighbours: 20, smallestGroup: 5 } };
    expect(answerQuestion(coded, question, { facts: without, ...told }).neighbours).toEqual(hidden.neighbours);
  });

  test("is silent beyond the farthest distance, and for an archive without anybody", () => {
    expect(ask(randomCode(256), { farthest: 0.2 }).neighbours).toEqual([]);
    expect(ask(codeAt(2), { farthest: 0.2 }).neighbours).toHaveLength(1);
    const empty = { images: [], codes: { bits: 256, count: 0, values: new Uint32Array() } };
    const { neighbours, isFar } = answerQuestion(empty, { code: randomCode(256), k: 5 }, { facts: new Map(), terms });
    expect([neighbours, isFar]).toEqual([[], true]);
  });

  test("knows a code that was made up, of few bits as of many, and a picture's", () => {
    for (const bits of [32, 64, 128, 256]) {
      const shorter = withBits(coded, bits);
      const isFar = (code: Uint32Array): boolean => answerQuestion(shorter, { code, k: 5 }, { facts, terms }).isFar;
      const invented = Array.from({ length: 100 }, () => isFar(randomCode(bits))).filter(Boolean).length;
      expect(invented, `${bits} bits`).toBeGreaterThan(80);
      expect(isFar(shorter.codes.values.slice(0, bits / 32)), `${bits} bits`).toBe(false);
    }
  });

  test("is rounded up, and tells of nothing nearer than the closest", () => {
    expect(coarse(0, { distanceStep: 0.05, closest: 0.2 })).toBe(0.2);
    expect(coarse(0.21, { distanceStep: 0.05, closest: 0.2 })).toBe(0.25);
    expect(coarse(0.25, { distanceStep: 0.05, closest: 0.2 })).toBe(0.25);
    expect(coarse(0.21, { distanceStep: 0, closest: 0 })).toBe(0.21);
    expect(coarse(0.97, { distanceStep: 0.3, closest: 0 })).toBe(1);
  });

  test("counts the patients of an entity, not their radiographs", () => {
    const [first] = countEntities(facts.values());
    expect(first).toEqual({ entity: "Osteosarcoma", patients: 17 });
  });
});

describe("codes that are kept", () => {
  const { coded } = archive();
  const fingerprints = { network: "n", hashing: { "whole image": "h", lesion: null } };
  const bytes = encodeArchiveCodes({ fingerprints, of: { "whole image": coded, lesion: null } });

  test("come back as they were", () => {
    expect(decodeArchiveCodes(bytes)).toEqual({ fingerprints, of: { "whole image": coded, lesion: null } });
  });

  test.each([
    ["cut short", bytes.subarray(0, bytes.length - 4)],
    ["changed", bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte))],
    ["something else", new TextEncoder().encode("{}\n")],
    ["empty", new Uint8Array()],
  ])("that are %s are refused", (_, damaged) => {
    expect(() => decodeArchiveCodes(damaged)).toThrow(expect.objectContaining({ code: "corrupt-store" }));
  });

  test("have their first bits as shorter codes", () => {
    const { codes } = withBits(coded, 64);
    expect(codes).toMatchObject({ bits: 64, count: coded.codes.count });
    expect([...codes.values.subarray(2, 4)]).toEqual([...coded.codes.values.subarray(8, 10)]);
    expect(withBits(coded, 256).codes).toBe(coded.codes);
  });
});

describe("a question", () => {
  const limits = { perHour: 3, perDay: 10, mostOddities: 5 };
  const quiet = { isPaused: false, isRepeated: false, lastHour: 0, lastDay: 0, oddities: 0, codes: [] };
  const code = randomCode(256);
  const codeOf = (before: Partial<typeof quiet>): string => {
    try {
      return judgeQuestion(code, { ...quiet, ...before }, limits);
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  test.each([
    ["usual", {}],
    ["conflict", { isRepeated: true }],
    ["not-allowed", { isPaused: true }],
    ["too-many-requests", { lastHour: 3 }],
    ["too-many-requests", { lastDay: 10 }],
    ["usual", { lastHour: 2, lastDay: 9 }],
  ])("is %s after %j", (expected, before) => {
    expect(codeOf(before)).toBe(expected);
  });

  test("is a variation of an earlier one that it differs from in a few bits, also where that had other bits", () => {
    const near = code.map((word, i) => (i === 0 ? word ^ 0b101 : word));
    const earlier = (other: Uint32Array): string =>
      judgeQuestion(code, { ...quiet, codes: [codeToText(other)] }, limits);
    expect(earlier(near)).toBe("variation");
    expect(earlier(near.slice(0, 4))).toBe("variation");
    expect(earlier(code)).toBe("usual");
    expect(earlier(randomCode(256))).toBe("usual");
  });
});
