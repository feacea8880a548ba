/** What the parts of the users page share. */

export const accountsKey = ["accounts"];

/** Without those that are taken for one another: 0 and O, 1, I and l. */
const signs = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

/** Four groups of five, about 116 bits, which can be read out. */
export const suggestPassword = (): string => {
  const draw = (): string => {
    for (;;) {
      const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
      if (byte < 256 - (256 % signs.length)) return signs[byte % signs.length]!; // each sign as likely as the others
    }
  };
  return Array.from({ length: 4 }, () => Array.from({ length: 5 }, draw).join("")).join("-");
};
