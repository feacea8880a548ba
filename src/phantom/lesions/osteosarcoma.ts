/** Osteosarcoma: moth-eaten metaphysis with clouds of osteoid, breach of the cortex, sunburst spicules, Codman's triangles. */
import { edge } from "../tissue.ts";
import { type Lesion, type LesionSite, lump } from "./lesion.ts";

/** Draws the size, the matrix and the periosteal reaction of one osteosarcoma. */
export const osteosarcoma = (site: LesionSite): Lesion => {
  const { random, noise, halfWidth, toSurface, kind } = site;
  const scale = kind === "small" ? 0.45 : kind === "flat" ? 0.85 : Math.min(1.1, 0.5 + halfWidth / 40);
  const length = scale * random.uniform(32, 48);
  const width = halfWidth * 1.15;
  const inside = lump(noise, [length, width, width], { rough: 5 * scale, grain: 9 * scale });
  const thickness = scale * random.uniform(11, 20);
  const massLength = 0.72 * length;
  const osteoid = random.uniform(0.45, 1);
  const spread = random.uniform(0.6, 1.4);
  /** How far tumour stands out of the bone at a place, mm. */
  const rise = (along: number, out: number, around: number): number => {
    const side = 0.55 + 0.45 * (out / (Math.hypot(out, around) + 1e-6)) * spread;
    const t = 1 - (along / massLength) ** 2;
    return t <= 0 ? 0 : thickness * Math.max(0.12, side) * Math.sqrt(t);
  };
  return {
    centre: [0, 0, 0],
    reach: Math.max(1.3 * length, toSurface + 1.5 * thickness) + 6,
    clearance: (s) => s.bare - Math.max(rise(s.along, s.out, s.around), 6) - 1.5,
    change(s) {
      const { along, out, around } = s;
      const depth = inside(along, out, around);
      if (s.bare < 0.5 && depth > -5) {
        // no sharp margin: the share of bone destroyed falls slowly outwards
        const here = edge(depth, 9);
        const holes = edge(noise.cloud(along / 5, out / 5, around / 5) + 0.55 * (here - 0.35), 0.25);
        s.mineral *= 1 - 0.85 * here * holes;
        s.trabecular *= 1 - here;
        const cloud = edge(noise.cloud(along / 9 + 50, out / 9, around / 9) + 0.12, 0.5);
        s.mineral = Math.min(1, s.mineral + here * osteoid * 0.5 * cloud * edge(-s.bare, 0.8));
        s.member = edge(depth, 3) * edge(-s.bare, 1);
      }
      if (s.bare > -0.5) {
        const high = rise(along, out, around);
        const here = edge(high - s.bare, 2.5) * edge(s.bare, 1) * (high > 0 ? 1 : 0);
        if (here > 0) {
          s.soft = here;
          s.member = Math.max(s.member, here);
          // spicules stand upright on the cortex: the field does not change with height
          const angle = Math.atan2(around, out) * Math.max(8, halfWidth);
          const fan = 1 + s.bare / 40;
          const spicule = edge(noise.at(along / (2.3 * fan), angle / 2.3, 3) - 0.16, 0.16);
          const fade = edge(0.75 - s.bare / Math.max(3, high), 0.6);
          const cloud = edge(noise.cloud(along / 8, out / 8 + 60, around / 8) - 0.02, 0.4);
          s.mineral = Math.min(1, s.mineral + here * (0.7 * spicule * fade + 0.26 * osteoid * cloud));
        }
        // the periosteum, lifted where the tumour ends
        const past = Math.abs(along) - massLength + 2;
        if (past > -9 && past < 8 && out > -0.3 * Math.hypot(out, around)) {
          const lift = (8 - past) * 0.33 * Math.min(1, thickness / 12);
          const sheet = edge(0.7 - Math.abs(s.bare - lift), 0.6);
          const under = edge(lift - s.bare, 0.8) * edge(s.bare, 0.6) * edge(past + 4, 6);
          s.mineral = Math.max(s.mineral, 0.75 * sheet, 0.28 * under);
          s.member = Math.max(s.member, 0.6 * sheet);
        }
      }
    },
  };
};
