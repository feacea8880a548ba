/** The thread of the centres as the server sees it. */

import type { Home } from "../../store/index.ts";
import { WorkThread } from "../threads/work-thread.ts";
import type { CentreWork } from "./centre-work.ts";

/** What the thread is started with. */
export interface CentreThreadSetup {
  /** The home's folder. */
  readonly root: string;
  /** How the thread comes to a database on a server by itself; the address is secret. */
  readonly database: { readonly server: string; readonly process: string } | null;
}

export class CentreThread extends WorkThread<CentreWork> {
  constructor({ files, sharing }: Pick<Home, "files" | "sharing">) {
    const database = sharing ? { server: sharing.server.secretAddress(), process: sharing.process } : null;
    super({
      file: new URL("./centre-thread-worker.ts", import.meta.url),
      data: { root: files.root, database } satisfies CentreThreadSetup,
      idleMs: 600_000,
      mostWaiting: 100,
      busy: "Too many centres ask at once; try again in a moment.",
    });
  }
}
