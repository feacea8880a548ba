/** Positions by image in 9 to 15 bytes an image: open addressing over sums of the names, which the caller compares in full. */

/** Grows as images are added; none is taken out. Images are filed when one is first looked for: who only searches never does. */
export class ImageLookup {
  /** Position + 1 in each slot that is taken. */
  #slots = new Uint32Array(1024);
  /** The sum of each position's image. */
  #sums = new Uint32Array(512);
  #count = 0;
  #filed = 0;

  /** Bytes in use. */
  get bytes(): number {
    return this.#slots.byteLength + this.#count * 4;
  }

  /** The next positions' images. */
  add(sums: Uint32Array): void {
    const count = this.#count + sums.length;
    if (count > this.#sums.length) {
      const larger = new Uint32Array(Math.ceil(count * 1.5));
      larger.set(this.#sums.subarray(0, this.#count));
      this.#sums = larger;
    }
    this.#sums.set(sums, this.#count);
    this.#count = count;
  }

  /** The position that has this sum and is the one; undefined where none is. */
  find(sum: number, isTheOne: (position: number) => boolean): number | undefined {
    this.#fileAll();
    for (let slot = this.#slotOf(sum); this.#slots[slot] !== 0; slot = (slot + 1) & (this.#slots.length - 1)) {
      const position = this.#slots[slot]! - 1;
      if (this.#sums[position] === sum && isTheOne(position)) return position;
    }
    return undefined;
  }

  #fileAll(): void {
    if (this.#count * 4 > this.#slots.length * 3) {
      this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2((this.#count * 4) / 3)));
      this.#filed = 0;
    }
    for (; this.#filed < this.#count; this.#filed++) {
      let slot = this.#slotOf(this.#sums[this.#filed]!);
      while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = this.#filed + 1;
    }
  }

  /** Sums are as good as drawn, so that their lower bits serve. */
  #slotOf(sum: number): number {
    return sum & (this.#slots.length - 1);
  }
}
