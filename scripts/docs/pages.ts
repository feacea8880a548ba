/** The API reference: a page for each entry of the package, made of what it exports and of the docstrings. */

import { compileDeclarations, type Declaration, type DeclaredModule } from "./declarations.ts";

/** The package's entries, as package.json exports them. */
export const entries = {
  data: "src/learning/index.ts",
  models: "src/models/index.ts",
  nn: "src/nn/index.ts",
  weights: "src/weights/index.ts",
} as const;

/** A page of the reference. */
export interface Page {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
  /** Exports without a docstring. */
  readonly undocumented: readonly string[];
}

/** Makes all pages anew; about three seconds. */
export const makePages = (): readonly Page[] => {
  const compiled = compileDeclarations();
  try {
    return Object.entries(entries).map(([name, path]) => makePage(name, compiled.module(path), compiled.module));
  } finally {
    compiled.close();
  }
};

const notice = "<!-- Written by `npm run docs` from the docstrings: change those, not this page. -->";

const makePage = (name: string, entry: DeclaredModule, module: (path: string) => DeclaredModule): Page => {
  const undocumented: string[] = [];
  const sections = entry.reexports.map(({ from, names, as }) => {
    const found = module(from);
    const exported =
      as === undefined ? found.declarations.filter((each) => names.includes(each.name)) : found.declarations;
    const missing = names.filter((each) => !exported.some((declaration) => declaration.name === each));
    if (missing.length > 0)
      throw new Error(`${from} does not declare ${missing.join(", ")} itself; export it from where it is.`);
    undocumented.push(
      ...exported.filter(({ doc }) => doc === "").map((each) => (as ? `${as}.${each.name}` : each.name)),
    );
    return as === undefined ? section(found, exported) : namespaceSection(found, as);
  });
  const text = [notice, `# osteon/${name}`, plain(entry.header), ...sections].join("\n\n");
  return { path: `docs/reference/api/${name}.md`, text: `${text}\n`, undocumented };
};

/** The file's name in words, of an index its folder's. */
const title = ({ path }: DeclaredModule): string => {
  const words = /([^/]+?)(\/index)?\.ts$/.exec(path)![1]!.replaceAll("-", " ");
  return `## ${words[0]!.toUpperCase()}${words.slice(1)}`;
};

const section = (module: DeclaredModule, exported: readonly Declaration[]): string =>
  [title(module), plain(module.header), ...exported.map(entryOf)].join("\n\n");

const fence = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

/** A module under one name is shown as it is declared: its functions are many and small. */
const namespaceSection = (module: DeclaredModule, as: string): string => {
  const code = module.declarations.map(({ doc, code: text }) => (doc ? `${comment(doc)}\n${text}` : text)).join("\n");
  return [`## ${as}`, `${plain(module.header)} All are members of \`${as}\`.`, fence(code)].join("\n\n");
};

const comment = (doc: string): string =>
  doc.includes("\n") ? `/**\n${doc.replace(/^/gm, " * ").replace(/ +$/gm, "")}\n */` : `/** ${doc} */`;

const entryOf = ({ name, doc, code }: Declaration): string => {
  const [text = "", ...tags] = doc.split(/^@/m);
  return [`### ${name}`, plain(text), fence(code), ...tagLists(tags)].filter(Boolean).join("\n\n");
};

/** `@param` and its like as a list, each example as code. */
const tagLists = (tags: readonly string[]): string[] => {
  const lines = tags
    .filter((tag) => !tag.startsWith("example"))
    .map((tag) => tag.replace(/\s+/g, " ").trim())
    .map((tag) => {
      const [, kind = "", rest = ""] = /^(\w+) ?(.*)$/.exec(tag) ?? [];
      if (kind === "param") return `- ${plain(rest).replace(/^(\w+) ?-? ?/, "**$1**: ")}`;
      if (kind === "returns") return `- returns ${plain(rest)}`;
      if (kind === "throws") return `- throws ${plain(rest)}`;
      return `- ${kind}: ${plain(rest)}`;
    });
  const examples = tags
    .filter((tag) => tag.startsWith("example"))
    .map((tag) => fence(tag.slice("example".length).trim()));
  return [lines.join("\n"), ...examples].filter(Boolean);
};

const plain = (text: string): string => text.replace(/\{@link ([^}]+)\}/g, "`$1`").trim();
