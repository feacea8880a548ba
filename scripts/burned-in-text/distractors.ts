/** What looks like characters and is none: screws, plates, staples, scales without figures, wires, grids, casts, scratches, edges. */

import type { Random } from "../../src/numeric/random.ts";
import type { Canvas } from "./plant-text.ts";

const blend = (canvas: Canvas, x: number, y: number, level: number, share: number): void => {
  if (x < 0 || y < 0 || x >= canvas.width || y >= canvas.height) return;
  const i = y * canvas.width + x;
  canvas.pixels[i] = canvas.pixels[i]! + (level - canvas.pixels[i]!) * Math.min(1, Math.max(0, share));
};

/** Fills where `distance` (in pixels, negative inside) is below 0, with soft edges, in a turned frame around a point. */
const paint = (
  canvas: Canvas,
  place: { x: number; y: number; angle: number; reach: number; level: number; softness?: number; strength?: number },
  distance: (u: number, v: number) => number,
): void => {
  const { x, y, angle, reach, level, softness = 1, strength = 1 } = place;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const x1 = Math.min(canvas.width - 1, x + reach);
  const y1 = Math.min(canvas.height - 1, y + reach);
  for (let py = Math.max(0, Math.floor(y - reach)); py <= y1; py++) {
    for (let px = Math.max(0, Math.floor(x - reach)); px <= x1; px++) {
      const [u, v] = [c * (px - x) + s * (py - y), c * (py - y) - s * (px - x)];
      const d = distance(u, v);
      if (d < softness) blend(canvas, px, py, level, strength * (0.5 - d / (2 * softness)));
    }
  }
};

const box = (u: number, v: number, halfU: number, halfV: number): number =>
  Math.max(Math.abs(u) - halfU, Math.abs(v) - halfV);

/** A way of drawing one thing; `unit` is a hundredth of the longer side. */
type Distractor = (canvas: Canvas, random: Random, unit: number) => void;

const somewhere = (canvas: Canvas, random: Random): { x: number; y: number; angle: number } => ({
  x: random.uniform(0.08, 0.92) * canvas.width,
  y: random.uniform(0.08, 0.92) * canvas.height,
  angle: random.chance(0.6)
    ? (random.integer(4) * Math.PI) / 2 + random.normal(0, 0.04)
    : random.uniform(0, 2 * Math.PI),
});

const screw: Distractor = (canvas, random, unit) => {
  const { x, y, angle } = somewhere(canvas, random);
  const half = unit * random.uniform(4, 10);
  const core = unit * random.uniform(0.3, 0.8);
  const pitch = Math.max(2, core * random.uniform(0.9, 1.8));
  const depth = core * random.uniform(0.2, 0.5);
  const level = random.uniform(0.85, 1);
  paint(canvas, { x, y, angle, reach: half * 1.2, level, softness: random.uniform(0.6, 1.6) }, (u, v) => {
    const thread = Math.abs(((u / pitch) % 1) * 2 - Math.sign(u)) * depth;
    return Math.min(box(u, v, half, core + thread), box(u + half, v, core * 0.9, core * 2.2));
  });
};

const plate: Distractor = (canvas, random, unit) => {
  const { x, y, angle } = somewhere(canvas, random);
  const holes = 3 + random.integer(7);
  const radius = unit * random.uniform(0.35, 0.9);
  const pitch = radius * random.uniform(2.8, 4.5);
  const half = (holes * pitch) / 2;
  const level = random.uniform(0.85, 1);
  const filled = random.chance(0.5);
  paint(canvas, { x, y, angle, reach: half * 1.1, level, softness: random.uniform(0.6, 1.5) }, (u, v) => {
    const k = Math.min(holes - 1, Math.max(0, Math.floor((u + half) / pitch)));
    const hole = Math.hypot(u + half - (k + 0.5) * pitch, v) - radius;
    return Math.max(box(u, v, half, radius * 1.9), filled ? Math.min(0, -hole) * 0 - 1 : -hole);
  });
  if (filled) {
    for (let k = 0; k < holes; k++) {
      if (random.chance(0.3)) continue;
      const t = (k + 0.5) * pitch - half;
      const at = { x: x + t * Math.cos(angle), y: y + t * Math.sin(angle), angle };
      paint(
        canvas,
        { ...at, reach: radius * 2, level: level - random.uniform(0.1, 0.5) },
        (u, v) => Math.abs(Math.hypot(u, v) - radius) - radius * 0.2,
      );
    }
  }
};

