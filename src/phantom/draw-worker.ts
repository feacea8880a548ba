/** One worker thread that draws pictures and makes their files: the work of draw-pool.ts. */
import { parentPort } from "node:worker_threads";
import sharp from "sharp";
import { drawArchiveImage } from "./draw-archive-image.ts";
import { drawPatientImage, type PatientImage } from "./draw-patient-image.ts";
import type { Drawing, DrawingTask } from "./draw-pool.ts";

/** The mask as a picture: tumour white. Lossless. */
const maskPicture = ({ mask, width, height }: PatientImage): Promise<Buffer> =>
  sharp(
    mask.map((value) => value * 255),
    { raw: { width, height, channels: 1 } },
  )
    .toColourspace("b-w")
    .png({ compressionLevel: 6 })
    .toBuffer();

const drawingOf = async (task: DrawingTask): Promise<Drawing> => {
  if ("archive" in task) return { ...drawArchiveImage(task), mask: new Uint8Array(0), box: [0, 0, 0, 0] };
  const image = drawPatientImage(task);
  const { file, truth, planted, extras } = image;
  return {
    file,
    mask: new Uint8Array(await maskPicture(image)),
    box: truth.box ?? [0, 0, 0, 0],
    truth,
    planted,
    extras,
  };
};

parentPort?.on("message", async (task: DrawingTask) => {
  parentPort?.postMessage(await drawingOf(task));
});
