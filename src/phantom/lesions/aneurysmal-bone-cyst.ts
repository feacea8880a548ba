/** Aneurysmal bone cyst: an eccentric, blown-up lucency of the metaphysis with thin septa and a shell as thin as an egg's. */
import { boneMineral, edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the size and the chambers of one aneurysmal bone cyst. */
export const aneurysmalBoneCyst = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toSurface, kind } = site;
  const scale = kind === "small" ? 0.45 : kind === "flat" ? 0.8 : Math.min(1.1, 0.5 + halfWidth / 35);
  const length = scale * random.uniform(22, 34);
  const width = scale * random.uniform(16, 23);
  const eccentric = Math.max(0, toSurface - width * random.uniform(0.35, 0.65));
  const cyst = lump(noise, [length, width, width * 0.95], { rough: 0.09 * width, grain: 0.6 * width });
  const chamber = random.uniform(0.34, 0.46) * width;
  return {
    centre: [0, eccentric, 0],
    reach: 1.15 * length + 6,
    reshape: (s) => Math.min(s.bare, -cyst(s.along, s.out, s.around) - 0.6),
    change(s) {
      const depth = cyst(s.along, s.out, s.around);
      if (depth < -2) return;
      const here = edge(depth, 0.9);
      const hollow = boneMineral({ distance: s.distance, cortex: 0.8, spongy: 0, step: Math.min(s.step, 0.9) });
      const rim = edge(0.7 - Math.abs(depth + 0.7), 0.7) * edge(-s.distance - 1, 1);
      // septa: the places where a smooth field changes sign
      const n = noise.at(s.along / chamber, s.out / chamber, s.around / chamber + 23);
      const septum = edge(0.055 - Math.abs(n), 0.06) * edge(depth - 0.3, 1);
      s.mineral += here * (Math.max(hollow, 0.55 * septum) - s.mineral);
      s.mineral = Math.max(s.mineral, 0.6 * rim);
      s.trabecular *= 1 - here;
      s.member = here;
      s.soft = 0.4 * here * edge(s.bare, 1);
    },
  };
};
