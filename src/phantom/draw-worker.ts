/** One worker thread that draws radiographs and makes their files: the work of draw-pool.ts. */
import { parentPort } from "node:worker_threads";
import sharp from "sharp";
import type { Drawing, DrawingTask } from "./draw-pool.ts";
import { drawRadiograph, type PhantomRadiograph } from "./draw-radiograph.ts";
import { radiographFile } from "./radiograph-file.ts";

/** The mask as a picture: tumour white. Lossless. */
const maskPicture = ({ mask, width, height }: PhantomRadiograph): Promise<Buffer> =>
  sharp(
    mask.map((value) => value * 255),
    { raw: { width, height, channels: 1 } },
  )
    .toColourspace("b-w")
    .png({ compressionLevel: 6 })
    .toBuffer();

parentPort?.on("message", async ({ seed, patient, examinationIndex }: DrawingTask) => {
  const radiograph = drawRadiograph(patient, examinationIndex);
  const drawing: Drawing = {
    file: radiographFile({ seed, patient, examinationIndex, radiograph }),
    mask: new Uint8Array(await maskPicture(radiograph)),
    box: radiograph.box,
  };
  parentPort?.postMessage(drawing);
});
