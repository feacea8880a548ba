/**
 * Radiographs out of a hospital's picture archive into the home: studies are searched, of their instances those that the home
 * does not know are fetched to its spool, and the spool is imported while more is fetched. Started again, it goes on where it
 * was: what has been judged once is never fetched again.
 */

import { OsteonError } from "../../../errors.ts";
import type { FetchRequest, PictureArchive } from "../../../pacs/archive.ts";
import { interrupted } from "../../../pacs/back-off.ts";
import { isDiskShort, minimumFreeBytes } from "../../../pacs/dimse/storage-server.ts";
import type { InstanceReference, StudyQuery } from "../../../pacs/query.ts";
import { type Home, knownInstances, type Origin, storageError } from "../../../store/index.ts";
import { modalityProblem } from "../not-a-radiograph.ts";
import { IncomingSpool, type SpoolReport } from "./incoming-spool.ts";
import { SpoolPump } from "./spool-pump.ts";

/** What an import from an archive is told. */
export interface ArchiveImportOptions {
  readonly query: StudyQuery;
  readonly origin?: Origin;
  readonly signal?: AbortSignal | undefined;
  /** Instances that are judged, of those that were found so far. */
  readonly onProgress?: (done: number, found: number) => void;
}

/** What became of what the archive holds. */
export interface ArchiveImportReport extends SpoolReport {
  readonly studies: number;
  /** Instances that the home had judged before. */
  readonly known: number;
  /** Series left alone because they are of modalities that hold no radiographs. */
  readonly otherSeries: number;
  /** SOPInstanceUIDs of instances that the archive lists and did not give; "no valid UID" for each that has none. */
  readonly missing: readonly string[];
}

/** Counts of an import on its way. */
interface Work {
  readonly home: Home;
  readonly archive: PictureArchive;
  readonly options: ArchiveImportOptions;
  readonly spool: IncomingSpool;
  readonly pump: SpoolPump;
  readonly arrived: Set<string>;
  readonly counts: { studies: number; found: number; done: number; known: number; otherSeries: number };
  readonly missing: string[];
}

/**
 * Imports what a search finds in an archive. The caller closes the archive.
 *
 * @throws OsteonError `interrupted`, `unreachable` and what the archive throws; what had arrived by then is imported, now or at
 *   the next start
 */
export const importFromArchive = async (
  home: Home,
  archive: PictureArchive,
  options: ArchiveImportOptions,
): Promise<ArchiveImportReport> => {
  const { signal, origin } = options;
  const spool = await IncomingSpool.open(home, { source: archive.name, signal, ...(origin ? { origin } : {}) });
  try {
    await spool.importWaiting(); // left by an import that was killed
    const work: Work = {
      home,
      archive,
      options,
      spool,
      pump: new SpoolPump(spool),
      arrived: new Set(),
      counts: { studies: 0, found: 0, done: 0, known: 0, otherSeries: 0 },
      missing: [],
    };
    await importStudies(work);
    const { studies, known, otherSeries } = work.counts;
    return { ...spool.report, studies, known, otherSeries, missing: work.missing };
  } finally {
    await spool.close();
  }
};

const importStudies = async (work: Work): Promise<void> => {
  const { archive, options, pump } = work;
  const studies = archive.findStudies(options.query)[Symbol.asyncIterator]();
  let isOver = false;
  const worker = async (): Promise<void> => {
    while (!isOver) {
      const { done, value } = await studies.next();
      if (done) return;
      await importStudy(work, value);
    }
  };
  const workers = Array.from({ length: archive.parallel }, () =>
    worker().catch((error: unknown) => {
      isOver = true;
      throw error;
    }),
  );
  const ends = await Promise.allSettled(workers);
  await studies.return?.();
  const failure = ends.find((end) => end.status === "rejected");
  try {
    await pump.finish();
  } catch (error) {
    if (!failure) throw error;
  }
  if (failure) throw storageError(failure.reason);
};

const importStudy = async (work: Work, StudyInstanceUID: string): Promise<void> => {
  const { home, archive, options, counts } = work;
  const modalities = options.query.modalities?.map((modality) => modality.toUpperCase());
  const { instances, otherSeries, nameless } = await archive.findInstances(StudyInstanceUID, (modality) => {
    if (modality !== undefined && modalities && !modalities.includes(modality.toUpperCase())) return false;
    return modalityProblem(modality) === null;
  });
  const unique = [...new Map(instances.map((instance) => [instance.SOPInstanceUID, instance])).values()];
  const uids = unique.map(({ SOPInstanceUID }) => SOPInstanceUID);
  const known = await knownInstances(home.database, uids);
  counts.studies += 1;
  counts.otherSeries += otherSeries;
  counts.found += unique.length;
  counts.known += known.size;
  for (let i = 0; i < nameless; i++) work.missing.push("no valid UID");
  advance(work, known.size);
  for (const request of requestsFor(unique, known)) await fetchSeries(work, request);
};

/** What is to be fetched of each series. */
const requestsFor = (instances: readonly InstanceReference[], known: ReadonlySet<string>): FetchRequest[] =>
  [...Map.groupBy(instances, ({ SeriesInstanceUID }) => SeriesInstanceUID).values()]
    .map((series) => {
      const unknown = series.filter(({ SOPInstanceUID }) => !known.has(SOPInstanceUID));
      return { instances: unknown, isWholeSeries: unknown.length === series.length };
    })
    .filter(({ instances: unknown }) => unknown.length > 0);

const fetchSeries = async (work: Work, request: FetchRequest): Promise<void> => {
  const { archive, spool, pump, arrived, options } = work;
  await pump.relief();
  if (options.signal?.aborted) throw interrupted();
  if (await isDiskShort(spool.folder, minimumFreeBytes)) {
    throw new OsteonError(
      "bad-input",
      "The disk that holds the home has less than 512 MiB left; free some room and start again.",
    );
  }
  const onInstance = ({ SOPInstanceUID }: { readonly SOPInstanceUID: string }): void => {
    arrived.add(SOPInstanceUID);
    pump.arrived();
  };
  await archive.fetch(request, { folder: spool.folder, onInstance });
  for (const { SOPInstanceUID } of request.instances) {
    if (!arrived.delete(SOPInstanceUID)) work.missing.push(SOPInstanceUID);
  }
  advance(work, request.instances.length);
};

const advance = ({ counts, options }: Work, by: number): void => {
  counts.done += by;
  options.onProgress?.(counts.done, counts.found);
};
