/** A scraped-out cavity filled with bone cement or chips of bone, in the place where the tumour was. */
import type { Random } from "../../numeric/random.ts";
import { type Lesion, lump } from "../lesions/lesion.ts";
import type { Noise } from "../noise.ts";
import { edge } from "../tissue.ts";

/** What is known of the cavity. */
export interface DefectOptions {
  readonly random: Random;
  readonly noise: Noise;
  readonly halfWidth: number;
  /** Cement with barium is as dense as bone and even; chips are mottled. */
  readonly filling: "cement" | "chips";
}

/** The filling as a lesion that is no tumour: it belongs to no mask. */
export const fillDefect = (options: DefectOptions): Lesion => {
  const { random, noise, halfWidth, filling } = options;
  const length = Math.max(6, halfWidth * random.uniform(0.9, 1.5));
  const width = halfWidth * random.uniform(0.65, 0.85);
  const cavity = lump(noise, [length, width, width], { rough: 0.14 * width, grain: 0.7 * width });
  const cement = random.uniform(0.42, 0.62);
  return {
    centre: [0, random.uniform(0, 0.2) * halfWidth, 0],
    reach: Math.max(length, width) + 6,
    change(s) {
      if (s.bare > 0) return;
      const here = edge(cavity(s.along, s.out, s.around), 1.2) * edge(-s.bare - 1, 1);
      if (here === 0) return;
      const chips = 0.12 + 0.5 * edge(noise.cloud(s.along / 5, s.out / 5, s.around / 5) - 0.05, 0.35);
      s.mineral = s.mineral * (1 - here) + here * (filling === "cement" ? cement : chips);
      s.trabecular *= 1 - here;
    },
  };
};
