/** `npm run wasm`: the bytes of the search's WebAssembly module from its text, written beside it. Nothing needs them to be made to run. */

import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import loadWabt from "wabt";

const folder = resolve(import.meta.dirname, "../../src/retrieval/search");
const features = { multi_memory: true, simd: true, threads: true };

/** The module as the file that holds it says it. */
export const assembledSource = async (): Promise<string> => {
  const wabt = await loadWabt();
  const name = "popcount-scan.wat";
  const parsed = wabt.parseWat(name, await readFile(resolve(folder, name), "utf8"), features);
  const text = Buffer.from(parsed.toBinary({}).buffer).toString("base64");
  const lines = text.match(/.{1,112}/g)!.map((line) => `  "${line}"`);
  return [
    "/** `popcount-scan.wat` as bytes, made by `npm run wasm`; a test refuses bytes that do not belong to the text. */",
    "",
    "export const popcountScan: string =",
    `${lines.join(" +\n")};`,
    "",
  ].join("\n");
};

if (import.meta.main) await writeFile(resolve(folder, "popcount-scan.ts"), await assembledSource());
