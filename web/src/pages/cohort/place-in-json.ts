/** Where in a JSON text a value stands, so that a page can point at it. */

/** A stretch of a text. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

const space = /\s/;

/**
 * The stretch of the value at a path, or of the deepest part of it that is there. The whole text for an empty path, and for a
 * text that is no JSON.
 *
 * @example
 * placeInJson('{"a": [1, 22]}', ["a", 1]); // { from: 10, to: 12 }
 */
export const placeInJson = (text: string, path: readonly (string | number)[]): TextRange => {
  let at = 0;
  let wanted: TextRange = { from: 0, to: text.length };
  const skipSpace = (): void => {
    while (at < text.length && space.test(text[at]!)) at += 1;
  };
  const expectSign = (sign: string): void => {
    skipSpace();
    if (text[at] !== sign) throw new SyntaxError();
    at += 1;
  };
  const readString = (): string => {
    const from = at;
    at += 1;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at += 1;
    return JSON.parse(text.slice(from, at)) as string;
  };
  /** Reads items of an object or a list up to its end. */
  const readItems = (end: string, readItem: (position: number) => void): void => {
    at += 1;
    skipSpace();
    if (text[at] === end) {
      at += 1;
      return;
    }
    for (let position = 0; ; position++) {
      readItem(position);
      skipSpace();
      if (text[at] === end) break;
      expectSign(",");
    }
    at += 1;
  };
  /** `depth` keys of the path lead here; undefined off the path. */
  const readValue = (depth: number | undefined): void => {
    skipSpace();
    const from = at;
    const below = (key: string | number): number | undefined =>
      depth !== undefined && depth < path.length && path[depth] === key ? depth + 1 : undefined;
    if (text[at] === "{") {
      readItems("}", () => {
        skipSpace();
        const key = readString();
        expectSign(":");
        readValue(below(key));
      });
    } else if (text[at] === "[") readItems("]", (position) => readValue(below(position)));
    else if (text[at] === '"') readString();
    else {
      while (at < text.length && !/[\s,\]}]/.test(text[at]!)) at += 1;
    }
    // The deepest one ends first, and its parents must not take its place.
    if (depth !== undefined && depth > deepest) {
      deepest = depth;
      wanted = { from, to: at };
    }
  };
  let deepest = 0;
  try {
    readValue(0);
  } catch {
    return { from: 0, to: text.length };
  }
  return wanted;
};

/** The line of a position, from 1. */
export const lineAt = (text: string, position: number): number => text.slice(0, position).split("\n").length;
