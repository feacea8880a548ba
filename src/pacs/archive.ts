/** A picture archive of a hospital as an import sees it, by whichever protocol it is spoken to. */

import type { ReceivedInstance } from "./instance-file.ts";
import type { InstanceReference, StudyQuery } from "./query.ts";

/** Where fetched instances go; one target for all that is fetched from an archive. */
export interface FetchTarget {
  readonly folder: string;
  /** Called for each instance that is whole on the disk. */
  readonly onInstance: (instance: ReceivedInstance) => void;
}

/** Whether a series of this modality is wanted; undefined where the archive does not tell. */
export type IsWanted = (modality: string | undefined) => boolean;

/** What a study holds. */
export interface StudyContent {
  /** The instances of the series that are wanted. */
  readonly instances: readonly InstanceReference[];
  /** How many series are of other modalities. */
  readonly otherSeries: number;
  /** How many instances are listed under something that is no UID, by which nothing can be asked for. */
  readonly nameless: number;
}

/** Instances of one series. */
export interface FetchRequest {
  /** At least one. */
  readonly instances: readonly InstanceReference[];
  /** Whether the series holds no others. */
  readonly isWholeSeries: boolean;
}

/** An archive. Everything it does goes on after a lost connection. */
export interface PictureArchive {
  /** Names it in sentences; without names of users. */
  readonly name: string;
  /** How many requests it takes at once. */
  readonly parallel: number;
  /** The UIDs of the studies that match; each once. */
  findStudies(query: StudyQuery): AsyncIterable<string>;
  findInstances(StudyInstanceUID: string, isWanted: IsWanted): Promise<StudyContent>;
  /** Fetches instances; those that the archive does not give are for the caller to miss. */
  fetch(request: FetchRequest, target: FetchTarget): Promise<void>;
  close(): Promise<void>;
}
