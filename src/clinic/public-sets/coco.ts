/** Marks in the format of COCO: one JSON file for all pictures, with polygons and boxes in their pixels. */
import { z } from "zod";
import type { Annotation } from "./annotation.ts";

const finite = z.number().min(-1e6).max(1e6);
const schema = z.object({
  images: z.array(z.object({ id: z.union([z.number(), z.string()]), file_name: z.string() })),
  categories: z.array(z.object({ id: z.number(), name: z.string() })).optional(),
  annotations: z.array(
    z.object({
      image_id: z.union([z.number(), z.string()]),
      category_id: z.number().optional(),
      bbox: z.tuple([finite, finite, finite, finite]).optional(),
      segmentation: z.array(z.array(finite)).or(z.unknown()).optional(),
    }),
  ),
});

/** Reads a file of COCO: marks by the picture's file name; undefined where it is none. */
export const parseCoco = (text: string): ReadonlyMap<string, readonly Annotation[]> | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return undefined;
  const { images, categories, annotations } = parsed.data;
  const fileOf = new Map(images.map(({ id, file_name }) => [id, file_name.split("/").at(-1)!]));
  const labelOf = new Map(categories?.map(({ id, name }) => [id, name]));
  const marks = new Map<string, Annotation[]>();
  for (const { image_id, category_id, bbox, segmentation } of annotations) {
    const file = fileOf.get(image_id);
    if (file === undefined) continue;
    const label = (category_id === undefined ? undefined : labelOf.get(category_id)) ?? "lesion";
    const own = marks.get(file) ?? [];
    marks.set(file, own);
    if (Array.isArray(segmentation)) {
      for (const flat of segmentation as number[][]) {
        if (!Array.isArray(flat) || flat.length < 6) continue;
        const corners = Array.from(
          { length: Math.floor(flat.length / 2) },
          (_, i) => [flat[2 * i]!, flat[2 * i + 1]!] as const,
        );
        own.push({ kind: "polygon", label, corners });
      }
    }
    if (bbox !== undefined)
      own.push({ kind: "box", label, box: [bbox[0], bbox[1], bbox[0] + bbox[2], bbox[1] + bbox[3]] });
  }
  return marks;
};
