/** Answers about the whole archive, kept until anything in it changes: who pages through it asks the same again and again. */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import {
  type ArchiveSearch,
  type ArchiveSorting,
  archiveVersion,
  countFacets,
  type Database,
  findArchiveImages,
  findArchivePatients,
} from "../../store/index.ts";

/** How many answers are kept; a list of 50,000 radiographs takes 5 MB. */
const kept = 24;

export class ArchiveLists {
  readonly #database: Database;
  readonly #answers = new Map<string, Promise<unknown>>();
  #version = -1;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The ids of all that match, in order. */
  images(search: ArchiveSearch, sorting: ArchiveSorting): Promise<readonly ImageId[]> {
    return this.#answer(["images", search, sorting], () => findArchiveImages(this.#database, search, sorting));
  }

  /** The patients of all that match, in the order of their numbers. */
  patients(search: ArchiveSearch): Promise<readonly PatientId[]> {
    return this.#answer(["patients", search], () => findArchivePatients(this.#database, search));
  }

  /** How many of those that match have each value. */
  facets(search: ArchiveSearch): ReturnType<typeof countFacets> {
    return this.#answer(["facets", search], () => countFacets(this.#database, search));
  }

  async #answer<T>(question: readonly unknown[], find: () => Promise<T>): Promise<T> {
    const version = await archiveVersion(this.#database);
    if (version !== this.#version) this.#answers.clear();
    this.#version = version;
    const key = JSON.stringify(question);
    const known = this.#answers.get(key) as Promise<T> | undefined;
    const answer = known ?? find();
    this.#answers.delete(key); // the one that was asked for last is the last to be forgotten
    this.#answers.set(key, answer);
    if (!known) answer.catch(() => this.#answers.delete(key));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > kept) this.#answers.delete(oldest!);
    return answer;
  }
}
