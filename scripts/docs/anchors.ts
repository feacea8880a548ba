/** Headings and the anchors that GitHub gives them. */

/** Gives out the anchors of one page's headings, which must be asked for in their order. */
export class Anchors {
  readonly #count = new Map<string, number>();

  /** The anchor of the next heading: lower case, punctuation dropped, numbered where it was there before. */
  next(heading: string): string {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
    const before = this.#count.get(slug) ?? 0;
    this.#count.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  }
}
