/** Compiles every `@example` of the entry points, so that none teaches what does not work. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Declared, Module } from "./declared.ts";
import type { EntryPoint } from "./entry-points.ts";
import { withProgram } from "./program.ts";

interface Example {
  /** What it shows. */
  readonly path: string;
  readonly code: string;
}

/** What the compiler says against the examples, each sentence with the name of what the example shows. */
export const problemsOfExamples = (root: string, modules: ReadonlyMap<EntryPoint, Module>): readonly string[] => {
  const examples = [...modules.values()].flatMap(({ exports }) => exports.flatMap(examplesOf));
  const sources = new Map([...modules].map(([{ name }, { exports }]) => [name, topLevelNames(exports)] as const));
  sources.set(namesFile, givenNames());
  const fileOf = (i: number): string => join(root, `scripts/docs/example-${i}.ts`);
  const config = "tsconfig.examples.json";
  const files = {
    ...Object.fromEntries(examples.map(({ code }, i) => [fileOf(i), compilable(code, sources)])),
    [join(root, config)]: JSON.stringify({
      extends: "./tsconfig.json",
      compilerOptions: { noUnusedLocals: false, verbatimModuleSyntax: false },
      include: [],
      files: examples.map((_, i) => fileOf(i)),
    }),
  };
  return withProgram(
    root,
    ({ program }) =>
      examples.flatMap(({ path }, i) =>
        [...program.getSyntacticDiagnostics(fileOf(i)), ...program.getSemanticDiagnostics(fileOf(i))].map(
          ({ text }) => `${path}: ${text}`,
        ),
      ),
    { config, files },
  );
};

const examplesOf = ({ path, docs, members }: Declared): readonly Example[] => [
  ...docs.tags.filter(({ name }) => name === "example").map(({ text }) => ({ path, code: text })),
  ...members.flatMap(examplesOf),
];

/** What an import can name: `ops` for `ops.add`. */
const topLevelNames = (exports: readonly Declared[]): ReadonlySet<string> =>
  new Set(exports.map(({ path }) => path.split(".")[0]!));

/** What examples may speak of without a word on where it comes from. */
const namesFile = "./example-names.ts";
const givenNames = (): ReadonlySet<string> => {
  const text = readFileSync(join(import.meta.dirname, namesFile), "utf8");
  return new Set([...text.matchAll(/^export declare const (\w+)/gm)].map(([, name]) => name!));
};

/** The example as a module, in a function of its own, where what it declares goes before what is imported for it. */
const compilable = (code: string, sources: ReadonlyMap<string, ReadonlySet<string>>): string => {
  const words = new Set(code.match(/[A-Za-z_$][\w$]*/g));
  const imported = new Set<string>();
  const imports = [...sources].map(([from, names]) => {
    const used = [...names].filter((name) => words.has(name) && !imported.has(name));
    for (const name of used) imported.add(name);
    return `import { ${used.join(", ")} } from "${from}";`;
  });
  return [...imports, "export const example = async () => {", code, "};"].join("\n");
};
