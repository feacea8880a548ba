/** Takes the password of a `--database` out of what other users of the machine see of this process (`ps`). */

/** Overwrites the words of this process; what it does with them has been read before. */
export const hidePasswords = (): void => {
  const words = process.argv.map(withoutPassword);
  if (words.some((word, i) => word !== process.argv[i])) process.title = words.join(" ");
};

/** A word of the command line as it may be shown: of an address with a password, all up to its last @ goes but the user. */
export const withoutPassword = (word: string): string =>
  word.replace(/(postgres(?:ql)?:\/\/[^:/?#@]*):.*@/s, "$1:***@");
