/** Draws radiographs on several threads; which thread draws what does not change a byte. */
import { Worker } from "node:worker_threads";
import { OsteonError } from "../errors.ts";
import type { ArchiveImageOptions } from "./draw-archive-image.ts";
import type { PatientImageOptions } from "./draw-patient-image.ts";
import type { PlantedIdentifier } from "./files/identified-elements.ts";
import type { ExtraFile, PictureTruth } from "./image-truth.ts";

/** A radiograph of a patient to draw. */
export type PatientTask = PatientImageOptions;

/** An image of the archive beside the patients to draw. */
export interface ArchiveTask extends ArchiveImageOptions {
  readonly archive: true;
}

/** One picture to draw. */
export type DrawingTask = PatientTask | ArchiveTask;

/** A picture as its files. */
export interface Drawing {
  /** The DICOM file. */
  readonly file: Uint8Array;
  /** The mask as PNG; of no bytes for archive images. */
  readonly mask: Uint8Array;
  /** The box around the tumour: left, top, width, height in pixels. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly truth: PictureTruth;
  /** What in the file identifies. */
  readonly planted: readonly PlantedIdentifier[];
  /** Copies and damaged copies that come with it. */
  readonly extras: readonly ExtraFile[];
}

const drawOn = (worker: Worker, task: DrawingTask): Promise<Drawing> =>
  new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      then();
    };
    const onMessage = (drawing: Drawing): void => settle(() => resolve(drawing));
    const onError = (cause: unknown): void => settle(() => reject(cause));
    const onExit = (): void =>
      settle(() =>
        reject(new OsteonError("interrupted", "A thread that draws phantoms ended before its picture was done.")),
      );
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(task);
  });

/**
 * The drawings of all tasks, in their order, drawn on `threads` threads. Threads end when the loop ends, however it ends.
 * @example
 * for await (const { file } of drawAll(tasks, 2)) await write(file);
 */
export async function* drawAll(tasks: readonly DrawingTask[], threads: number): AsyncGenerator<Drawing> {
  const url = new URL("./draw-worker.ts", import.meta.url);
  const workers = Array.from({ length: Math.max(1, Math.min(threads, tasks.length)) }, () => new Worker(url));
  try {
    // thread k draws tasks k, k + threads, ...: each waits for its own last picture only
    const last = workers.map((): Promise<unknown> => Promise.resolve());
    const pending: Promise<Drawing>[] = [];
    const start = (index: number): void => {
      const k = index % workers.length;
      const drawing = last[k]!.then(() => drawOn(workers[k]!, tasks[index]!));
      last[k] = drawing;
      drawing.catch(() => {}); // told where it is awaited, unless the loop has ended
      pending.push(drawing);
    };
    const ahead = 4 * workers.length;
    for (let index = 0; index < tasks.length; index++) {
      for (let next = index + pending.length; next < Math.min(tasks.length, index + ahead); next++) start(next);
      yield await pending.shift()!;
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
