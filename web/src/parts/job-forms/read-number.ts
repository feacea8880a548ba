/** Numbers as people write them into fields. */

/** A whole number within limits; null for nothing written. */
export const readNumber = (text: string, least: number, most: number): number | null | "wrong" => {
  if (text.trim() === "") return null;
  const number = Number(text);
  return Number.isInteger(number) && number >= least && number <= most ? number : "wrong";
};

/** Whole numbers with commas between. */
export const readNumbers = (
  text: string,
  { least, most, mostMany }: { readonly least: number; readonly most: number; readonly mostMany: number },
): number[] | null | "wrong" => {
  if (text.trim() === "") return null;
  const numbers = text.split(",").map((part) => readNumber(part, least, most));
  const isRight = numbers.length <= mostMany && numbers.every((one) => typeof one === "number");
  return isRight ? (numbers as number[]) : "wrong";
};
