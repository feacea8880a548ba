/** The thread of deidentify-pool.ts: one file after another, the clean bytes handed over without a copy. */
import { parentPort, workerData } from "node:worker_threads";
import { deidentifyOne, type FolderSettings } from "./deidentify-one.ts";

const settings = workerData as FolderSettings;

parentPort?.on("message", async (path: string) => {
  const outcome = await deidentifyOne(path, settings);
  parentPort?.postMessage(outcome, outcome.ok ? [outcome.file.bytes.buffer] : []);
});
