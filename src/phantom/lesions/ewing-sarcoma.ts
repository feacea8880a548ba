/** Ewing sarcoma: fine permeative destruction of the shaft, periosteum in layers like an onion's, a large soft-tissue mass. */
import { edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the length, the layers and the mass of one Ewing sarcoma. */
export const ewingSarcoma = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toSurface, kind } = site;
  const scale = kind === "small" ? 0.4 : kind === "flat" ? 0.7 : 1;
  const length = scale * random.uniform(42, 62);
  const inside = lump(noise, [length, 1.6 * halfWidth, 1.6 * halfWidth], { rough: 4 * scale, grain: 10 * scale });
  const massSize = scale * random.uniform(20, 30);
  const mass = lump(noise, [1.5 * massSize, massSize, massSize], { rough: 3 * scale, grain: 14 });
  const layers = 2 + random.integer(3);
  const gap = random.uniform(1.5, 2) * Math.max(0.5, scale);
  return {
    centre: [0, 0, 0],
    reach: Math.max(1.2 * length, toSurface + 2 * massSize) + 4,
    clearance: (s) =>
      Math.min(s.bare - layers * gap - 2, -2 - mass(s.along, s.out - toSurface - 0.3 * massSize, s.around)),
    change(s) {
      const { along, out, around } = s;
      const depth = inside(along, out, around);
      const shaft = edge(1 - Math.abs(along) / length, 0.5);
      if (s.bare < 0.5 && depth > -4) {
        const here = edge(depth, 8);
        const moth = edge(noise.at(along / 2.6, out / 2, around / 2) + 0.12, 0.2);
        const patch = edge(noise.at(along / 10, out / 8, around / 8) + 0.35, 0.5);
        s.mineral *= 1 - 0.8 * here * moth * (0.35 + 0.65 * patch);
        s.trabecular *= 1 - here;
        s.member = edge(depth, 4) * edge(-s.bare, 1);
      }
      if (s.bare > -0.5 && s.bare < layers * gap + 3 && shaft > 0) {
        const interrupted = edge(noise.at(along / 9, out / 9 + 12, around / 9) + 0.62, 0.3);
        for (let i = 1; i <= layers; i++) {
          // each outer layer is shorter
          const extent = edge(1 - Math.abs(along) / (length * (1.05 - 0.11 * i)), 0.25);
          const height = i * gap * Math.min(1, 2.2 * (1 - Math.abs(along) / (1.05 * length)));
          const sheet = edge(0.42 - Math.abs(s.bare - height), 0.5) * extent * interrupted;
          s.mineral = Math.max(s.mineral, 0.72 * sheet);
          s.member = Math.max(s.member, sheet);
        }
      }
      const outer = mass(along, out - toSurface - 0.3 * massSize, around);
      if (outer > -1.5 && s.bare > 0) {
        s.soft = edge(outer, 2);
        s.member = Math.max(s.member, s.soft);
      }
    },
  };
};
