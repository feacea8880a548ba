/** The thread of the centres as the server sees it. */

import { WorkThread } from "../threads/work-thread.ts";
import type { CentreWork } from "./centre-work.ts";

export class CentreThread extends WorkThread<CentreWork> {
  /** @param root the home's folder */
  constructor(root: string) {
    super({
      file: new URL("./centre-thread-worker.ts", import.meta.url),
      root,
      idleMs: 600_000,
      mostWaiting: 100,
      busy: "Too many centres ask at once; try again in a moment.",
    });
  }
}
