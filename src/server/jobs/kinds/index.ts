/** Every kind of job. */

import type { AnyJobKind } from "../job-kind.ts";
import { buildCohort } from "./build-cohort.ts";
import { buildIndex } from "./build-index.ts";
import { clusterAtlas } from "./cluster-atlas.ts";
import { evaluatePrecedents } from "./evaluate-precedents.ts";
import { evaluateTransfer } from "./evaluate-transfer.ts";
import { findBurnedInText } from "./find-burned-in-text.ts";
import { guideAtlas } from "./guide-atlas.ts";
import { helpIndex } from "./help-index.ts";
import { importRadiographs } from "./import-radiographs.ts";
import { importReports } from "./import-reports.ts";
import { importTable } from "./import-table.ts";
import { indexCentres } from "./index-centres.ts";
import { pretrainNetwork } from "./pretrain-network.ts";
import { proposeTableMapping } from "./propose-table-mapping.ts";
import { refreshRecords } from "./refresh-records.ts";
import { sortArchive } from "./sort-archive.ts";
import { studyPrecedents } from "./study-precedents.ts";
import { trainAtlas } from "./train-atlas.ts";
import { trainPrecedents } from "./train-precedents.ts";

export const jobKinds: readonly AnyJobKind[] = [
  importRadiographs,
  proposeTableMapping,
  importTable,
  importReports,
  trainPrecedents,
  buildIndex,
  helpIndex,
  evaluatePrecedents,
  studyPrecedents,
  clusterAtlas,
  guideAtlas,
  trainAtlas,
  sortArchive,
  pretrainNetwork,
  evaluateTransfer,
  buildCohort,
  refreshRecords,
  findBurnedInText,
  indexCentres,
];

/** Undefined where there is none of this name. */
export const findJobKind = (name: string): AnyJobKind | undefined => jobKinds.find(({ kind }) => kind === name);
