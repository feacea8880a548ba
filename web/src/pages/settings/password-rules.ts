/** What the server refuses as a password, told before it is sent and in the user's language. */

import { useWords, type Words } from "../../shell/language.tsx";

interface RuleWords {
  readonly short: string;
  readonly monotonous: string;
  readonly obvious: string;
}

const words: Words<RuleWords> = {
  en: {
    short: "At least 12 signs, please; a short sentence is a good password.",
    monotonous: "At least 5 different signs, please.",
    obvious: "A password must not hold the login or the name of this program.",
  },
  de: {
    short: "Bitte mindestens 12 Zeichen; ein kurzer Satz ist ein gutes Passwort.",
    monotonous: "Bitte mindestens 5 verschiedene Zeichen.",
    obvious: "Das Passwort darf weder den Benutzernamen noch den Namen dieses Programms enthalten.",
  },
};

/** Gives what is wrong with a password; undefined where nothing is. */
export const usePasswordRules = (): ((password: string, login?: string) => string | undefined) => {
  const { short, monotonous, obvious } = useWords(words);
  return (password, login = "") => {
    const signs = [...password.normalize("NFKC")];
    if (signs.length < 12) return short;
    if (new Set(signs).size < 5) return monotonous;
    const folded = password.toLowerCase();
    const isObvious = folded.includes("osteon") || (login !== "" && folded.includes(login.toLowerCase()));
    return isObvious ? obvious : undefined;
  };
};
