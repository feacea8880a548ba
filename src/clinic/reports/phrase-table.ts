/** Phrases of folded words, found longest first in one walk per place; a word may stand for all that begin with it. */

import { foldWord, type Token } from "./tokens.ts";

/** Words that begin a phrase, and where they lead. */
interface Node<T> {
  value?: T;
  readonly words: Map<string, Node<T>>;
  /** By their beginning, which is at least two letters long. */
  readonly beginnings: Map<string, Node<T>>;
  longestBeginning: number;
}

/** A phrase that was found. */
export interface PhraseMatch<T> {
  readonly value: T;
  /** One past its last token. */
  readonly to: number;
}

const makeNode = <T>(): Node<T> => ({ words: new Map(), beginnings: new Map(), longestBeginning: 0 });

/** A set of phrases; `kein* anhalt für` also finds "keinerlei Anhalt für". */
export class PhraseTable<T> {
  readonly #root: Node<T> = makeNode();

  /** Adds a phrase, words and marks separated by spaces; a later one of the same words replaces it. */
  add(phrase: string, value: T): void {
    let node = this.#root;
    for (const word of phrase.split(/\s+/).filter((part) => part !== "")) {
      const isBeginning = word.endsWith("*");
      const key = isBeginning ? foldWord(word.slice(0, -1)) : foldWord(word);
      const branch = isBeginning ? node.beginnings : node.words;
      if (isBeginning) node.longestBeginning = Math.max(node.longestBeginning, key.length);
      let next = branch.get(key);
      if (!next) {
        next = makeNode();
        branch.set(key, next);
      }
      node = next;
    }
    if (node !== this.#root) node.value = value;
  }

  /** The longest phrase that begins at a token. Phrases are short, so the walk is. */
  find(tokens: readonly Token[], from: number): PhraseMatch<T> | undefined {
    return this.#walk(this.#root, tokens, from);
  }

  #walk(node: Node<T>, tokens: readonly Token[], at: number): PhraseMatch<T> | undefined {
    let best: PhraseMatch<T> | undefined = node.value === undefined ? undefined : { value: node.value, to: at };
    const token = tokens[at];
    if (!token) return best;
    const branches: Node<T>[] = [];
    const exact = node.words.get(token.text);
    if (exact) branches.push(exact);
    for (let length = Math.min(node.longestBeginning, token.text.length); length >= 2; length--) {
      const beginning = node.beginnings.get(token.text.slice(0, length));
      if (beginning) branches.push(beginning);
    }
    for (const branch of branches) {
      const found = this.#walk(branch, tokens, at + 1);
      if (found && (!best || found.to > best.to)) best = found;
    }
    return best;
  }
}
