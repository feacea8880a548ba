/**
 * An archive's hash codes in databases: one, or several among which the patients are shared out, each with an index of its own. A
 * search asks all of them at once and looks into more and more buckets until it has most likely missed nobody.
 */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { MissChances } from "../../retrieval/search/miss-chance.ts";
import type { NamedSearch } from "../../retrieval/search/stored-codes.ts";
import {
  type BucketShape,
  type CodeRow,
  type CodeTable,
  codesWithin,
  countCodes,
  type Database,
  deleteCodes,
  indexCodeTable,
  listCodedImages,
  type NearCode,
  nearestCodes,
  openCodeTable,
  writeCodes,
} from "../../store/index.ts";

/** A database that has a part of the patients; its name may never change, as it says which. */
export interface Shard {
  readonly name: string;
  readonly database: Database;
}

/** What is looked for. */
export interface CodedSearch {
  readonly k: number;
  /** The chance that a near patient is found; 1 asks each code of the archive. */
  readonly recall: number;
  /** The query's own patient, under each of its names. */
  readonly without?: readonly PatientId[];
}

/** Images that are named at once. */
const pageLength = 10_000;
/** Images that are looked at first, for each group that is wanted. */
const imagesPerGroup = 20;

/** More buckets than these around each key cost more than a look at every code. */
const mostRadius = 2;

/**
 * How codes are cut for a number of them in one database: some eight in a bucket, and keys all over the code, so that a near one
 * shares a bucket nearly always.
 *
 * @example
 * shapeFor({ count: 1_000_000, bits: 256 }); // { bits: 256, keyBits: 17, tables: 15 }
 */
export const shapeFor = ({ count, bits }: { readonly count: number; readonly bits: number }): BucketShape => {
  const keyBits = Math.min(Math.max(Math.round(Math.log2(Math.max(count, 1))) - 3, 8), 24);
  return { bits, keyBits, tables: Math.min(Math.floor(bits / keyBits), mostTables) };
};

/** Every index makes writing slower. */
const mostTables = 16;

export class CodedArchive {
  readonly #shards: readonly (Shard & { readonly table: CodeTable })[];
  readonly #shape: BucketShape;
  readonly #misses: MissChances;

  private constructor(shards: readonly (Shard & { readonly table: CodeTable })[], shape: BucketShape) {
    this.#shards = shards;
    this.#shape = shape;
    this.#misses = new MissChances(shape);
  }

  /** Opens the codes of what is named, such as the run of an index, in every database; makes what is not there. */
  static async open(shards: readonly Shard[], owner: string, wanted: BucketShape): Promise<CodedArchive> {
    if (shards.length === 0 || new Set(shards.map(({ name }) => name)).size < shards.length)
      throw new OsteonError("bad-usage", "Codes need at least one database, and each a name of its own.");
    const opened = await Promise.all(
      shards.map(async (shard) => ({ ...shard, table: await openCodeTable(shard.database, owner, wanted) })),
    );
    const [{ table }] = opened as [(typeof opened)[0]];
    if (opened.some((shard) => shard.table.keyBits !== table.keyBits || shard.table.bits !== table.bits))
      throw new OsteonError("corrupt-store", "The databases hold codes of different kinds; build the index again.");
    return new CodedArchive(opened, table);
  }

