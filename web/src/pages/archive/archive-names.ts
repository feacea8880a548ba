/** The names of the contract that this page lists; pages take types alone from the server's code. */

import type { ArchiveFilter, ArchiveOrder, FacetName } from "../../../../src/contract/images.ts";

export type { ArchiveFilter, ArchiveOrder, FacetName };

/** In the order of the page. */
export const facetNames = [
  "entity",
  "site",
  "region",
  "regionSource",
  "sorted",
  "sortedScore",
  "label",
  "position",
  "sex",
  "ageBand",
  "origin",
  "view",
  "laterality",
  "modality",
  "bodyPart",
  "manufacturer",
  "marked",
  "nearDuplicate",
  "burnedInText",
] as const satisfies readonly FacetName[];

export const archiveOrders = [
  "newest",
  "oldest",
  "imported",
  "patient",
  "entity",
  "age",
] as const satisfies readonly ArchiveOrder[];
