/** Every kind of job. */

import type { AnyJobKind } from "../job-kind.ts";
import { buildCohort } from "./build-cohort.ts";
import { buildIndex } from "./build-index.ts";
import { evaluatePrecedents } from "./evaluate-precedents.ts";
import { importRadiographs } from "./import-radiographs.ts";
import { importReports } from "./import-reports.ts";
import { importTable } from "./import-table.ts";
import { trainPrecedents } from "./train-precedents.ts";

export const jobKinds: readonly AnyJobKind[] = [
  importRadiographs,
  importTable,
  importReports,
  trainPrecedents,
  buildIndex,
  evaluatePrecedents,
  buildCohort,
];

/** Undefined where there is none of this name. */
export const findJobKind = (name: string): AnyJobKind | undefined => jobKinds.find(({ kind }) => kind === name);
