/**
 * How many single mistakes of typing lie between two words: a letter left out, added, replaced, or two neighbours swapped
 * (the restricted Damerau-Levenshtein distance; Damerau 1964).
 */

/**
 * The distance, or `most + 1` where it is larger than `most`.
 * @example
 * editDistance("Osteosarkom", "Ostoesarkom", 2); // 1
 */
export const editDistance = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = new Uint16Array(b.length + 1);
  let last = Uint16Array.from({ length: b.length + 1 }, (_, j) => j);
  let row = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, before[j - 2]! + 1);
      }
      row[j] = distance;
      least = Math.min(least, distance);
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return Math.min(last[b.length]!, most + 1);
};
