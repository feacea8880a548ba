/** The repository as the TypeScript compiler sees it. Its programming interface is called unstable; package.json pins it. */

import { join } from "node:path";
import { API, type Project } from "typescript/unstable/sync";

/** Files that exist for the compiler only, by absolute path. */
export type VirtualFiles = Readonly<Record<string, string>>;

/** Loads a project, hands it to `use` and ends the compiler's process. */
export const withProgram = <T>(
  root: string,
  use: (project: Project) => T,
  { config = "tsconfig.json", files = {} }: { readonly config?: string; readonly files?: VirtualFiles } = {},
): T => {
  const api = new API({
    cwd: root,
    fs: {
      readFile: (path) => files[path], // undefined means the real file
      fileExists: (path) => (path in files ? true : undefined),
    },
  });
  try {
    const file = join(root, config);
    const project = api.updateSnapshot({ openProjects: [file] }).getProject(file);
    if (!project) throw new Error(`${file} cannot be loaded.`);
    return use(project);
  } finally {
    api.close();
  }
};
