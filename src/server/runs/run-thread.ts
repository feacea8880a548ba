/** The thread that works out what takes long for the pages of runs. */

import { WorkThread } from "../threads/work-thread.ts";
import type { RunWork } from "./run-work.ts";

export class RunThread extends WorkThread<RunWork> {
  /** @param root the home's folder */
  constructor(root: string) {
    super({
      file: new URL("./run-thread-worker.ts", import.meta.url),
      data: root,
      idleMs: 60_000,
      mostWaiting: 200,
      busy: "The server looks at other runs; try again in a moment.",
    });
  }
}
