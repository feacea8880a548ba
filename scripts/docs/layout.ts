/** How a page is laid out: its sections in order, and the anchor of each of its headings. */

import { Anchors } from "./anchors.ts";
import { type Declared, keyOf, type Module } from "./declared.ts";

/** A heading with what stands below it. */
export interface Entry {
  readonly declared: Declared;
  readonly anchor: string;
}

/** The entries of one source file. */
export interface Section {
  readonly title: string;
  /** Relative to the repository; the last section has none. */
  readonly file?: string;
  readonly anchor: string;
  readonly introduction: string;
  readonly entries: readonly Entry[];
}

/** What one entry point's page holds. */
export interface Layout {
  readonly sections: readonly Section[];
  /** The anchor of each declaration on the page, by key. */
  readonly anchors: ReadonlyMap<string, string>;
}

/** The title of the last section. */
const unexportedTitle = "Types that are named but not exported";

/** Sections by source file, and at the end what signatures name though it is not exported. */
export const layOut = ({ exports, unexported, headers }: Module): Layout => {
  const anchors = new Anchors();
  const places = new Map<string, string>();
  const section = (title: string, introduction: string, declared: readonly Declared[]): Section => {
    const anchor = anchors.next(title);
    const entries = declared.map((each): Entry => {
      const entry = { declared: each, anchor: anchors.next(each.path) };
      for (const member of each.members) anchors.next(member.path);
      places.set(keyOf(each), entry.anchor);
      return entry;
    });
    return { title, anchor, introduction, entries };
  };
  anchors.next("contents");
  const byFile = Map.groupBy(exports, ({ file }) => file);
  const sections = [...byFile].map(
    ([file, declared]): Section => ({ ...section(titleOf(file), headers.get(file)!, declared), file }),
  );
  if (unexported.length > 0) {
    const introduction = "Signatures above speak of these; they cannot be imported by name.";
    sections.push(section(unexportedTitle, introduction, unexported));
  }
  return { sections, anchors: places };
};

/** `src/models/resnet.ts` is "models/resnet". */
const titleOf = (file: string): string => file.replace(/^src\//, "").replace(/\.ts$/, "");
