/** The name of an upload: foreign text, of which only a file's name is left. */

import { OsteonError } from "../../errors.ts";

/** Bytes of a name that every file system takes. */
const mostBytes = 200;

/**
 * The name of one file out of the header `x-file-name`, percent-encoded UTF-8: no folders, no control characters, never
 * longer than a disk takes. The ending is kept.
 *
 * @throws OsteonError `bad-usage` where the header is no such text
 */
export const fileNameOf = (header: string | string[] | undefined): string => {
  let name: string;
  try {
    name = decodeURIComponent(Array.isArray(header) ? "" : (header ?? ""));
  } catch {
    throw new OsteonError("bad-usage", 'The header "x-file-name" is no percent-encoded name.');
  }
  const last = name.normalize("NFC").split(/[\\/]/).at(-1)!;
  const clean = last
    .replace(/\p{C}/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .trim();
  return /^\.*$/.test(clean) ? "file" : shorten(clean.replace(/^\.+/, ""));
};

const shorten = (name: string): string => {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  const [, stem, ending] = /^(.*?)(\.[^.]{1,8})?$/su.exec(name)!;
  let kept = [...stem!];
  const room = mostBytes - Buffer.byteLength(ending ?? "");
  while (Buffer.byteLength(kept.join("")) > room) kept = kept.slice(0, -Math.max(1, Math.floor(kept.length / 10)));
  return `${kept.join("")}${ending ?? ""}`;
};
