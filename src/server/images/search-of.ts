/** A filter of the page as the store searches by it. */

import { imageId } from "../../clinic/ids.ts";
import { termsWith } from "../../clinic/vocabulary/terms-with.ts";
import type { ArchiveFilter } from "../../contract/images.ts";
import type { ArchiveSearch } from "../../store/index.ts";

/** With the terms that its text means in either language. */
export const searchOf = ({ patientOf, images, ...filter }: ArchiveFilter): ArchiveSearch => ({
  ...filter,
  terms: filter.text === "" ? [] : termsWith(filter.text),
  patientOf: patientOf === null ? null : imageId(patientOf),
  images: images?.map(imageId) ?? null,
});
