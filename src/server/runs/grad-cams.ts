/** Where the networks of a run look: worked out in a thread the first time somebody asks, then kept beside the run. */

import type { GradCamPicture } from "../../contract/runs.ts";
import { type Home, hashContent, type StoredImage } from "../../store/index.ts";
import type { RunThread } from "./run-thread.ts";

/** Which class is asked about, and in which layer. */
interface GradCamQuestion {
  readonly label: string;
  readonly layer?: GradCamPicture["layer"] | undefined;
}

export class GradCams {
  readonly #home: Home;
  readonly #thread: RunThread;
  readonly #underWay = new Map<string, Promise<GradCamPicture>>();

  constructor(home: Home, thread: RunThread) {
    this.#home = home;
    this.#thread = thread;
  }

  /**
   * @throws OsteonError `not-found` when the run keeps no networks, `bad-usage` for a class that they have not learned,
   *   `corrupt-store` when a file is missing or damaged
   */
  async explain(run: string, image: StoredImage, question: GradCamQuestion): Promise<GradCamPicture> {
    const asked = JSON.stringify([image.id, question.label, question.layer ?? null]);
    const name = `grad-cam/${hashContent(asked).slice(0, 32)}.json`;
    const known = await this.#read(run, name);
    if (known) return known;
    const key = `${run}/${name}`;
    const working =
      this.#underWay.get(key) ??
      this.#make(run, image, question)
        .then(async (made) => {
          await this.#home.files.writeArtefact(run, name, JSON.stringify(made));
          return made;
        })
        .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, working);
    return working;
  }

  async #make(run: string, image: StoredImage, question: GradCamQuestion): Promise<GradCamPicture> {
    const told = { run, image: image.id, ...question };
    const { predicted, networks, layer, classes } = await this.#thread.perform("explain", told);
    const { probability, map } = classes[0]!;
    const { width, height } = image;
    const side = Math.max(width, height);
    return {
      label: question.label,
      layer,
      probability,
      predicted,
      networks,
      map: {
        columns: map.columns,
        rows: map.rows,
        values: Array.from(map.values, (value) => Math.round(Math.min(Math.max(value, 0), 1) * 1e3) / 1e3),
        area: { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side },
      },
      picture: { width, height },
    };
  }

  /** What was kept; what cannot be read is made again. */
  async #read(run: string, name: string): Promise<GradCamPicture | undefined> {
    if (!(await this.#home.files.hasArtefact(run, name))) return undefined;
    try {
      return JSON.parse(new TextDecoder().decode(await this.#home.files.readArtefact(run, name))) as GradCamPicture;
    } catch {
      return undefined;
    }
  }
}
