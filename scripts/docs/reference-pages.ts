/** All pages of the reference, made together so that they can point at each other. */

import { keyOf, type Module, type Place } from "./declared.ts";
import type { EntryPoint } from "./entry-points.ts";
import { layOut } from "./layout.ts";
import { withProgram } from "./program.ts";
import { readModules } from "./read-module.ts";
import { renderPage } from "./render-page.ts";

/** The folder of the pages, relative to the repository. */
export const referenceFolder = "docs/reference/api";

/** What the entry points of the repository in `root` export. */
export const readEntryPoints = (root: string, entries: readonly EntryPoint[]): ReadonlyMap<EntryPoint, Module> =>
  withProgram(root, (project) => {
    const files = entries.map(({ file }) => file);
    return new Map(readModules(project, root, files).map((module, i) => [entries[i]!, module] as const));
  });

/** Markdown by file name. */
export const referencePages = (modules: ReadonlyMap<EntryPoint, Module>): ReadonlyMap<string, string> => {
  const layouts = [...modules].map(([entry, module]) => ({ entry, module, layout: layOut(module) }));
  const targets = new Map<string, { readonly page: string; readonly anchor: string; readonly path: string }>();
  for (const { entry, module, layout } of layouts) {
    for (const declared of [...module.exports, ...module.unexported]) {
      const key = keyOf(declared);
      if (!targets.has(key))
        targets.set(key, { page: entry.page, anchor: layout.anchors.get(key)!, path: declared.path });
    }
  }
  return new Map(
    layouts.map(({ entry, module, layout }) => {
      const link = (place: Place): string | undefined => {
        const target = targets.get(keyOf(place));
        if (!target) return undefined;
        const own = layout.anchors.get(keyOf(place));
        return `[\`${target.path}\`](${own === undefined ? `${target.page}#${target.anchor}` : `#${own}`})`;
      };
      const named = [...module.exports, ...[...modules.values()].flatMap(({ exports }) => exports)];
      const linkTo = (name: string): string | undefined => {
        const declared = named.find((each) => each.name === name);
        return declared && link(declared);
      };
      return [entry.page, renderPage({ entry, docs: module.docs, layout, link, linkTo })] as const;
    }),
  );
};
