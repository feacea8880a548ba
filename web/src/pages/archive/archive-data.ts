/** What the archive page asks the server. Filters travel in bodies, for they may name a patient. */

import type {
  ArchiveFilter,
  ArchiveOrder,
  Facets,
  ImageDetail,
  ImagePage,
  PatientPage,
} from "../../../../src/contract/images.ts";
import { change, get } from "../../api/client.ts";

/** How many radiographs or patients are fetched at once. */
export const pageSize = 100;

/** All that is shown, of which filter. */
export const everything: ArchiveFilter = {
  values: {},
  ageYears: null,
  acquired: null,
  text: "",
  patientOf: null,
  images: null,
};

export const searchImages = (
  filter: ArchiveFilter,
  order: ArchiveOrder,
  { page, signal }: { readonly page: number; readonly signal: AbortSignal },
): Promise<ImagePage> =>
  change("POST", "/api/images/search", { filter, order, offset: page * pageSize, limit: pageSize }, signal);

export const searchPatients = (
  filter: ArchiveFilter,
  { page, signal }: { readonly page: number; readonly signal: AbortSignal },
): Promise<PatientPage> =>
  change("POST", "/api/images/patients", { filter, offset: page * pageSize, limit: pageSize }, signal);

export const countFacets = (filter: ArchiveFilter, signal: AbortSignal): Promise<Facets> =>
  change("POST", "/api/images/facets", { filter }, signal);

export const readImage = (id: string, signal: AbortSignal): Promise<ImageDetail> =>
  get(`/api/images/${encodeURIComponent(id)}`, {}, signal);

/** Puts a radiograph of the archive on the desk of the page that links; the id of the query. */
export const startLink = async (image: string): Promise<string> =>
  (await change<{ readonly id: string }>("POST", "/api/queries", { image })).id;
