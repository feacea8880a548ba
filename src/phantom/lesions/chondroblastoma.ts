/** Chondroblastoma: a small round lucency in the epiphysis with a thin sclerotic rim, sometimes with flecks of chalk. */
import { edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the size of one chondroblastoma. */
export const chondroblastoma = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toSurface, kind } = site;
  const size = kind === "small" ? 4.5 : Math.min(0.75 * halfWidth, random.uniform(8.5, 13.5));
  const inside = lump(noise, [size, size, size * random.uniform(0.85, 1.1)], { rough: 0.09 * size, grain: 0.7 * size });
  const flecked = random.chance(0.4);
  return {
    centre: [0, Math.max(0, Math.min(toSurface - 1.05 * size, random.uniform(2, 20))), 0],
    reach: 1.3 * size + 5,
    change(s) {
      const depth = inside(s.along, s.out, s.around);
      if (depth < -3.5) return;
      const within = edge(-s.distance - 0.8, 0.8);
      const here = edge(depth, 0.9) * within;
      const rim = edge(depth + 1.8, 0.8) * edge(-depth, 0.8) * within;
      const flecks = flecked ? edge(noise.at(s.along / 2, s.out / 2, s.around / 2) - 0.4, 0.1) * edge(depth - 2, 2) : 0;
      s.mineral += here * (0.01 + 0.5 * flecks - s.mineral);
      s.mineral = Math.max(s.mineral, 0.75 * rim);
      s.trabecular *= 1 - here;
      s.member = Math.max(here, rim);
    },
  };
};
