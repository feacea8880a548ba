/**
 * Radiographs that a picture archive or a modality sends on its own: a storage server before the home's spool, which is imported
 * while the server goes on.
 */

import type { AllowedPeer } from "../../../pacs/dimse/ae-title.ts";
import { type StorageEvent, type StorageLimits, startStorageServer } from "../../../pacs/dimse/storage-server.ts";
import type { Home, Origin } from "../../../store/index.ts";
import { IncomingSpool, type SpoolReport } from "./incoming-spool.ts";
import { SpoolPump } from "./spool-pump.ts";

/** How a server receives. */
export interface ReceiveOptions {
  readonly aeTitle: string;
  readonly allowed: readonly AllowedPeer[];
  readonly host: string;
  readonly port: number;
  readonly origin?: Origin;
  /** Ends it: open transfers finish, and what has arrived is imported. */
  readonly signal: AbortSignal;
  readonly onListening?: (port: number) => void;
  readonly onEvent?: (event: ReceiveEvent) => void;
  readonly limits?: Partial<StorageLimits>;
  /** Done after each import that brought something, such as sorting it, while more is received; it throws nothing. */
  readonly afterImport?: () => Promise<unknown>;
}

/** Something that happened, told without patient data. */
export type ReceiveEvent =
  | StorageEvent
  | { readonly kind: "imported"; readonly report: SpoolReport }
  | { readonly kind: "import-failed"; readonly error: unknown };

/** What arrived is imported when nothing has come for so long... */
const quietMs = 1000;
/** ...and after a failure, such as a full disk, it is tried again after so long. */
const againMs = 30_000;

/**
 * Receives until the signal ends it.
 *
 * @throws OsteonError `bad-usage` where the port cannot be listened on; what the last import throws
 */
export const receiveRadiographs = async (home: Home, options: ReceiveOptions): Promise<SpoolReport> => {
  const { aeTitle, origin, signal, onListening, onEvent } = options;
  const spool = await IncomingSpool.open(home, { source: `received as ${aeTitle}`, ...(origin ? { origin } : {}) });
  const pump = new SpoolPump(spool);
  let timer: NodeJS.Timeout | undefined;
  const importSoon = (ms: number): void => {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(importNow, ms);
  };
  let followedUp = 0;
  let followUp: Promise<unknown> = Promise.resolve();
  const followImport = (): void => {
    if (spool.report.imported === followedUp) return;
    followedUp = spool.report.imported;
    followUp = followUp.then(options.afterImport);
  };
  const importNow = async (): Promise<void> => {
    await pump.run();
    try {
      await pump.relief();
      onEvent?.({ kind: "imported", report: spool.report });
      followImport();
      if (pump.waiting > 0) importSoon(quietMs);
    } catch (error) {
      onEvent?.({ kind: "import-failed", error });
      importSoon(againMs);
    }
  };
  try {
    const server = await startStorageServer({
      ...options,
      folder: spool.folder,
      onInstance: () => {
        pump.arrived();
        importSoon(quietMs);
      },
    });
    try {
      onListening?.(server.port);
      importSoon(0); // left by a process that was killed
      if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    } finally {
      clearTimeout(timer);
      await server.close();
    }
    await pump.finish();
    followImport();
    await followUp;
    return spool.report;
  } finally {
    await spool.close();
  }
};
