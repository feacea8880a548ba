/** What somebody drew or said on a public picture, in its own pixels. */

/** One mark on a picture. */
export type Annotation =
  | { readonly kind: "polygon"; readonly label: string; readonly corners: readonly (readonly [number, number])[] }
  | {
      readonly kind: "box";
      readonly label: string;
      /** Left, top, right, bottom. */
      readonly box: readonly [number, number, number, number];
    }
  | { readonly kind: "view"; readonly label: "frontal" | "lateral" | "oblique" };
