/** Chondrosarcoma: long, deeply scalloping, cortex thickened from outside and broken in places, rings and arcs, soft-tissue mass. */
import { boneMineral, edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the size, the breach and the matrix of one chondrosarcoma. */
export const chondrosarcoma = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toSurface, kind } = site;
  const scale = kind === "small" ? 0.45 : kind === "flat" ? 0.8 : 1;
  const length = scale * random.uniform(34, 58);
  const width = halfWidth * random.uniform(0.95, 1.1);
  const inside = lump(noise, [length, width, width], { rough: 3.2 * scale, grain: 8 * scale });
  const expansion = scale * random.uniform(1.5, 4);
  const massSize = scale * random.uniform(kind === "flat" ? 26 : 14, kind === "flat" ? 42 : 30);
  const massAlong = random.uniform(-0.3, 0.3) * length;
  const mass = lump(noise, [1.3 * massSize, massSize, massSize], { rough: 3 * scale, grain: 12 * scale });
  const grain = random.uniform(3.6, 5.2) * Math.max(0.6, scale);
  const density = random.uniform(0.5, 1);
  const matrix = (a: number, o: number, t: number): number => {
    const n = noise.at(a / grain + 5, o / grain, t / grain);
    const where = edge(noise.at(a / 14, o / 14 + 9, t / 14) + 0.25, 0.4);
    const dot = edge(noise.at(a / 3, o / 3, t / 3 + 40) - 0.42, 0.1);
    return density * where * (0.4 * edge(0.14 - Math.abs(n), 0.1) + 0.6 * dot);
  };
  return {
    centre: [0, 0, 0],
    reach: Math.max(1.25 * length, toSurface + 2.2 * massSize) + 6,
    reshape: (s) => s.bare - expansion * edge(1 - Math.abs(s.along) / length, 0.9),
    clearance: (s) => -1.5 - mass(s.along - massAlong, s.out - toSurface - 0.35 * massSize, s.around),
    change(s) {
      const depth = inside(s.along, s.out, s.around);
      const outer = mass(s.along - massAlong, s.out - toSurface - 0.35 * massSize, s.around);
      const nearMass = edge(outer + 2, 4);
      if (depth > -1.5 && s.distance < 0) {
        const here = edge(depth, 1.2);
        // scallops reach through most of the cortex; beneath the mass nothing is left of it
        const bite = edge(noise.at(s.along / 7, s.out / 7 + 3, s.around / 7) + 0.1, 0.5);
        const shell = (0.5 + (1 - bite) * (s.cortex + 0.6 * expansion)) * (1 - 0.92 * nearMass);
        const hollow = boneMineral({ distance: s.distance, cortex: shell, spongy: 0.06, step: s.step });
        s.mineral += here * (hollow - s.mineral);
        s.trabecular *= 1 - here;
        s.member = here;
        s.mineral = Math.min(1, s.mineral + here * edge(depth - 1.5, 2) * matrix(s.along, s.out, s.around));
      }
      if (outer > -1 && s.distance > -0.6) {
        const here = edge(outer, 1.5) * edge(s.distance, 1.2);
        s.soft = here;
        s.member = Math.max(s.member, here);
        s.mineral = Math.min(1, s.mineral + 0.6 * here * edge(outer - 2, 4) * matrix(s.along, s.out, s.around));
      }
    },
  };
};
