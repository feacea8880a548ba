/** What the sources declare, as the TypeScript compiler writes it: signatures with their docstrings, and no bodies. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";

/** One statement of a declaration file. */
export interface Declaration {
  readonly name: string;
  /** The docstring without its stars; "" where there is none. */
  readonly doc: string;
  /** The statement without `export` and `declare`. */
  readonly code: string;
}

/** A source file's declarations. */
export interface DeclaredModule {
  /** Path from the repository's root, such as `src/nn/losses.ts`. */
  readonly path: string;
  /** The comment that the file begins with. */
  readonly header: string;
  readonly declarations: readonly Declaration[];
  /** What it exports of other files. */
  readonly reexports: readonly Reexport[];
}

/** Names exported out of another file, or all of them under one name. */
export interface Reexport {
  readonly from: string;
  readonly names: readonly string[];
  readonly as?: string;
}

/** Compiles the declarations of the whole project; a module is read when it is asked for. */
export const compileDeclarations = (): { readonly module: (path: string) => DeclaredModule; close: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), "osteon-docs-"));
  const options = ["--declaration", "--emitDeclarationOnly", "--noEmit", "false", "--outDir", folder];
  const { status, stdout } = spawnSync("tsc", options, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The declarations could not be compiled: ${stdout}`);
  return {
    module: (path) => parseModule(path, readFileSync(join(folder, path.replace(/\.ts$/, ".d.ts")), "utf8")),
    close: () => rmSync(folder, { recursive: true }),
  };
};

/** The compiler puts each statement at the beginning of a line and all of its further lines deeper, but for a last brace. */
const statement = /^(?:(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n)?(export [^\n]*(?:\n(?:[ \t}\])][^\n]*)?)*)/gm;

const parseModule = (path: string, text: string): DeclaredModule => {
  const declarations: Declaration[] = [];
  const reexports: Reexport[] = [];
  for (const [, comment = "", code = ""] of text.matchAll(statement)) {
    const reexport = /^export (?:type )?(?:\{([^}]*)\}|\* as (\w+)) from "([^"]+)";/.exec(code);
    if (reexport) {
      const [, list = "", as, from = ""] = reexport;
      const names = [...list.matchAll(/(?:type )?(\w+)/g)].map(([, name]) => name!);
      reexports.push({ from: posix.join(posix.dirname(path), from), names, ...(as === undefined ? {} : { as }) });
      continue;
    }
    const name = /^export (?:declare )?(?:abstract )?(?:const|class|interface|type|function|enum) (\w+)/.exec(
      code,
    )?.[1];
    if (name === undefined) continue;
    declarations.push({ name, doc: withoutStars(comment), code: tidy(code) });
  }
  const header = withoutStars(/^\/\*\*(?:(?!\*\/)[\s\S])*\*\//.exec(text)?.[0] ?? "");
  return { path, header, declarations, reexports };
};

const withoutStars = (comment: string): string =>
  comment
    .replace(/^\/\*\*[ \t]?|[ \t]*\*\/$/g, "")
    .replace(/^[ \t]*\*[ \t]?/gm, "")
    .replace(/\s*@module\s*$/, "")
    .trim();

/** As a reader wants it: two spaces, and nothing private. */
const tidy = (code: string): string =>
  code
    .trimEnd()
    .replace(/^export (declare )?/, "")
    .replace(/^ {4}(#private;|private constructor\(.*\);)\n/gm, "")
    .replace(/^( {4})+/gm, (indent) => " ".repeat(indent.length / 2));
