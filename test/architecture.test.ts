/** The walls between the folders (docs/explanation/architecture.md): who may import whom, and nothing against it. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const source = join(root, "src");

/** For each folder of src, the folders it may import besides itself, `numeric` and `errors.ts`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  numeric: [],
  onnx: [],
  engine: ["onnx"],
  nn: ["engine", "onnx"],
  models: ["nn", "engine", "onnx"],
  weights: ["nn", "engine", "onnx"],
  imaging: [],
  dicom: ["imaging"],
  clinic: [],
  retrieval: ["clinic"],
  evidence: ["clinic"],
  learning: ["imaging", "models", "nn", "engine", "onnx"],
  explain: ["models", "nn", "engine", "onnx", "imaging"],
  phantom: ["dicom", "imaging", "clinic"],
  store: ["clinic"],
  pacs: ["dicom", "clinic"],
  systems: [
    "explain",
    "evidence",
    "learning",
    "retrieval",
    "clinic",
    "pacs",
    "dicom",
    "imaging",
    "models",
    "nn",
    "engine",
    "weights",
    "store",
  ],
  contract: [],
  server: ["contract", "systems", "store", "clinic", "imaging", "evidence", "retrieval"],
  cli: ["server", "contract", "systems", "phantom", "store", "clinic", "imaging", "evidence", "retrieval", "engine"],
};

/** Packages that only one folder may know. */
const ownedPackages: Readonly<Record<string, string>> = {
  "onnxruntime-node": "engine",
  kysely: "store",
  "@electric-sql/pglite": "store",
  commander: "cli",
  fastify: "server",
  pg: "store",
  "pg-boss": "store",
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly specifier: string;
}

const isTest = (file: string): boolean => file.endsWith(".test.ts");

const imports: readonly Import[] = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !isTest(file))
  .flatMap((file) => {
    const text = readFileSync(join(source, file), "utf8");
    const found = text.matchAll(/(?:from|import\()\s*"([^"]+)"|^import "([^"]+)"/gm);
    const from = file.includes("/") ? file.slice(0, file.indexOf("/")) : "";
    return [...found].map(([, a, b]): Import => ({ file, from, specifier: (a ?? b)! }));
  });

const targetOf = ({ file, specifier }: Import): string => relative(source, resolve(source, dirname(file), specifier));

test("the folders import only in the agreed direction", () => {
  const against = imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .filter((entry) => {
      const target = targetOf(entry);
      const folder = target.split("/")[0]!;
      if (folder === entry.from || folder === "numeric" || target === "errors.ts") return false;
      return !(mayImport[entry.from] ?? []).includes(folder);
    })
    .map(({ file, specifier }) => `${file} imports ${specifier}`);
  expect(against).toEqual([]);
});

test("no system imports another system's insides", () => {
  const against = imports
    .filter(({ from, specifier }) => from === "systems" && specifier.startsWith("."))
    .filter((entry) => {
      const [folder, system, ...inside] = targetOf(entry).split("/");
      return folder === "systems" && system !== entry.file.split("/")[1] && inside.join("/") !== "index.ts";
    })
    .map(({ file, specifier }) => `${file} imports ${specifier}`);
  expect(against).toEqual([]);
});

test("packages with an owner are imported by their owner alone", () => {
  const against = imports
    .filter(({ specifier, from }) => {
      const owner = ownedPackages[specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")];
      return owner !== undefined && owner !== from;
    })
    .map(({ file, specifier }) => `${file} imports ${specifier}`);
  expect(against).toEqual([]);
});

test("relative imports name files that exist, with their extension", () => {
  const against = imports
    .filter(({ specifier }) => specifier.startsWith(".") && !specifier.endsWith(".ts"))
    .map(({ file, specifier }) => `${file} imports ${specifier}`);
  expect(against).toEqual([]);
});
