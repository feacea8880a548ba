/** Sorts picture files that are not in the archive: which region each shows, or why none. */

import { basename } from "node:path";
import { describeNoRegion } from "../../../clinic/atlas/no-region.ts";
import { inEightBits, smallPicture } from "../../../imaging/small-picture.ts";
import type { Home } from "../../../store/index.ts";
import { RadiographReader } from "../../cohort/index.ts";
import type { ScoredRegion } from "./rank-regions.ts";
import { RegionSorter } from "./region-sorter.ts";
import { newestAtlasRun } from "./sort-archive.ts";
import { viewOf } from "./view-of.ts";

/** What a file was sorted as. */
export interface SortedFile {
  /** The file's name. */
  readonly image: string;
  /** The likeliest region, also where the picture is not known to be of one; null where the file cannot be read. */
  readonly region: string | null;
  readonly score: number | null;
  readonly second: ScoredRegion | null;
  /** Whether the picture belongs to a region that the atlas learned. */
  readonly known: boolean;
  /** Why it is not known, or cannot be read. */
  readonly reason?: string;
}

/** The newest atlas model, ready to sort one file after another. */
export class FileSorter {
  readonly #sorter: RegionSorter;
  readonly #reader = new RadiographReader({ workers: 1 });

  private constructor(sorter: RegionSorter) {
    this.#sorter = sorter;
  }

  /** @throws OsteonError `not-trained` when there is no model yet, `corrupt-store` when it is damaged */
  static async open(home: Home): Promise<FileSorter> {
    const { id } = await newestAtlasRun(home);
    return new FileSorter(await RegionSorter.open(home.files, id));
  }

  /** Sorts one file. A file that is no picture gives a line that says so, never an error. */
  async sort(path: string): Promise<SortedFile> {
    const image = basename(path);
    const read = await this.#reader.read(path);
    if (!read.ok) {
      return { image, region: null, score: null, second: null, known: false, reason: read.reason.detail };
    }
    const { image: picture, colourfulness, attributes } = read.radiograph;
    const { imageSize } = this.#sorter.card.network;
    const view = viewOf(inEightBits(smallPicture(picture)), { imageSize, colourfulness });
    const { reason, ...sorted } = await this.#sorter.sort(view, attributes.Modality ?? null);
    return { image, ...sorted, ...(reason === null ? {} : { reason: describeNoRegion(reason) }) };
  }

  async close(): Promise<void> {
    await Promise.all([this.#reader.close(), this.#sorter.release()]);
  }
}
