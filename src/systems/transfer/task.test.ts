import { describe, expect, test } from "vitest";
import { storedImage } from "../../../test/support/stored-image.ts";
import { patientId } from "../../clinic/ids.ts";
import { Random } from "../../numeric/random.ts";
import { imagesNamedIn } from "./named-images.ts";
import { drawItems, patientsOfClasses, taskOf } from "./task.ts";

const images = Array.from({ length: 90 }, (_, i) =>
  storedImage(`image-${i}`, {
    patient: patientId(`P${Math.floor(i / 2)}`),
    fileName: `${i}.png`,
    entity: i < 60 ? "Osteosarcoma" : i < 84 ? "Ewing sarcoma" : null,
  }),
);
const plan = { target: "entity", classes: ["Ewing sarcoma", "Osteosarcoma"] } as const;

describe("a task", () => {
  test("holds the radiographs of its classes, or those of them that a table names", () => {
    expect(taskOf(images, plan)).toHaveLength(84);
    const only = new Set(images.slice(50, 70).map(({ id }) => id));
    expect(taskOf(images, { ...plan, only })).toHaveLength(20);
  });

  test("of a class that nobody has, or of one class, is refused", () => {
    expect(() => taskOf(images, { target: "entity", classes: ["Ewing sarcoma", "Chordoma"] })).toThrow("Chordoma");
    expect(() => taskOf(images, { target: "entity", classes: ["Ewing sarcoma"] })).toThrow("two different classes");
    expect(() => taskOf(images, { target: "entity", classes: ["A", "A"] })).toThrow("two different classes");
    const only = new Set(images.slice(0, 4).map(({ id }) => id));
    expect(() => taskOf(images, { ...plan, only })).toThrow("among those that the table names");
  });

  test("knows the patients whom a pretraining for it leaves out", () => {
    const patients = patientsOfClasses(images, { target: "entity", classes: ["Ewing sarcoma"] });
    expect([...patients].sort()).toEqual(Array.from({ length: 12 }, (_, i) => `P${30 + i}`));
  });
});

describe("drawing radiographs of a task", () => {
  const items = taskOf(images, plan);

  test("keeps the classes' proportions, draws patients, and draws others for another seed", () => {
    const drawn = drawItems(items, 42, new Random(1));
    expect(drawn).toHaveLength(42);
    expect(drawn.filter((at) => items[at]!.label === "Osteosarcoma")).toHaveLength(30);
    expect(new Set(drawn.map((at) => items[at]!.patient)).size).toBe(21); // both radiographs of each
    expect(drawn).toEqual(drawItems(items, 42, new Random(1)));
    expect(drawn).not.toEqual(drawItems(items, 42, new Random(2)));
  });

  test("refuses more than there are", () => {
    expect(() => drawItems(items, 85, new Random(1))).toThrow("84 radiographs");
  });
});

describe("a table that names radiographs", () => {
  const named = (text: string) => imagesNamedIn(new TextEncoder().encode(text), images).map(({ fileName }) => fileName);

  test("names them by file or by id", () => {
    expect(named(`image,note\nfolder/3.png,x\n${images[1]!.id},y\n`)).toEqual(["1.png", "3.png"]);
  });

  test("is refused where it names nothing, or several, by the line and not by the name", () => {
    expect(() => named("image\n1.png\nmissing.png\n")).toThrow("Line 3 of the table names no radiograph");
    const twice = [...images, storedImage("other", { fileName: "1.png" })];
    expect(() => imagesNamedIn(new TextEncoder().encode("image\n1.png\n"), twice)).toThrow(
      "Line 2 of the table names 2",
    );
    expect(() => named("name\n1.png\n")).toThrow('column "image"');
  });
});
