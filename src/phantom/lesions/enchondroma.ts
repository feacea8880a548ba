/** Enchondroma: a lobulated lucency in the marrow with rings, arcs and popcorn of calcified cartilage; scallops the cortex a little. */
import { boneMineral, edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the size and the calcification of one enchondroma. */
export const enchondroma = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toEnd, kind } = site;
  const small = kind === "small";
  const length = small
    ? Math.min(0.75 * toEnd, random.uniform(9, 15))
    : kind === "flat"
      ? random.uniform(10, 15)
      : random.uniform(15, 30);
  const width = halfWidth * (small ? random.uniform(0.95, 1.1) : random.uniform(0.62, 0.85));
  const inside = lump(noise, [length, width, width], { rough: 0.16 * width + 0.4, grain: 0.5 * width + 1 });
  const expansion = small ? random.uniform(0.8, 2.2) : 0;
  const calcified = small ? random.uniform(0, 0.5) : random.uniform(0.55, 1);
  const grain = small ? 2 : random.uniform(3.2, 4.6);
  return {
    centre: [0, 0, 0],
    reach: 1.3 * length + width + 4,
    reshape: (s) => s.bare - expansion * edge(1.2 - Math.abs(s.along) / length, 1),
    change(s) {
      const depth = inside(s.along, s.out, s.around);
      if (depth < -1.5) return;
      const shell = small ? 0.7 : Math.max(0.9, 0.45 * s.cortex);
      const here = edge(depth, 1) * edge(-s.distance - 0.3, 0.6);
      if (here === 0) return;
      const hollow = boneMineral({
        distance: s.distance,
        cortex: Math.min(s.cortex, shell),
        spongy: 0.1,
        step: s.step,
      });
      s.mineral += here * (hollow - s.mineral);
      s.trabecular *= 1 - here;
      s.member = here;
      const n = noise.at(s.along / grain + 31, s.out / grain, s.around / grain);
      const ring = edge(0.16 - Math.abs(n - 0.12), 0.12) * edge(depth - 1.5, 2);
      const popcorn = edge(
        noise.at(s.along / (0.8 * grain), s.out / (0.8 * grain) + 17, s.around / (0.8 * grain)) - 0.34,
        0.1,
      );
      const matrix = calcified * (0.42 * ring + 0.75 * popcorn * edge(depth - 1, 2)) * here;
      s.mineral = Math.min(1, s.mineral + matrix);
    },
  };
};
