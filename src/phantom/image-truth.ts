/** What is true of a picture of the centre: a row of truth/images.jsonl. Boxes are left, top, width, height in stored pixels. */
import type { PlateTruth } from "./as-they-come/plate.ts";
import type { PlantedIdentifier } from "./files/identified-elements.ts";
import type { ObjectKind } from "./files/image-file.ts";
import type { StoredLook } from "./files/store-picture.ts";
import type { BurnedInText, OtherKind } from "./non-musculoskeletal/other-image.ts";
import type { ExaminationStage, Implant } from "./patient.ts";
import type { Box } from "./picture.ts";

/** The truth of a picture, without the names that only its writer knows. */
export interface PictureTruth extends PlateTruth {
  readonly patient: string;
  readonly case?: string;
  /** One of the 28 regions; absent on other images. */
  readonly region?: string;
  readonly date: string;
  readonly view?: string;
  readonly side?: "left" | "right";
  readonly stage?: ExaminationStage;
  readonly implant?: Implant;
  readonly origin: "internal" | "external";
  readonly entity?: string;
  /** Around the tumour; all zeros where it is out of the picture or was taken out. */
  readonly box?: Box;
  readonly musculoskeletal: boolean;
  /** What a non-musculoskeletal image is. */
  readonly kind?: OtherKind;
  readonly object: ObjectKind;
  readonly sopInstanceUid: string;
  readonly photometric: StoredLook["photometric"];
  readonly bitsStored: StoredLook["bitsStored"];
  readonly voi: StoredLook["voi"];
  readonly shutter: boolean;
  readonly width: number;
  readonly height: number;
  readonly burnedInText: readonly BurnedInText[];
  /** Why the file cannot be read whole. */
  readonly damage?: Damage;
}

/** How a file may be damaged. */
export type Damage = "truncated" | "empty" | "no DICOM" | "damaged header";

/** A file that comes with another: a copy under another name, or a damaged copy. */
export interface ExtraFile {
  readonly role: "duplicate" | "damaged";
  readonly file: Uint8Array;
  readonly truth: PictureTruth;
  readonly planted: readonly PlantedIdentifier[];
}

/** A row of truth/images.jsonl. */
export interface ImageTruth extends PictureTruth {
  /** Below the centre's folder. */
  readonly file: string;
  /** The file that this one is another encoding of. */
  readonly duplicateOf?: string;
}
