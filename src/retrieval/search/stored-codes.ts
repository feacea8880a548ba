/** Searches stored codes from any thread: the table is shared, and the names of what is found are read from the file. */

import { closeSync, openSync, readSync } from "node:fs";
import type { ImageId, PatientId } from "../../clinic/ids.ts";
import { BucketSearch } from "./bucket-search.ts";
import type { CodeBuckets } from "./code-buckets.ts";
import { alignment, patientNumber, readNames, type StoredNames } from "./code-log.ts";
import { CodeScanner } from "./code-scanner.ts";
import { CodeTable, type SharedCodeTable } from "./code-table.ts";

/** What is sent to a thread that searches. */
export interface SharedCodes {
  readonly path: string;
  readonly table: SharedCodeTable;
  readonly buckets: CodeBuckets | null;
}

/** What is wanted of a search. */
export interface StoredSearch {
  readonly k: number;
  /** Who is never found: whoever the query may be of, under every number. */
  readonly excludePatients: ReadonlySet<PatientId>;
  /** `patient` (default): one entry for each patient, by the patient's nearest image. */
  readonly unit?: "patient" | "image";
  /** The share of the true neighbours that is to be found where there are buckets; 1, the default, finds all. */
  readonly recall?: number;
}

/** What is wanted of a search that looks at each name. */
export interface NamedSearch {
  readonly k: number;
  /** Nothing is found that differs in more bits. */
  readonly farthest: number;
  /** Of images with one key the nearest alone is found; null passes an image over. */
  readonly groupOf: (image: ImageId) => string | null;
}

/** A stored code near the query. */
export interface StoredNeighbour {
  readonly image: ImageId;
  readonly patient: PatientId;
  /** Bits that differ. */
  readonly distance: number;
}

const usualRecordBytes = 512;

/** One thread's search. */
export class StoredCodes {
  readonly table: CodeTable;
  readonly #file: number;
  readonly #scanner: CodeScanner;
  /** Of the first bits alone, by their number. */
  readonly #shorter = new Map<number, CodeScanner>();
  #buckets: BucketSearch | null = null;

  /** Opens the file to read names from; {@link close} closes it. */
  constructor({ path, table, buckets }: SharedCodes) {
    this.table = CodeTable.open(table);
    this.#scanner = new CodeScanner(this.table.codes);
    this.use(buckets);
    this.#file = openSync(path, "r");
  }

  /** Goes through these buckets from now on; null scans all codes. */
  use(buckets: CodeBuckets | null): void {
    this.#buckets = buckets && new BucketSearch(this.#scanner, buckets);
  }

  /** The k nearest, nearest first; of codes as near as each other the one stored earlier. */
  nearest(query: Uint32Array, { k, excludePatients, unit = "patient", recall = 1 }: StoredSearch): StoredNeighbour[] {
    const excluded = new Set([...excludePatients].map(patientNumber));
    const { table } = this;
    const groupOf = (position: number): number | null => {
      const patient = table.patients[position]!;
      if (table.isRemoved(position) || excluded.has(patient)) return null;
      return unit === "patient" ? patient : position;
    };
    const found = this.#buckets
      ? this.#buckets.nearest(query, { k, groupOf, recall })
      : this.#scanner.nearest(query, { k, groupOf });
    return found.map(({ position, distance }) => {
      const { image, patient } = this.namesAt(position);
      return { image, patient, distance };
    });
  }

  /**
   * The k nearest that are not passed over, nearest first, equal ones by the image's name, whatever was stored earlier. All codes are
   * compared, by as many of their first bits as the query has. Names are read of those alone that are near enough to be found.
   */
  nearestNamed(query: Uint32Array, { k, farthest, groupOf }: NamedSearch): StoredNeighbour[] {
    const names = new Map<number, StoredNames>();
    const namesOf = (position: number): StoredNames => {
      const known = names.get(position) ?? this.namesAt(position);
      names.set(position, known);
      return known;
    };
    const found = this.#scannerFor(query.length * 32).nearest(query, {
      k,
      farthest,
      groupOf: (position) => (this.table.isRemoved(position) ? null : groupOf(namesOf(position).image)),
      breakTie: (i, j) => (namesOf(i).image < namesOf(j).image ? -1 : 1),
    });
    return found.map(({ position, distance }) => {
      const { image, patient } = namesOf(position);
      return { image, patient, distance };
    });
  }

  /** The name of every image that was not taken out. */
  *images(): Generator<ImageId> {
    const { count } = this.table.codes;
    for (let position = 0; position < count; position++) {
      if (!this.table.isRemoved(position)) yield this.namesAt(position).image;
    }
  }

  /** Whose the code at a position is. */
  namesAt(position: number): StoredNames {
    const { bits } = this.table.codes;
    const from = this.table.places[position]! * alignment;
    for (let wanted = usualRecordBytes + bits / 8; ; ) {
      const record = new Uint8Array(wanted);
      const names = readNames(record.subarray(0, readSync(this.#file, record, 0, wanted, from)), bits);
      if (names.bytes <= wanted) return names;
      wanted = names.bytes;
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #scannerFor(bits: number): CodeScanner {
    const { codes } = this.table;
    if (bits === codes.bits) return this.#scanner;
    const scanner = this.#shorter.get(bits) ?? new CodeScanner(codes, bits);
    this.#shorter.set(bits, scanner);
    return scanner;
  }
}
