/** A home with drawn radiographs and networks that have learned nothing: enough to index and to link, as fast as can be. */

import { patientId } from "../../src/clinic/ids.ts";
import { encodeGreyPng } from "../../src/imaging/grey-png.ts";
import { Random } from "../../src/numeric/random.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  insertBatch,
  type StoredImage,
  writeAnnotations,
} from "../../src/store/index.ts";
import { modelName } from "../../src/systems/precedents/artefacts.ts";
import { encodePrecedentsModel } from "../../src/systems/precedents/model.ts";
import { trainSystem } from "../../src/systems/precedents/train.ts";
import { storedImage } from "./stored-image.ts";
import { untrainedClasses, untrainedModel } from "./untrained-model.ts";

const side = 48;

/** Radiographs by their numbers: each of a patient of its own, and every fourth one's lesion is marked. */
export const addDrawnImages = async (home: Home, numbers: readonly number[]): Promise<readonly StoredImage[]> => {
  const images = numbers.map((number) =>
    storedImage(`image-${String(number).padStart(4, "0")}`, {
      patient: patientId(`P${number}`),
      entity: number % 5 === 0 ? null : untrainedClasses[number % 2]!,
      width: 2 * side,
      height: 2 * side,
    }),
  );
  await insertBatch(home.database, { images, duplicates: [], quarantined: [] });
  for (const [i, { id }] of images.entries()) await drawPicture(home, id, numbers[i]!);
  const marked = images.filter((_, i) => numbers[i]! % 4 === 0);
  await markLesions(home, marked, [20, 24, 70, 60]);
  return images;
};

/** Draws the small picture of a radiograph, another one for another seed. */
export const drawPicture = async (home: Home, image: StoredImage["id"], seed: number): Promise<void> => {
  const random = new Random(seed, "drawn picture");
  const waves = random.uniform(2, 9);
  const pixels = Float32Array.from({ length: side * side }, (_, i) => {
    const wave = 0.5 + 0.4 * Math.sin((i % side) / waves + Math.floor(i / side) / 7);
    return Math.min(1, Math.max(0, wave + random.uniform(-0.05, 0.05)));
  });
  await home.files.writePicture(image, await encodeGreyPng({ width: side, height: side, pixels }));
};

/** Marks a lesion by its left, top, right and bottom. */
export const markLesions = (
  { database }: Home,
  images: readonly Pick<StoredImage, "id">[],
  box: readonly [number, number, number, number],
): Promise<void> => {
  const annotations = [{ kind: "box", label: "lesion", box }] as const;
  return writeAnnotations(
    database,
    images.map(({ id }) => ({ image: id, source: "test", annotations })),
  );
};

/** A finished training run whose networks are as they were drawn. Answers its id. */
export const addUntrainedModel = async (
  home: Home,
  { imageSizes, seed = 1 }: { readonly imageSizes: readonly number[]; readonly seed?: number },
): Promise<string> => {
  const plan = { system: trainSystem, settings: { heldOutPatients: [] }, fingerprint: `untrained ${seed}` };
  const { run } = await continueOrCreateRun(home.database, plan);
  const model = untrainedModel(run.id, { imageSizes, sourceSize: side, bits: 64, seed });
  await home.files.writeArtefact(run.id, modelName, encodePrecedentsModel(model));
  await finishRun(home.database, run.id, { metrics: {}, at: new Date() });
  return run.id;
};
