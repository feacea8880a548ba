/**
 * The archive's codes for other centres, of one view and by one common network, as those see them who ask and those who add. Where they
 * are kept neither knows: in a file of the home or in databases (`open-codes.ts`).
 */

import { type ImageId, imageId } from "../../clinic/ids.ts";
import type { CodeEntry } from "../../retrieval/search/code-log.ts";
import type { NamedSearch } from "../../retrieval/search/stored-codes.ts";
import { type Home, hashContent } from "../../store/index.ts";
import type { CentreView, Fingerprints } from "./common-network.ts";

/** What is asked of codes, while others may add to them: each answer knows all that was there when it was asked for. */
export interface CodeReader {
  count(): Promise<number>;
  /**
   * The k nearest that are not passed over, nearest first, equal ones by their names. All codes are compared, by as many of their
   * first bits as the code has.
   */
  nearestNamed(code: Uint32Array, search: NamedSearch): Promise<readonly NearName[]>;
  close(): Promise<void>;
}

/** A code by its name, and the bits in which it differs. */
export interface NearName {
  readonly image: ImageId;
  readonly distance: number;
}

/** How codes come there and go; what was written is kept, whatever is killed afterwards. */
export interface CodeWriter {
  /** Names of all that are there, many at once. */
  images(): AsyncIterable<readonly ImageId[]>;
  write(entries: readonly CodeEntry[]): Promise<void>;
  remove(images: readonly ImageId[]): Promise<void>;
  close(): Promise<void>;
}

/** The home as far as codes need it: a thread has its files, and its database where that is on a server. */
export type CodesHome = Pick<Home, "files"> & Partial<Pick<Home, "database" | "sharing">>;

/** What codes of a view are kept under: codes of another making are others. */
export const codesNamed = ({ network, hashing }: Fingerprints, view: CentreView): string =>
  hashContent(`${network} ${hashing[view]}`).slice(0, 32);

/**
 * The radiograph of a code. Codes are kept under the keys of their sights, which begin with it and say what of it was seen: so what
 * has changed since has no code. No id has a space, so that names are in the order of the ids.
 */
export const imageOf = (name: ImageId): ImageId => imageId(name.slice(0, name.indexOf(" ")));
