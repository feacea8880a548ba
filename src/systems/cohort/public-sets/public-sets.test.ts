import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseLabelMe } from "../../../clinic/public-sets/label-me.ts";
import { rasteriseMarks } from "../../../imaging/rasterise-marks.ts";
import { listAnnotations, listImages, openHome } from "../../../store/index.ts";
import { importRadiographs } from "../import-radiographs.ts";
import { keepAnnotations } from "./keep-annotations.ts";
import { openPublicSet } from "./open-public-set.ts";

const btxrd = join(import.meta.dirname, "../../../../../shared/data/btxrd");
const isThere = existsSync(btxrd);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-public-sets-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const make = async (files: Readonly<Record<string, string | Buffer>>): Promise<string> => {
  const root = await mkdtemp(join(folder, "set-"));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(root, name, ".."), { recursive: true });
    await writeFile(join(root, name), content);
  }
  return root;
};

const header =
  "image_id,center,age,gender,hand,ulna,radius,humerus,foot,tibia,fibula,femur,hip bone,ankle-joint,knee-joint,hip-joint,wrist-joint,elbow-joint,shoulder-joint,tumor,benign,malignant,osteochondroma,multiple osteochondromas,simple bone cyst,giant cell tumor,osteofibroma,synovial osteochondroma,other bt,osteosarcoma,other mt,upper limb,lower limb,pelvis,frontal,lateral,oblique";
/** A row of BTXRD with ones in the named columns. */
const row = (image: string, age: string, ones: readonly string[]): string =>
  header
    .split(",")
    .map(
      (column) => ({ image_id: image, center: "1", age, gender: "F" })[column] ?? (ones.includes(column) ? "1" : "0"),
    )
    .join(",");

test("BTXRD: columns of ones become entity, site, region, view, age and sex; two at once are left open and told", async () => {
  const root = await make({
    "dataset.csv": [
      header,
      row("a.jpeg", "17", ["femur", "knee-joint", "tumor", "malignant", "osteosarcoma", "frontal"]),
      row("b.jpeg", "8", ["tibia", "fibula", "tumor", "benign", "multiple osteochondromas", "lateral"]),
      row("c.jpeg", "62", ["hip bone", "tumor", "malignant", "other mt", "frontal"]),
      row("d.jpeg", "30", ["hand"]),
      row("e.jpeg", "170", ["radius", "tumor", "benign", "malignant", "osteosarcoma", "osteochondroma"]),
    ].join("\n"),
  });
  const set = await openPublicSet(root);
  expect(set?.format).toBe("btxrd");
  const facts = Object.fromEntries([...set!.labels.rows].map(([image, { facts }]) => [image, facts]));
  const common = { sex: "female", origin: "external" };
  expect(facts).toEqual({
    "a.jpeg": { ...common, ageYears: 17, label: "malignant", entity: "Osteosarcoma", site: "femur", region: "Knee" },
    "b.jpeg": { ...common, ageYears: 8, label: "benign", entity: "Osteochondroma", region: "Lower leg" },
    "c.jpeg": { ...common, ageYears: 62, label: "malignant", site: "pelvis", region: "Pelvis" },
    "d.jpeg": { ...common, ageYears: 30, label: "normal", site: "hand", region: "Hand" },
    "e.jpeg": { ...common, site: "radius", region: "Forearm" },
  });
  expect(set!.annotations.get("b.jpeg")).toEqual([{ kind: "view", label: "lateral" }]);
  expect(set!.labels.problems.map(({ code, line }) => [code, line])).toEqual([
    ["contradiction", 6],
    ["contradiction", 6],
    ["bad-age", 6],
  ]);
});

test("FracAtlas and MURA are told by their columns and paths", async () => {
  const fracatlas = await make({
    "dataset.csv":
      "image_id,hand,leg,hip,shoulder,mixed,hardware,multiscan,fractured,fracture_count,frontal,lateral,oblique\n" +
      "1.jpg,0,1,0,0,0,0,0,1,1,1,0,0\n2.jpg,1,1,0,0,1,0,1,0,0,0,1,0\n",
    "Annotations/COCO JSON/COCO_fracture_masks.json": JSON.stringify({
      images: [{ id: 7, file_name: "1.jpg" }],
      categories: [{ id: 0, name: "fractured" }],
      annotations: [{ image_id: 7, category_id: 0, bbox: [1, 2, 3, 4], segmentation: [[1, 2, 4, 2, 4, 6]] }],
    }),
  });
  const set = (await openPublicSet(fracatlas))!;
  expect([set.format, [...set.labels.rows.values()].map(({ facts }) => facts)]).toEqual([
    "fracatlas",
    [
      { label: "fractured", region: "Lower leg", origin: "external" },
      { label: "not fractured", origin: "external" },
    ],
  ]);
  expect(set.annotations.get("1.jpg")).toEqual([
    { kind: "view", label: "frontal" },
    {
      kind: "polygon",
      label: "fractured",
      corners: [
        [1, 2],
        [4, 2],
        [4, 6],
      ],
    },
    { kind: "box", label: "fractured", box: [1, 2, 4, 6] },
  ]);
  const mura = await make({
    "train/XR_ELBOW/patient00011/study1_negative/image1.png": "",
    "train/XR_WRIST/patient00011/study1_positive/image1.png": "",
    "train/notes.txt": "",
  });
  const { format, labels } = (await openPublicSet(mura))!;
  expect([format, [...labels.rows.values()].map(({ facts }) => facts)]).toEqual([
    "mura",
    [
      { patient: "MURA-patient00011", region: "Elbow", label: "normal", origin: "external" },
      { patient: "MURA-patient00011", region: "Wrist", label: "abnormal", origin: "external" },
    ],
  ]);
});

