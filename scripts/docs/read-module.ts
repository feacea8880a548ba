/** Reads what an entry point exports: names, signatures and docstrings, through the compiler's own eyes. */

import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type ClassDeclaration, type Node, SyntaxKind } from "typescript/unstable/ast";
import * as is from "typescript/unstable/ast/is";
import { type Project, type Symbol as Sym, SymbolFlags } from "typescript/unstable/sync";
import { type Declared, type Docstring, keyOf, type Module, type Place } from "./declared.ts";
import { docstringOf, headerOf } from "./docstring-text.ts";
import { memberSignatureOf, signatureOf } from "./signature.ts";

/** Reads the entry points, files of the repository in `root`. A type that none of them exports is told once. */
export const readModules = (project: Project, root: string, entryFiles: readonly string[]): readonly Module[] => {
  const reader = new Reader(project, root);
  const exportsOf = entryFiles.map((file) => reader.exportsOfFile(file));
  const known = new Set(exportsOf.flat().map(keyOf));
  const headerOfFile = (file: string): string => headerOf(readFileSync(join(root, file), "utf8"));
  return exportsOf.map((exports, i): Module => {
    const files = new Set(exports.map(({ file }) => file));
    return {
      docs: headerOfFile(entryFiles[i]!),
      exports,
      unexported: reader.unexportedIn(exports, known),
      headers: new Map([...files].map((file) => [file, headerOfFile(file)])),
    };
  });
};

/** The same order on every machine, whatever its language. */
const alphabet = new Intl.Collator("en");

class Reader {
  readonly #project: Project;
  readonly #root: string;
  readonly #symbols = new Map<string, Sym>();

  constructor(project: Project, root: string) {
    this.#project = project;
    this.#root = root;
  }

  /** The exports of a file, by the files that declare them and in the order that they have there. */
  exportsOfFile(file: string): readonly Declared[] {
    const source = this.#project.program.getSourceFile(join(this.#root, file));
    const module = source && this.#project.checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${file} is no module of the project.`);
    return this.#exportsOf(module, "").toSorted((a, b) => alphabet.compare(a.file, b.file) || a.line - b.line);
  }

  /** Those of `export * as ops` are `ops.add` and so on. */
  #exportsOf(module: Sym, prefix: string): readonly Declared[] {
    return this.#project.checker.getExportsOfModule(module).flatMap((symbol) => {
      const original = this.#original(symbol);
      const path = `${prefix}${symbol.name}`;
      if (original.flags & SymbolFlags.ValueModule) return this.#exportsOf(original, `${path}.`);
      return [this.#declared(original, path)];
    });
  }

  /** The types that signatures name, directly or through one another, that are not known; they are from then on. */
  unexportedIn(exports: readonly Declared[], known: Set<string>): readonly Declared[] {
    const found: Declared[] = [];
    const visit = (declared: readonly Declared[]): void => {
      for (const place of declared.flatMap(typesOf)) {
        if (known.has(keyOf(place))) continue;
        known.add(keyOf(place));
        const type = this.#declared(this.#symbols.get(keyOf(place))!, place.name);
        found.push(type);
        visit([type]);
      }
    };
    visit(exports);
    return found.toSorted((a, b) => alphabet.compare(a.name, b.name));
  }

  #original(symbol: Sym): Sym {
    return symbol.flags & SymbolFlags.Alias ? this.#project.checker.getAliasedSymbol(symbol) : symbol;
  }

  #declared(symbol: Sym, path: string): Declared {
    const node = symbol.declarations[0]!.resolve(this.#project)!;
    return {
      path,
      name: symbol.name,
      file: this.#fileOf(node),
      line: lineOf(node),
      signature: signatureOf(node, this.#project),
      docs: docsOf(node),
      members: is.isClassDeclaration(node) ? this.#membersOf(node, path) : [],
      types: is.isClassDeclaration(node) ? [] : this.#typesIn(node),
    };
  }

  #membersOf(node: ClassDeclaration, path: string): readonly Declared[] {
    return node.members.filter(isPublic).map((member): Declared => {
      const name = nameOf(member)?.getText() ?? "constructor";
      return {
        path: name === "constructor" ? `new ${path}` : `${path}.${name}`,
        name,
        file: this.#fileOf(node),
        line: lineOf(member),
        signature: memberSignatureOf(member, path, this.#project),
        docs: docsOf(member),
        members: [],
        types: this.#typesIn(member),
      };
    });
  }

  /** The types of this repository in a declaration, bodies left out, in the order of their first use. */
  #typesIn(declaration: Node): readonly Place[] {
    const found = new Map<string, Place>();
    const visit = (node: Node): void => {
      if (is.isTypeReferenceNode(node)) this.#collect(node.typeName, found);
      if (is.isExpressionWithTypeArguments(node)) this.#collect(node.expression, found);
      node.forEachChild((child) => {
        if (!isBody(child, node)) visit(child);
      });
    };
    visit(declaration);
    return [...found.values()];
  }

  #collect(name: Node, found: Map<string, Place>): void {
    const symbol = this.#project.checker.getSymbolAtLocation(name);
    const original = symbol && this.#original(symbol);
    const node = original?.declarations[0]?.resolve(this.#project);
    if (!original || !node || original.flags & SymbolFlags.TypeParameter) return;
    const file = this.#fileOf(node);
    if (!file.startsWith("src/")) return;
    const place = { file, name: original.name };
    this.#symbols.set(keyOf(place), original);
    found.set(keyOf(place), place);
  }

  #fileOf(node: Node): string {
    return relative(this.#root, node.getSourceFile().fileName);
  }
}

/** The docstring right before a declaration; that of a constant is its statement's. */
const docsOf = (node: Node): Docstring => {
  const statement = is.isVariableDeclaration(node) ? node.parent.parent : node;
  const comment = (statement as { readonly jsDoc?: readonly Node[] }).jsDoc?.at(-1);
  return docstringOf(comment ? node.getSourceFile().text.slice(comment.pos, comment.end) : "");
};

const lineOf = (node: Node): number => node.getSourceFile().text.slice(0, node.getStart()).split("\n").length;

const typesOf = ({ types, members }: Declared): readonly Place[] => [...types, ...members.flatMap(typesOf)];

/** What runs, where a declaration says what is. */
const isBody = (child: Node, parent: Node): boolean => {
  if (is.isVariableDeclaration(parent)) return child === parent.initializer && !is.isArrowFunction(child);
  return child === (parent as { readonly body?: Node }).body;
};

const nameOf = (member: Node): Node | undefined => (member as { readonly name?: Node }).name;

/** Neither private nor named by a symbol: what a class `implements` says enough of its iterator. */
const isPublic = (member: Node): boolean => {
  const modifiers = (member as { readonly modifiers?: readonly Node[] }).modifiers ?? [];
  if (modifiers.some(({ kind }) => kind === SyntaxKind.PrivateKeyword)) return false;
  const kind = nameOf(member)?.kind;
  return kind !== SyntaxKind.PrivateIdentifier && kind !== SyntaxKind.ComputedPropertyName;
};
