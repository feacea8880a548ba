/** What centres tell each other, piece by piece, but for the answers; two servers that do so are in server/routes/centres.test.ts. */

import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Random } from "../../numeric/random.ts";
import { codeFromText, codeToText, shareOfDifferingBits } from "./code-bytes.ts";
import { disguiseCode, disguiseSecret } from "./disguise-code.ts";
import { fingerprintOf, isFingerprint, publicKeyOf, readPublicKey } from "./identity.ts";
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
