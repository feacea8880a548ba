/**
 * What a labels table says of the radiographs of one import. A file name is no radiograph: several files may have it, and
 * several files may be one radiograph. So a row counts where it is certain of which radiograph it speaks, and is told
 * otherwise.
 */

import { resolve } from "node:path";
import type { ImageId } from "../../clinic/ids.ts";
import {
  imageKey,
  type LabelFacts,
  type LabelsProblem,
  type LabelsRow,
  type LabelsTable,
} from "../../clinic/labels-table.ts";
import { type LabelsMatch, matchLabels } from "../../clinic/match-labels.ts";

/** Facts that are still to be written of a radiograph in the home. */
export interface LateFacts {
  readonly image: ImageId;
  readonly facts: LabelFacts;
}

/** The rows of a table on their way to the radiographs of one import. */
export class LabelsOfImport {
  readonly problems: LabelsProblem[] = [];
  readonly #match: LabelsMatch;
  /** Rows that wait for the last file, with the radiographs (or files set aside) that they may speak of. */
  readonly #waiting = new Map<LabelsRow, Set<string>>();
  readonly #said = new Map<string, LabelFacts>();

  constructor(table: LabelsTable, files: readonly string[]) {
    this.#match = matchLabels(
      table,
      files.map((file) => resolve(file)),
    );
  }

  /**
   * What is certainly said of the radiograph that a file holds.
   *
   * @param stored the radiograph, under the name of the file that it first came in with
   */
  factsOf(file: string, stored: { readonly id: ImageId; readonly fileName: string }): LabelFacts {
    const row = this.#match.rowOf.get(resolve(file));
    if (row && !this.#match.shared.has(row)) return this.#agreed(stored.id, row);
    const waiting = row ?? this.#match.unmatched.get(imageKey(stored.fileName));
    if (waiting) this.#wait(waiting, stored.id);
    return {};
  }

  /** Takes note of a file that was set aside: a row that it has in common with another file may speak of this one. */
  setAside(file: string): void {
    const row = this.#match.rowOf.get(resolve(file));
    if (row && this.#match.shared.has(row)) this.#wait(row, resolve(file));
  }

  /** After the last file: what the rows that waited say. Those that several radiographs would have are problems. */
  settle(): LateFacts[] {
    const late: LateFacts[] = [];
    for (const [row, candidates] of this.#waiting) {
      const [only] = candidates;
      if (candidates.size === 1) late.push({ image: only as ImageId, facts: this.#agreed(only as ImageId, row) });
      else {
        const detail = `The row names ${candidates.size} different files; name folders too. It was left out.`;
        this.problems.push({ code: "ambiguous-image", line: row.line, detail });
      }
    }
    return late;
  }

  /** After {@link settle}: how many rows name no file of the import. */
  get unmatched(): number {
    return [...this.#match.unmatched.values()].filter((row) => !this.#waiting.has(row)).length;
  }

  #wait(row: LabelsRow, candidate: string): void {
    const candidates = this.#waiting.get(row) ?? new Set();
    this.#waiting.set(row, candidates.add(candidate));
  }

  /** The row's facts, unless another row has said otherwise of the same radiograph. */
  #agreed(image: ImageId, { line, facts }: LabelsRow): LabelFacts {
    const said = this.#said.get(image) ?? {};
    const against = (Object.keys(facts) as (keyof LabelFacts)[]).filter(
      (column) => said[column] !== undefined && JSON.stringify(said[column]) !== JSON.stringify(facts[column]),
    );
    if (against.length === 0) {
      this.#said.set(image, { ...said, ...facts });
      return facts;
    }
    const detail = `Another row says otherwise of the same radiograph (${against.join(", ")}); this one was left out.`;
    this.problems.push({ code: "contradiction", line, detail });
    return {};
  }
}