const staples: Distractor = (canvas, random, unit) => {
  const { x, y, angle } = somewhere(canvas, random);
  const count = 4 + random.integer(14);
  const size = unit * random.uniform(0.4, 1.2);
  const pitch = size * random.uniform(1.1, 2.6);
  const wire = Math.max(0.6, size * 0.1);
  const bend = random.normal(0, 0.03);
  for (let k = 0; k < count; k++) {
    const t = (k - count / 2) * pitch;
    const turn = angle + bend * k;
    const at = { x: x + t * Math.cos(turn), y: y + t * Math.sin(turn), angle: turn + random.normal(Math.PI / 2, 0.12) };
    paint(canvas, { ...at, reach: size * 1.5, level: random.uniform(0.8, 1) }, (u, v) =>
      Math.min(box(u, v - size * 0.25, size / 2, wire), box(Math.abs(u) - size / 2, v, wire, size * 0.3)),
    );
  }
};

const scale: Distractor = (canvas, random, unit) => {
  const { x, y, angle } = somewhere(canvas, random);
  const pitch = unit * random.uniform(0.5, 1.6);
  const count = 10 + random.integer(50);
  const length = unit * random.uniform(0.5, 1.2);
  const wire = Math.max(0.6, pitch * random.uniform(0.05, 0.16));
  const half = (count * pitch) / 2;
  const level = random.chance(0.8) ? random.uniform(0.75, 1) : random.uniform(0, 0.2);
  const hasSpine = random.chance(0.6);
  const at = {
    x: random.chance(0.6) ? random.uniform(0.02, 0.1) * canvas.width : x,
    y,
    angle: random.chance(0.7) ? Math.PI / 2 : angle,
  };
  paint(canvas, { ...at, reach: half + length, level, softness: 0.8 }, (u, v) => {
    const k = Math.round(u / pitch);
    const long = k % 10 === 0 ? 2 : k % 5 === 0 ? 1.5 : 1;
    if (Math.abs(k * pitch) > half) return 9;
    const tick = box(u - k * pitch, v - (length * long) / 2, wire, (length * long) / 2);
    return hasSpine ? Math.min(tick, box(u, v, half, wire)) : tick;
  });
};

const wire: Distractor = (canvas, random, unit) => {
  const { x, y, angle } = somewhere(canvas, random);
  const half = unit * random.uniform(5, 20);
  const thick = unit * random.uniform(0.08, 0.35);
  const [bend, wave] = [random.normal(0, 0.4) / half, random.chance(0.3) ? unit * random.uniform(0.3, 1.2) : 0];
  const length = unit * random.uniform(0.6, 3);
  paint(canvas, { x, y, angle, reach: half, level: random.uniform(0.75, 1) }, (u, v) =>
    Math.max(Math.abs(u) - half, Math.abs(v - bend * u * u - wave * Math.sin(u / length)) - thick),
  );
};

const grid: Distractor = (canvas, random, unit) => {
  const pitch = Math.max(4, unit * random.uniform(0.4, 3));
  const angle = (random.integer(2) * Math.PI) / 2 + random.normal(0, 0.02);
  const level = random.chance(0.5) ? 1 : 0;
  const strength = random.uniform(0.1, 0.5);
  const both = random.chance(0.4);
  const reach = unit * random.uniform(8, 60);
  const { x, y } = somewhere(canvas, random);
  paint(canvas, { x, y, angle, reach, level, strength, softness: 0.8 }, (u, v) => {
    const line = Math.abs(u / pitch - Math.round(u / pitch)) * pitch;
    const other = both ? Math.abs(v / pitch - Math.round(v / pitch)) * pitch : 9;
    return Math.min(line, other) - 0.7;
  });
};

const dots: Distractor = (canvas, random, unit) => {
  const { x, y, angle } = somewhere(canvas, random);
  const count = 1 + random.integer(9);
  const size = unit * random.uniform(0.25, 1.1);
  const pitch = size * random.uniform(2.2, 4);
  const ring = random.chance(0.3);
  const shape = random.integer(3);
  for (let k = 0; k < count; k++) {
    const t = (k - count / 2) * pitch;
    const at = { x: x + t * Math.cos(angle), y: y + t * Math.sin(angle), angle };
    paint(canvas, { ...at, reach: size * 2, level: random.uniform(0.8, 1) }, (u, v) => {
      const d =
        shape === 0 ? box(u, v, size, size) : shape === 1 ? Math.hypot(u, v) - size : Math.abs(u) + Math.abs(v) - size;
      return ring ? Math.abs(d) - size * 0.2 : d;
    });
  }
};

