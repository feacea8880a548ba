/** A radiograph as the store keeps it, for tests that care about some of its fields. */

import { imageId, patientId } from "../../src/clinic/ids.ts";
import { type StoredImage, unknownAcquisition } from "../../src/store/images.ts";

/** An internal PNG of 10 x 20 pixels of which nothing more is known; its id and file go by the name. */
export const storedImage = (name: string, more: Partial<StoredImage> = {}): StoredImage => ({
  id: imageId(name),
  patient: patientId("P"),
  sourcePatient: patientId("S"),
  nameFolder: null,
  fileId: name,
  exposure: null,
  fileName: `${name}.png`,
  format: "png",
  pixelHash: `pixels of ${name}`,
  colourfulness: 0,
  width: 10,
  height: 20,
  modality: null,
  origin: "internal",
  label: null,
  entity: null,
  region: null,
  ageYears: null,
  sex: null,
  site: null,
  position: null,
  ...unknownAcquisition,
  perceptualHash: null,
  geometry: null,
  nearDuplicateOf: null,
  ...more,
});
