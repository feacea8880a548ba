/** Positions by image in 9 to 15 bytes an image: open addressing over sums of the names, which the caller compares in full. */

/** Grows as images are added; none is taken out. */
export class ImageLookup {
  /** Position + 1 in each slot that is taken. */
  #slots = new Uint32Array(1024);
  /** The sum of each position's image. */
  #sums = new Uint32Array(512);
  #count = 0;

  /** Bytes in use. */
  get bytes(): number {
    return this.#slots.byteLength + this.#count * 4;
  }

  /** The next position's image. */
  add(sum: number): void {
    if (this.#count === this.#sums.length) {
      const sums = new Uint32Array(Math.ceil(this.#sums.length * 1.5));
      sums.set(this.#sums);
      this.#sums = sums;
    }
    this.#sums[this.#count++] = sum;
    if (this.#count * 4 > this.#slots.length * 3) {
      this.#slots = new Uint32Array(this.#slots.length * 2);
      for (let position = 0; position < this.#count; position++) this.#file(position);
    } else this.#file(this.#count - 1);
  }

  /** The position that has this sum and is the one; undefined where none is. */
  find(sum: number, isTheOne: (position: number) => boolean): number | undefined {
    for (let slot = this.#slotOf(sum); this.#slots[slot] !== 0; slot = (slot + 1) & (this.#slots.length - 1)) {
      const position = this.#slots[slot]! - 1;
      if (this.#sums[position] === sum && isTheOne(position)) return position;
    }
    return undefined;
  }

  #file(position: number): void {
    let slot = this.#slotOf(this.#sums[position]!);
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
    this.#slots[slot] = position + 1;
  }

  /** Sums are as good as drawn, so that their lower bits serve. */
  #slotOf(sum: number): number {
    return sum & (this.#slots.length - 1);
  }
}