const cast: Distractor = (canvas, random, unit) => {
  const { x, y } = somewhere(canvas, random);
  const reach = unit * random.uniform(10, 40);
  const [period, angle, strength] = [
    unit * random.uniform(0.5, 2),
    random.uniform(0, Math.PI),
    random.uniform(0.1, 0.4),
  ];
  const other = angle + random.uniform(0.6, 2.4);
  const [c, s, c2, s2] = [Math.cos(angle), Math.sin(angle), Math.cos(other), Math.sin(other)];
  const level = random.uniform(0.6, 0.95);
  paint(canvas, { x, y, angle: 0, reach, level, strength, softness: period / 3 }, (u, v) => {
    if (Math.hypot(u, v) > reach) return period;
    const a = Math.sin((2 * Math.PI * (c * u + s * v)) / period) * Math.sin((2 * Math.PI * (c2 * u + s2 * v)) / period);
    return -a * period * 0.4;
  });
};

/** Fine bony texture: smoothed noise of one grain, stretched along a direction. */
const trabeculae: Distractor = (canvas, random, unit) => {
  const { x, y, angle } = somewhere(canvas, random);
  const reach = unit * random.uniform(6, 25);
  const period = Math.max(2, unit * random.uniform(0.25, 1.4));
  const stretch = random.uniform(1, 4);
  const strength = random.uniform(0.1, 0.6);
  const seed = random.uint32();
  const value = (i: number, j: number): number => {
    let h = Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ seed;
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
    return ((h ^ (h >>> 13)) >>> 0) / 4294967296;
  };
  const level = random.uniform(0.6, 1);
  paint(canvas, { x, y, angle, reach, level, strength, softness: 1 }, (u, v) => {
    if (Math.hypot(u, v) > reach) return 2;
    const [a, b] = [u / (period * stretch), v / period];
    const [i, j] = [Math.floor(a), Math.floor(b)];
    const [f, g] = [a - i, b - j];
    const top = value(i, j) + (value(i + 1, j) - value(i, j)) * f;
    const bottom = value(i, j + 1) + (value(i + 1, j + 1) - value(i, j + 1)) * f;
    return 1 - 2 * Math.max(0, Math.min(1, (top + (bottom - top) * g - 0.35) * 2.5));
  });
};

const scratches: Distractor = (canvas, random, unit) => {
  const count = 2 + random.integer(12);
  const middle = somewhere(canvas, random);
  for (let k = 0; k < count; k++) {
    const at = { x: middle.x + random.normal(0, 4) * unit, y: middle.y + random.normal(0, 4) * unit };
    const half = unit * random.uniform(0.3, 3);
    const angle = random.uniform(0, Math.PI);
    paint(
      canvas,
      { ...at, angle, reach: half, level: random.chance(0.7) ? 1 : 0, strength: random.uniform(0.3, 1) },
      (u, v) => box(u, v, half, 0.5),
    );
  }
};

const edge: Distractor = (canvas, random, unit) => {
  const angle = (random.integer(4) * Math.PI) / 2 + random.normal(0, 0.03);
  const level = random.chance(0.7) ? random.uniform(0, 0.03) : random.uniform(0.95, 1);
  const inset = unit * random.uniform(1, 12);
  const at = { x: canvas.width / 2, y: canvas.height / 2, angle };
  const away = (Math.abs(Math.cos(angle)) > 0.7 ? canvas.width : canvas.height) / 2 - inset;
  paint(canvas, { ...at, reach: 200 * unit, level, softness: random.uniform(0.6, 3) }, (u) => away - u);
};

/** A wedge of steps or the rungs of a zip: repeated bars. */
const rungs: Distractor = (canvas, random, unit) => {
  const { x, y, angle } = somewhere(canvas, random);
  const count = 5 + random.integer(25);
  const pitch = unit * random.uniform(0.35, 1.4);
  const [halfU, halfV] = [pitch * random.uniform(0.15, 0.35), pitch * random.uniform(0.3, 1.4)];
  const half = (count * pitch) / 2;
  const stagger = random.chance(0.5) ? halfV : 0;
  paint(canvas, { x, y, angle, reach: half, level: random.uniform(0.7, 1) }, (u, v) => {
    const k = Math.floor(u / pitch);
    return Math.abs(u) > half ? 9 : box(u - (k + 0.5) * pitch, v - (k & 1 ? stagger : 0), halfU, halfV);
  });
};

const all: readonly Distractor[] = [
  screw,
  plate,
  staples,
  scale,
  wire,
  grid,
  dots,
  cast,
  trabeculae,
  scratches,
  edge,
  rungs,
];

/** Draws some of them. */
export const drawDistractors = (canvas: Canvas, random: Random, count: number): void => {
  const unit = Math.max(canvas.width, canvas.height) / 100;
  for (let i = 0; i < count; i++) random.pick(all)(canvas, random, unit);
};
