/** One process at a time writes into an output folder: two would write one journal and overwrite each other's reports. */
import { join } from "node:path";
import { OsteonError } from "../../../errors.ts";
import { acquireLock, type Lock } from "../../../store/index.ts";

/** The lock's name in the output folder, where it lies while a process writes. */
export const lockName = "lock";

/** What disks say that know no hard links, such as those of memory sticks. */
const withoutLinks: ReadonlySet<unknown> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/**
 * Takes the lock of a folder; on a disk without hard links there is none to take.
 *
 * @throws OsteonError `home-locked` when a process holds it that lives, or of which nothing can be known
 * @example
 * const lock = await lockFolder("clean");
 */
export const lockFolder = async (folder: string): Promise<Lock> => {
  try {
    const since = new Date().toISOString();
    return await acquireLock(join(folder, lockName), { command: "osteon deidentify", since });
  } catch (error) {
    if (error instanceof OsteonError && error.code === "home-locked") {
      throw new OsteonError(
        "home-locked",
        `Another process writes into "${folder}"; wait for it, or delete the file "${lockName}" there if its computer is gone.`,
        error.context,
        error,
      );
    }
    const code = error instanceof OsteonError ? error.context.code : (error as NodeJS.ErrnoException).code;
    if (withoutLinks.has(code)) return { release: async () => {} };
    throw error;
  }
};
