/** What the generator knows of one export, as plain data. */

/** A tag of a docstring: `@throws`, `@param`, `@example`. */
export interface Tag {
  readonly name: string;
  readonly text: string;
}

/** A docstring: its text without tags, and the tags in order. */
export interface Docstring {
  readonly text: string;
  readonly tags: readonly Tag[];
}

/** Where something is declared; two exports of the same declaration are the same thing. */
export interface Place {
  /** Relative to the repository. */
  readonly file: string;
  readonly name: string;
}

/** An export, or a public member of an exported class. */
export interface Declared extends Place {
  /** As it is reached from the entry point: `ops.add`, `Session.create`. */
  readonly path: string;
  /** In its file, counted from 1. */
  readonly line: number;
  /** The declaration without its body, with its defaults. */
  readonly signature: string;
  readonly docs: Docstring;
  /** The public members of a class. */
  readonly members: readonly Declared[];
  /** The types of this repository that the signature names. */
  readonly types: readonly Place[];
}

/** An entry point and all that it exports. */
export interface Module {
  readonly docs: string;
  readonly exports: readonly Declared[];
  /** Types that signatures name though no entry point exports them. */
  readonly unexported: readonly Declared[];
  /** The comments that the source files begin with, by file. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A key for a place. */
export const keyOf = ({ file, name }: Place): string => `${file}#${name}`;
