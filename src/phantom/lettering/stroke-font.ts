/** Letters as strokes of a pen, as plotters and film writers draw them; with a broad pen they are the bold letters of consoles. */

/**
 * Strokes on a grid 4 wide: a point is two digits, across and down; 0 is the top of capitals, 2 of small letters, 6 the base
 * line, 8 below it. `~` marks a curve. A stroke of one point twice is a dot.
 */
const strokes: Readonly<Record<string, string>> = {
  A: "06 20 46|14 34",
  B: "00 06|~00 30 41 42 33 03|~03 33 44 45 36 06",
  C: "~41 30 10 01 05 16 36 45",
  D: "00 06|~00 20 41 45 26 06",
  E: "40 00 06 46|03 33",
  F: "40 00 06|03 33",
  G: "~41 30 10 01 05 16 36 45|45 43 23",
  H: "00 06|40 46|03 43",
  I: "10 30|20 26|16 36",
  J: "30 34|~34 35 26 16 05",
  K: "00 06|40 03 46",
  L: "00 06 46",
  M: "06 00 24 40 46",
  N: "06 00 46 40",
  O: "~20 10 01 05 16 36 45 41 30 20",
  P: "00 06|~00 30 41 42 33 03",
  Q: "~20 10 01 05 16 36 45 41 30 20|34 46",
  R: "00 06|~00 30 41 42 33 03|23 46",
  S: "~41 30 10 01 12 33 44 45 36 16 05",
  T: "00 40|20 26",
  U: "00 04|~04 05 16 36 45 44|44 40",
  V: "00 26 40",
  W: "00 16 22 36 40",
  X: "00 46|40 06",
  Y: "00 23 40|23 26",
  Z: "00 40 06 46",
  a: "~42 22 03 05 16 26 45|42 46",
  b: "00 06|~03 22 32 44 36 26 05",
  c: "~43 32 12 03 05 16 36 45",
  d: "40 46|~43 22 12 04 16 26 45",
  e: "04 44|~44 43 32 12 03 05 16 36 45",
  f: "~40 20 11 12|12 16|02 32",
  g: "42 47|~47 38 18 07|~43 22 12 04 16 26 45",
  h: "00 06|~03 22 32 43 44|44 46",
  i: "22 26|20 20",
  j: "22 26|~26 27 18 08|20 20",
  k: "00 06|32 04 36",
  l: "20 26",
  m: "02 06|~03 12 23 24|24 26|~23 32 43 44|44 46",
  n: "02 06|~03 22 32 43 44|44 46",
  o: "~22 12 03 05 16 36 45 43 32 22",
  p: "02 08|~03 22 32 44 36 26 05",
  q: "42 48|~43 22 12 04 16 26 45",
  r: "02 06|~04 12 32",
  s: "~43 32 12 03 14 34 45 36 16 05",
  t: "10 15|~15 16 36|02 32",
  u: "02 04|~04 05 16 26 45|42 46",
  v: "02 26 42",
  w: "02 16 23 36 42",
  x: "02 46|42 06",
  y: "02 26|42 08",
  z: "02 42 06 46",
  0: "~20 10 01 05 16 36 45 41 30 20",
  1: "02 20 26|16 36",
  2: "~01 10 30 41 42 24 06|06 46",
  3: "~01 10 30 42 23|~23 44 45 36 16 05",
  4: "36 30 04 44",
  5: "40 00 03|~03 32 44 45 36 16 05",
  6: "~40 20 02 05 16 36 45 44 33 13 04",
  7: "00 40 16",
  8: "~20 10 02 23 42 30 20|~23 03 05 16 36 45 43 23",
  9: "~42 33 13 02 01 10 30 41 43 26 06",
  ".": "26 26",
  ",": "26 17",
  ":": "23 23|26 26",
  "-": "14 34",
  "/": "06 40",
  "(": "~30 12 14 36",
  ")": "~10 32 34 16",
  "+": "04 44|22 26",
  "'": "20 21",
  _: "06 46",
  "=": "03 43|05 45",
  ß: "06 02|~02 10 30 41 23|~23 44 45 36 16",
  ç: "~43 32 12 03 05 16 36 45|26 18",
  ş: "~43 32 12 03 14 34 45 36 16 05|26 18",
  ı: "22 26",
  é: "04 44|~44 43 32 12 03 05 16 36 45|21 30",
};

/** Letters made of another and dots or a bow above it: the letter, the mark, how high the mark stands. */
const marked: Readonly<Record<string, readonly [base: string, mark: "dots" | "dot" | "bow", at: number]>> = {
  Ä: ["A", "dots", -1.2],
  Ö: ["O", "dots", -1.2],
  Ü: ["U", "dots", -1.2],
  ä: ["a", "dots", 0.6],
  ö: ["o", "dots", 0.6],
  ü: ["u", "dots", 0.6],
  İ: ["I", "dot", -1.2],
  ğ: ["g", "bow", 0.6],
};

type Point = readonly [x: number, y: number];

/** A line through points. */
export type Polyline = readonly Point[];

/** Cuts corners twice, ends kept (Chaikin 1974). */
const smooth = (points: Polyline): Polyline => {
  let result: Polyline = points;
  for (let round = 0; round < 3; round++) {
    const next: Point[] = [result[0]!];
    for (let i = 0; i + 1 < result.length; i++) {
      const [a, b] = [result[i]!, result[i + 1]!];
      next.push([0.75 * a[0] + 0.25 * b[0], 0.75 * a[1] + 0.25 * b[1]]);
      next.push([0.25 * a[0] + 0.75 * b[0], 0.25 * a[1] + 0.75 * b[1]]);
    }
    next.push(result[result.length - 1]!);
    result = next;
  }
  return result;
};

const marks: Readonly<Record<"dots" | "dot" | "bow", (at: number) => Polyline[]>> = {
  dots: (at) => [
    [
      [1, at],
      [1, at],
    ],
    [
      [3, at],
      [3, at],
    ],
  ],
  dot: (at) => [
    [
      [2, at],
      [2, at],
    ],
  ],
  bow: (at) => [
    smooth([
      [1, at - 0.4],
      [2, at + 0.8],
      [3, at - 0.4],
    ]),
  ],
};

const made = new Map<string, readonly Polyline[]>();

/** The strokes of a character, none for one it does not have. Grid units; capitals are 6 high. */
export const strokesOf = (character: string): readonly Polyline[] => {
  let lines = made.get(character);
  if (!lines) {
    const mark = marked[character];
    if (mark) lines = [...strokesOf(mark[0]), ...marks[mark[1]](mark[2])];
    else
      lines = (strokes[character] ?? "")
        .split("|")
        .filter(Boolean)
        .map((stroke) => {
          const points = stroke
            .replace("~", "")
            .split(" ")
            .map((pair): Point => [Number(pair[0]), Number(pair[1])]);
          return stroke.startsWith("~") ? smooth(points) : points;
        });
    made.set(character, lines);
  }
  return lines;
};