test("another folder is none of them, and a set that was asked for and is not there is told", async () => {
  const root = await make({ "labels.csv": "image,label\na,b\n" });
  expect(await openPublicSet(root)).toBeUndefined();
  await expect(openPublicSet(root, "btxrd")).rejects.toThrow("holds no dataset.csv");
});

test("marks come into the home with the radiographs they were drawn on, once", async () => {
  const noise = Buffer.from(Uint8Array.from({ length: 200 * 160 }, (_, i) => (i * 7919 + ((i * i) >> 3)) % 251));
  const picture = await sharp(noise, { raw: { width: 200, height: 160, channels: 1 } })
    .jpeg()
    .toBuffer();
  const root = await make({
    "images/a.jpeg": picture,
    "annotations/a.json": JSON.stringify({
      imagePath: "a.jpeg",
      imageWidth: 200,
      imageHeight: 160,
      shapes: [
        {
          label: "osteosarcoma",
          shape_type: "rectangle",
          points: [
            [90, 80],
            [10, 20],
          ],
        },
      ],
    }),
    "dataset.csv": [header, row("a.jpeg", "17", ["femur", "tumor", "malignant", "osteosarcoma"])].join("\n"),
  });
  const home = await openHome(join(folder, "home"), {
    command: "a test",
    since: "2020-01-01T00:00:00.000Z",
    create: true,
  });
  try {
    const set = (await openPublicSet(root))!;
    const files = [join(root, "images/a.jpeg")];
    for (let i = 0; i < 2; i++) {
      await importRadiographs(home, files, { labels: set.labels });
      expect(await keepAnnotations(home, set, files)).toBe(1);
    }
    const [image] = await listImages(home.database);
    expect([image?.entity, image?.site, image?.origin]).toEqual(["Osteosarcoma", "femur", "external"]);
    expect(await listAnnotations(home.database)).toEqual([
      {
        image: image?.id,
        source: "btxrd",
        annotations: [{ kind: "box", label: "osteosarcoma", box: [10, 20, 90, 80] }],
      },
    ]);
  } finally {
    await home.close();
  }
});

describe.skipIf(!isThere)(
  "the clinical rows and masks of BTXRD (skipped where ../shared/data/btxrd is missing)",
  () => {
    test("every row is understood, and every mark lies on its picture with the area of its outline", async () => {
      const set = (await openPublicSet(btxrd))!;
      expect([set.format, set.labels.rows.size]).toEqual(["btxrd", 1867]);
      const facts = [...set.labels.rows.values()].map((one) => one.facts);
      for (const name of ["ageYears", "sex", "label"] as const) {
        expect([name, facts.filter((one) => one[name] === undefined).length]).toEqual([name, 0]);
      }
      // All but the 160 of "other" tumours and the one row that names two.
      expect(facts.filter(({ entity }) => entity !== undefined).length).toBe(1867 - 160 - 1);
      const names = (await readdir(join(btxrd, "annotations"))).slice(0, 12);
      for (const name of names) {
        const file = parseLabelMe(await readFile(join(btxrd, "annotations", name), "utf8"))!;
        const polygons = file.annotations.flatMap((one) => (one.kind === "polygon" ? [one] : []));
        for (const { corners } of polygons) {
          const mask = rasteriseMarks([{ corners }], file.width, file.height);
          const area = Math.abs(
            corners.reduce((sum, [x, y], i) => {
              const [x0, y0] = corners.at(i - 1)!;
              return sum + (x0 * y - x * y0) / 2;
            }, 0),
          );
          const length = corners.reduce(
            (sum, [x, y], i) => sum + Math.hypot(x - corners.at(i - 1)![0], y - corners.at(i - 1)![1]),
            0,
          );
          const set = mask.reduce((sum, value) => sum + value, 0);
          expect(Math.abs(set - area)).toBeLessThan(length + 1);
        }
      }
    });
  },
);
