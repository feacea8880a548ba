/** Many texts as two arrays: how many bytes each has in UTF-8, and the bytes of all. One string that held them all could be too long. */

/** Texts in their order. */
export interface TextColumn {
  readonly lengths: Uint32Array;
  readonly bytes: Uint8Array;
}

export const encodeTexts = (texts: readonly string[]): TextColumn => {
  const lengths = Uint32Array.from(texts, (text) => Buffer.byteLength(text));
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  const buffer = bufferOf(bytes);
  let at = 0;
  for (const text of texts) at += buffer.write(text, at);
  return { lengths, bytes };
};

/** Undefined where the lengths do not come to the bytes. */
export const decodeTexts = ({ lengths, bytes }: TextColumn): string[] | undefined => {
  if (lengths.reduce((sum, length) => sum + length, 0) !== bytes.length) return undefined;
  const buffer = bufferOf(bytes);
  let at = 0;
  return Array.from(lengths, (length) => {
    at += length;
    return buffer.toString("utf8", at - length, at);
  });
};

/** Values of which many are alike: each once, in the order in which it first comes, and for each place which it is. */
export const tellApart = (values: Iterable<string>): { readonly distinct: string[]; readonly which: Uint32Array } => {
  const places = new Map<string, number>();
  const which = Uint32Array.from(values, (value) => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return { distinct: [...places.keys()], which };
};

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
