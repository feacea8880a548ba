import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaryOf, MultipartError, readMultipart } from "./multipart.ts";

const boundary = "a-boundary";

/** The bytes in chunks of the given lengths, over and over. */
async function* inChunks(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

const compose = (parts: readonly Uint8Array[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\nX: y\r\n\r\n`),
      part,
      Buffer.from("\r\n"),
    ]),
    Buffer.from(`--${boundary}--\r\nan epilogue`),
  ]);

const readAll = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer[]> => {
  const parts: Buffer[] = [];
  for await (const { headers, body } of readMultipart(chunks, boundary)) {
    expect(headers.get("content-type")).toBe("application/dicom");
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(Buffer.from(piece));
    parts.push(Buffer.concat(pieces));
  }
  return parts;
};

/** Bytes with much of what looks like the beginning of a boundary. */
const part = fc
  .array(fc.constantFrom("\r", "\n", "\r\n", "--", "\r\n--", `\r\n--${boundary.slice(0, 5)}`, "a", "\0", "ÿ"), {
    maxLength: 30,
  })
  .map((words) => Buffer.from(words.join(""), "latin1"));

test("the parts come out as they went in, wherever the chunks are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      async (parts, lengths) => {
        expect(await readAll(inChunks(compose(parts), lengths))).toEqual(parts);
      },
    ),
    { numRuns: 300 },
  );
});

test("an answer that is cut anywhere before its last boundary is an error, never a part that seems whole", async () => {
  const parts = [Buffer.from("first"), Buffer.from("second")];
  const whole = compose(parts);
  const end = whole.indexOf("--\r\nan epilogue");
  for (let length = 0; length < end + 2; length++) {
    await expect(readAll(inChunks(whole.subarray(0, length), [7]))).rejects.toThrow(MultipartError);
  }
  expect(await readAll(inChunks(whole.subarray(0, end + 2), [7]))).toEqual(parts);
});

test("who leaves a part unread gets the next one", async () => {
  const seen: string[] = [];
  for await (const { body } of readMultipart(
    inChunks(compose([Buffer.from("one"), Buffer.from("two")]), [5]),
    boundary,
  )) {
    for await (const piece of body) {
      seen.push(Buffer.from(piece).toString()[0]!);
      break;
    }
  }
  expect(seen).toEqual(["o", "t"]);
});

describe("what is no multipart body", () => {
  test.each([
    ["nothing at all", ""],
    ["endless preamble", "x".repeat(70_000)],
    ["endless headers", `--${boundary}\r\n${"X: y\r\n".repeat(5000)}`],
    ["another boundary", "--other\r\n\r\nx\r\n--other--"],
  ])("%s is an error", async (_, text) => {
    await expect(readAll(inChunks(Buffer.from(text), [1000]))).rejects.toThrow(MultipartError);
  });
});

test.each([
  ['multipart/related; type="application/dicom"; boundary=abc', "abc"],
  ['multipart/related; boundary="a b;c"; type="application/dicom"', "a b;c"],
  ["Multipart/Related;BOUNDARY=x", "x"],
  ["application/dicom", undefined],
  ["multipart/related", undefined],
])("the boundary of %s is %s", (contentType, expected) => {
  expect(boundaryOf(contentType)).toBe(expected);
});
