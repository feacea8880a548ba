/** What a kind of job is: its settings, who may start it, and the work itself. One file of kinds/ for each. */

import type { z } from "zod";
import type { Role } from "../../contract/roles.ts";
import type { Home, JobLane } from "../../store/index.ts";

/** What the work is given besides its settings. */
export interface JobWork {
  /** The job's id, which stays the same when it goes on after a break. */
  readonly job: string;
  /** Set when the job is to stop at the next safe place; the work then throws `interrupted`. */
  readonly signal: AbortSignal;
  /** `total` is 0 where it is not known. */
  onProgress(done: number, total: number, note?: string): void;
  /** The clock of the edge. */
  readonly now: () => Date;
}

export interface JobKind<Settings> {
  readonly kind: string;
  readonly settings: z.ZodType<Settings>;
  /** Who may start, cancel and resume it. */
  readonly role: Role;
  /** Short work does not wait for long work. */
  readonly lane: JobLane;
  /** The uploads that the job needs: they must be of who starts it, and go once it has finished unless it says otherwise. */
  uploadsOf?(settings: Settings): readonly string[];
  /** Its uploads are wanted for something else afterwards. */
  readonly leavesUploads?: true;
  /** The folders on the server that the job reads. */
  foldersOf?(settings: Settings): readonly string[];
  /**
   * Does the work, in a process of its own: it imports what it needs only then. Started again after a break, it goes on as
   * far as it can. What it answers is shown on pages, so it has no names of files or patients.
   */
  run(home: Home, settings: Settings, work: JobWork): Promise<unknown>;
}

/** A kind whose settings nobody knows any more. */
// biome-ignore lint/suspicious/noExplicitAny: its own `settings` checks what `run` is given
export type AnyJobKind = JobKind<any>;
