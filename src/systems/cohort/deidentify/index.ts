/** De-identification of whole folders, and the proof that they are clean. */

export type { BurnedInChoice, DecidedRegions } from "../../../dicom/deidentify/deidentify-file.ts";
export { decidedRegions } from "../review/decided-regions.ts";
export { type DeidentifyOptions, type DeidentifyReport, deidentifyFolder } from "./deidentify-folder.ts";
export {
  type FolderFinding,
  type FolderVerification,
  type VerifyFolderOptions,
  verifyFolder,
} from "./verify-folder.ts";
