/** The work of the demo, as people at the pages would ask for it: jobs of the workbench, each once for a kept home. */

import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { JobKindName } from "../contract/jobs.ts";
import { OsteonError } from "../errors.ts";
import { local } from "../server/access/guard-access.ts";
import { addQuery } from "../server/link/add-query.ts";
import type { Services } from "../server/services.ts";
import { listQueries, type StoredJob } from "../store/index.ts";
import { findFiles, isTextFile } from "../systems/cohort/index.ts";
import { type Link, Linker } from "../systems/precedents/index.ts";

interface DemoWorkOptions {
  /** The folder of the drawn centre. */
  readonly centre: string;
  readonly epochs: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A job that the demo asks for: what it is told is made only when it is not done yet. */
interface Wish {
  readonly kind: JobKindName;
  readonly settings: () => Promise<object>;
  /** Tells wishes of one kind apart. */
  readonly isSame?: (settings: Readonly<Record<string, unknown>>) => boolean;
}

/** Of the patients, so many tell which diagnoses of a new one cannot be ruled out. */
const holdOut = 0.2;

type OnProgress = (done: number, total: number, note: string) => void;

export class DemoWork {
  readonly #services: Services;
  readonly #options: DemoWorkOptions;

  constructor(services: Services, options: DemoWorkOptions) {
    this.#services = services;
    this.#options = options;
  }

  /** The radiographs from before therapy, with what is known of them. */
  async import(onProgress: OnProgress): Promise<void> {
    await this.#finish(this.#importOf("pacs", "labels.csv"), onProgress);
  }

  /** One network instead of several, so that the demo ends within minutes. */
  async train(onProgress: OnProgress): Promise<void> {
    const settings = { ...this.#training(), holdOut };
    await this.#finish({ kind: "train-precedents", settings: async () => settings }, onProgress);
  }

  async buildIndex(onProgress: OnProgress): Promise<void> {
    await this.#finish({ kind: "build-index", settings: async () => ({}) }, onProgress);
  }

  /** Links the undiagnosed patients, who also wait on everybody's worklist. */
  async link(): Promise<Link[]> {
    const { home, now } = this.#services;
    const files = await findFiles([join(this.#options.centre, "undiagnosed")], isTextFile);
    const waiting = new Set((await listQueries(home.database, local.id)).map(({ fileName }) => fileName));
    for (const file of files.filter((one) => !waiting.has(basename(one))))
      await addQuery(home, { file, name: basename(file), person: local.id, worklist: true, now: now() });
    const linker = await Linker.open(home);
    const links: Link[] = [];
    try {
      for (const file of files) {
        this.#stopIfInterrupted();
        links.push(await linker.link(file));
      }
    } finally {
      await linker.close();
    }
    return links;
  }

  /**
   * What fills the other pages, while people look at the first: other radiographs, clusters, an evaluation, and beside them
   * the hospital's tables, reports and a cohort.
   */
  async finishTheRest(): Promise<void> {
    await this.#begin(this.#importOf("later"));
    await this.#begin(this.#importOf("archive"));
    // The network that is there already tells features in seconds; DeepCluster would first have to learn.
    const clustering = { features: "precedents", seed: this.#options.seed };
    await this.#begin({ kind: "cluster-atlas", settings: async () => clustering });
    await this.#begin({ kind: "find-burned-in-text", settings: async () => ({}) });
    await this.#begin({ kind: "evaluate-precedents", settings: async () => this.#training() });
    for (const table of ["patients.csv", "cases.csv", "follow-up.xlsx"]) await this.#importTable(table);
    await this.#finish({ kind: "import-reports", settings: () => this.#reports() });
    const definition = join(import.meta.dirname, "..", "..", "studies", "cohorts", "precedents.json");
    await this.#finish({
      kind: "build-cohort",
      settings: async () => ({ definition: JSON.parse(await readFile(definition, "utf8")) }),
    });
  }

  #importOf(part: string, labels?: string): Wish {
    const folder = join(this.#options.centre, part);
    return {
      kind: "import-radiographs",
      settings: async () => ({
        folder,
        ...(labels === undefined ? {} : { labels: await this.#upload(join(this.#options.centre, labels)) }),
      }),
      isSame: (settings) => settings.folder === folder,
    };
  }

  async #reports(): Promise<object> {
    const folder = join(this.#options.centre, "reports");
    const uploads: string[] = [];
    for (const name of await readdir(folder)) uploads.push(await this.#upload(join(folder, name)));
    return { uploads };
  }

  #training(): object {
    const { epochs, seed } = this.#options;
    return { target: "entity", imageSizes: [96], epochs, seed };
  }

  async #importTable(name: string): Promise<void> {
    const path = join(this.#options.centre, "his", name);
    const asOf = "2022-12-31"; // after the last visit that the centre draws
    await this.#finish({
      kind: "import-table",
      settings: async () => {
        const upload = await this.#upload(path);
        const { result } = await this.#wait(
          await this.#services.jobs.start("propose-table-mapping", { upload, asOf }, local),
        );
        return { upload, name, asOf, mapping: result };
      },
      isSame: (settings) => settings.name === name,
    });
  }

  async #upload(path: string): Promise<string> {
    const file = { name: basename(path), announcedBytes: undefined, person: local };
    return (await this.#services.uploads.receive(createReadStream(path), file)).id;
  }

  /** Starts what is wished for, or finds it as an earlier demo on this home left it. */
  async #begin({ kind, settings, isSame = () => true }: Wish): Promise<StoredJob> {
    const { jobs } = this.#services;
    const all = (await jobs.list({ kinds: [kind] })).filter((job) =>
      isSame(job.settings as Readonly<Record<string, unknown>>),
    );
    const before = all.find(({ state }) => state === "finished") ?? all.at(-1); // later ones are of who tried things out
    if (before === undefined) return jobs.start(kind, await settings(), local);
    return before.state === "failed" || before.state === "cancelled" ? jobs.resume(before.id, local) : before;
  }

  async #finish(wish: Wish, onProgress: OnProgress = () => {}): Promise<void> {
    await this.#wait(await this.#begin(wish), onProgress);
  }

  /** Waits for a job's end; an interrupt ends the waiting, the job goes on with the next start. */
  async #wait(job: StoredJob, onProgress: OnProgress = () => {}): Promise<StoredJob> {
    const { signal } = this.#options;
    this.#stopIfInterrupted();
    const ended = await new Promise<StoredJob | undefined>((resolve, reject) => {
      const look = (changed: StoredJob): void => {
        if (changed.id !== job.id) return;
        if (changed.progress) onProgress(changed.progress.done, changed.progress.total, changed.progress.note);
        if (changed.finishedAt !== null) end(changed);
      };
      const forget = this.#services.jobs.subscribe(look);
      const end = (result: StoredJob | undefined): void => {
        forget();
        signal.removeEventListener("abort", interrupt);
        resolve(result);
      };
      const interrupt = (): void => end(undefined);
      signal.addEventListener("abort", interrupt, { once: true });
      this.#services.jobs.get(job.id).then(look, reject); // it may have ended before anybody listened
    });
    this.#stopIfInterrupted();
    if (ended?.state === "finished") return ended;
    const why = ended?.problem?.detail ?? "somebody cancelled it.";
    throw new OsteonError(
      "bad-input",
      `The demo's job "${job.kind}" did not finish: ${why} Start the demo again to go on.`,
    );
  }

  #stopIfInterrupted(): void {
    if (this.#options.signal.aborted)
      throw new OsteonError("interrupted", "The demo was interrupted; start it again to go on.");
  }
}
