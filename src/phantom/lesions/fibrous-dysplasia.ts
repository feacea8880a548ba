/** Fibrous dysplasia: a long ground-glass lesion of the shaft, cortex thinned from within, a thick rind, the bone widened and bowed. */
import { cancellousMineral, edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the length, the bowing and the haze of one fibrous dysplasia. */
export const fibrousDysplasia = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, kind } = site;
  const small = kind === "small";
  const length = small ? random.uniform(12, 18) : kind === "flat" ? random.uniform(22, 32) : random.uniform(42, 75);
  const expansion = small ? 1 : random.uniform(2, 4.5);
  const width = halfWidth + expansion;
  const inside = lump(noise, [length, 1.25 * width, 1.25 * width], { rough: 1, grain: 9 });
  const bend = kind === "long" ? random.uniform(2, 7) : 0;
  const haze = random.uniform(0.55, 0.95) * cancellousMineral;
  return {
    centre: [0, 0, 0],
    reach: 1.1 * length + width + 4,
    bow: (along) => bend * Math.max(0, 1 - (along / (1.15 * length)) ** 2) ** 2,
    reshape: (s) => s.bare - expansion * edge(1 - Math.abs(s.along) / length, 1.1),
    change(s) {
      const depth = inside(s.along, s.out, s.around);
      if (depth < -4 || s.distance > 0.5) return;
      // the inner wall undulates: lobes of the lesion eat into the cortex from inside
      const wall = 1 + 0.5 * noise.at(s.along / 11, s.out / 11, s.around / 11) + 0.12 * s.cortex;
      const here = edge(depth, 1.5) * edge(-s.distance - wall, 1);
      const cloud = 1 + 0.28 * noise.at(s.along / 16, s.out / 16, s.around / 16);
      s.mineral += here * (haze * cloud - s.mineral);
      const rind = edge(depth + 3.2, 1.2) * edge(-depth, 1) * edge(-s.distance - wall, 1);
      s.mineral = Math.max(s.mineral, 0.55 * rind);
      s.trabecular *= 1 - here;
      s.member = edge(depth, 1.5) * edge(-s.distance, 1);
    },
  };
};
