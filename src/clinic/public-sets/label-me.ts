/** Marks drawn with LabelMe: a JSON file per picture, with polygons and rectangles in its pixels. */
import { z } from "zod";
import type { Annotation } from "./annotation.ts";

const finite = z.number().min(-1e6).max(1e6);
const schema = z.object({
  imagePath: z.string(),
  imageWidth: z.int().positive().max(100_000),
  imageHeight: z.int().positive().max(100_000),
  shapes: z.array(
    z.object({ label: z.string(), shape_type: z.string(), points: z.array(z.tuple([finite, finite])).max(100_000) }),
  ),
});

/** One picture's marks. */
export interface LabelMeFile {
  /** The picture's file name. */
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly annotations: readonly Annotation[];
}

/** Reads a file of LabelMe; undefined where it is none. Shapes that are neither polygon nor rectangle are passed over. */
export const parseLabelMe = (text: string): LabelMeFile | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return undefined;
  const { imagePath, imageWidth, imageHeight, shapes } = parsed.data;
  return {
    image: imagePath.replaceAll("\\", "/").split("/").at(-1)!,
    width: imageWidth,
    height: imageHeight,
    annotations: shapes.flatMap(({ label, shape_type, points }): Annotation[] => {
      if (shape_type === "polygon" && points.length >= 3) return [{ kind: "polygon", label, corners: points }];
      const [first, second] = points;
      if (shape_type !== "rectangle" || first === undefined || second === undefined || points.length !== 2) return [];
      const [left, right] = [Math.min(first[0], second[0]), Math.max(first[0], second[0])];
      const [top, bottom] = [Math.min(first[1], second[1]), Math.max(first[1], second[1])];
      return [{ kind: "box", label, box: [left, top, right, bottom] }];
    }),
  };
};
