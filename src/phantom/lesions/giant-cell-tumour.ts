/** Giant cell tumour: an eccentric lysis that reaches the joint's subchondral plate, sharp but without a sclerotic rim. */
import { boneMineral, edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the size of one giant cell tumour. */
export const giantCellTumour = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toEnd, toSurface, kind } = site;
  const scale = kind === "small" ? 0.45 : kind === "flat" ? 0.85 : Math.min(1.05, 0.45 + halfWidth / 50);
  const length = scale * random.uniform(24, 33);
  const width = Math.min(1.05 * halfWidth + 3, scale * random.uniform(19, 27));
  const inside = lump(noise, [length, width, width], { rough: 0.1 * width, grain: 0.55 * width });
  const towards = kind === "long" ? toEnd - length * random.uniform(0.72, 0.86) : 0;
  return {
    centre: [towards, Math.max(0, toSurface - 0.85 * width), 0],
    reach: 1.15 * Math.max(length, width) + 6,
    reshape: (s) => {
      const depth = inside(s.along, s.out, s.around);
      return s.bare - 2.4 * scale * edge(depth + 3, 8) * edge(s.out + 0.3 * width, width);
    },
    change(s) {
      const depth = inside(s.along, s.out, s.around);
      if (depth < -1) return;
      const here = edge(depth, 1.2) * edge(-s.distance, 0.8);
      const ridge = edge(0.05 - Math.abs(noise.at(s.along / 11, s.out / 11, s.around / 11)), 0.06);
      const hollow = boneMineral({ distance: s.distance, cortex: 0.7, spongy: 0.03, step: s.step }) + 0.09 * ridge;
      s.mineral += here * (hollow - s.mineral);
      s.trabecular *= 1 - here;
      s.member = here;
    },
  };
};