  /** Makes the buckets fast; best when most codes are in. */
  async index(): Promise<void> {
    await Promise.all(this.#shards.map(({ database, table }) => indexCodeTable(database, table)));
  }

  /** Writes codes, each where its patient is; a failure may leave those of some databases written, and can be tried again. */
  async write(rows: readonly CodeRow[]): Promise<void> {
    const parts = Map.groupBy(rows, ({ patient }) => this.#shardOf(patient));
    await Promise.all([...parts].map(([{ database, table }, part]) => writeCodes(database, table, part)));
  }

  /** Takes images out, wherever they are. */
  async remove(images: readonly ImageId[]): Promise<void> {
    await Promise.all(this.#shards.map(({ database, table }) => deleteCodes(database, table, images)));
  }

  /** The name of every image, many at once. */
  async *images(): AsyncGenerator<readonly ImageId[]> {
    for (const { database, table } of this.#shards) {
      let page: readonly ImageId[] = [];
      do {
        page = await listCodedImages(database, table, { after: page.at(-1), limit: pageLength });
        yield page;
      } while (page.length === pageLength);
    }
  }

  async count(): Promise<number> {
    const counts = await Promise.all(this.#shards.map(({ database, table }) => countCodes(database, table)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** The nearest patients of all databases, each by its nearest image; equal ones by the image's id. */
  async nearest(code: Uint32Array, { recall, ...search }: CodedSearch): Promise<NearCode[]> {
    let radii: readonly number[] | undefined = recall < 1 ? this.#sameFor(0) : undefined;
    for (;;) {
      const found = await this.#ask(code, { ...search, radii });
      if (radii === undefined) return found;
      const wider = this.#widen(radii, { found, k: search.k, recall });
      if (wider === radii) return found;
      radii = wider;
    }
  }

  /**
   * The k nearest that are not passed over, nearest first, equal ones by the image's name, whichever database has them. All codes are
   * compared, by as many of their first bits as the query has.
   */
  async nearestNamed(code: Uint32Array, search: NamedSearch): Promise<NearCode[]> {
    const found = await Promise.all(this.#shards.map((shard) => nearestGroups(shard, code, search)));
    const groups = new Map<string, NearCode>();
    for (const near of found.flat().sort(nearestFirst)) {
      const group = search.groupOf(near.image)!;
      if (!groups.has(group)) groups.set(group, near);
    }
    return [...groups.values()].slice(0, search.k);
  }

  async #ask(
    code: Uint32Array,
    search: {
      readonly k: number;
      readonly without?: readonly PatientId[];
      readonly radii: readonly number[] | undefined;
    },
  ): Promise<NearCode[]> {
    const found = await Promise.all(
      this.#shards.map(({ database, table }) => nearestCodes(database, table, { code, ...search })),
    );
    return found.flat().sort(nearestFirst).slice(0, search.k);
  }

  /** The least that must be looked at beside what was, given how far the k-th is; the same where nothing must, every code at last. */
  #widen(
    radii: readonly number[],
    { found, k, recall }: { readonly found: readonly NearCode[]; readonly k: number; readonly recall: number },
  ): readonly number[] | undefined {
    const isEnough = (wider: readonly number[]): boolean => {
      const last = found[k - 1];
      if (last === undefined) return false;
      const misses = found.reduce((sum, { distance }) => sum + this.#misses.of(distance, wider), 0);
      return misses / k <= 1 - recall;
    };
    if (isEnough(radii)) return radii;
    const least = Math.min(...radii);
    for (let radius = least + 1; radius <= mostRadius; radius++) {
      if (found.length < k) return this.#sameFor(radius);
      for (let tables = 1; tables <= radii.length; tables++) {
        const wider = radii.map((_, i) => (i < tables ? radius : radius - 1));
        if (isEnough(wider)) return wider;
      }
    }
    return undefined;
  }

  #sameFor(radius: number): readonly number[] {
    return Array(this.#shape.tables).fill(radius);
  }

  /** Each patient is where the hash of both names is highest: with one more database only its own share moves. */
  #shardOf(patient: PatientId): Shard & { readonly table: CodeTable } {
    let [best, highest] = [this.#shards[0]!, -1];
    for (const shard of this.#shards) {
      const weight = hash(`${shard.name}/${patient}`);
      if (weight > highest) [best, highest] = [shard, weight];
    }
    return best;
  }
}

const nearestFirst = (a: NearCode, b: NearCode): number => a.distance - b.distance || (a.image < b.image ? -1 : 1);

/** The nearest of each group in one database, part by part, as nobody knows how many are passed over. */
const nearestGroups = async (
  { database, table }: Shard & { readonly table: CodeTable },
  code: Uint32Array,
  { k, farthest, groupOf }: NamedSearch,
): Promise<NearCode[]> => {
  const groups = new Map<string, NearCode>();
  let after: NearCode | undefined;
  for (let limit = k * imagesPerGroup; ; limit *= 4) {
    const page = await codesWithin(database, table, { code, farthest, limit, after });
    for (const near of page) {
      const group = groupOf(near.image);
      if (group === null || groups.has(group)) continue;
      groups.set(group, near);
      if (groups.size === k) return [...groups.values()];
    }
    if (page.length < limit) return [...groups.values()];
    after = page.at(-1);
  }
};

/** FNV-1a of 32 bits, and the finish of MurmurHash3, without which like names would come out alike. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
};
