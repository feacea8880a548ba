/** Reads a password: from the terminal without showing it, or the first line of what is piped in. Never from an argument. */

import { text } from "node:stream/consumers";
import { OsteonError } from "../errors.ts";

const ctrlC = "\u0003";
const ctrlD = "\u0004";

/**
 * Asks twice at a terminal, for nobody sees what they type.
 *
 * @throws OsteonError `bad-input` when the two differ or there is none, `interrupted` on Ctrl-C
 */
export const readPassword = async (): Promise<string> => {
  const { stdin } = process;
  if (!stdin.isTTY) {
    const [line = ""] = (await text(stdin)).split(/\r?\n/, 1);
    if (line === "") throw new OsteonError("bad-input", "There is no password on standard input.");
    return line;
  }
  const first = await ask("Password: ");
  const second = await ask("The same again: ");
  if (first !== second) throw new OsteonError("bad-input", "The two are not the same; nothing was changed.");
  return first;
};

/** In raw mode the terminal shows nothing by itself. */
const ask = (question: string): Promise<string> => {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  let typed = "";
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      stdin.off("data", take).setRawMode(false).pause();
      stderr.write("\n");
      settle();
    };
    const take = (bytes: Buffer): void => {
      for (const sign of bytes.toString("utf8")) {
        if (sign === ctrlC || sign === ctrlD) {
          end(() => reject(new OsteonError("interrupted", "Nothing was changed.")));
          return;
        }
        if (sign === "\r" || sign === "\n") {
          end(() => resolve(typed));
          return;
        }
        typed = sign === "\u007f" || sign === "\b" ? [...typed].slice(0, -1).join("") : typed + sign;
      }
    };
    stdin.on("data", take).resume();
  });
};
