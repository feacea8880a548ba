/** The key of de-identification: 32 secret bytes in a file that only its owner reads and that never lies with what was made by it. */
import { randomBytes } from "node:crypto";
import { open, readFile, realpath, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { OsteonError } from "../../../errors.ts";

const format = "osteon-deidentification-key/1";

/** The real path of something that may not exist yet. */
const realPathOf = async (path: string): Promise<string> => {
  const whole = resolve(path);
  const real = await realpath(whole).catch(() => undefined);
  if (real !== undefined) return real;
  const parent = dirname(whole);
  return parent === whole
    ? whole
    : `${await realPathOf(parent)}${sep}${whole.slice(parent.length).replace(/^[\\/]/, "")}`;
};

/** Whether a path is a folder or lies in it. */
export const liesWithin = async (path: string, folder: string): Promise<boolean> => {
  const way = relative(await realPathOf(folder), await realPathOf(path));
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way);
};

const readKey = (path: string, content: string): Uint8Array => {
  try {
    const { format: found, key } = JSON.parse(content) as { format?: unknown; key?: unknown };
    const bytes = Buffer.from(String(key), "base64");
    if (found === format && bytes.length === 32) return new Uint8Array(bytes);
  } catch {
    // told below
  }
  throw new OsteonError("bad-input", `"${path}" is no key of de-identification; name another file.`, { path });
};

/**
 * Reads the key, or makes one where there is no file: once, readable for its owner alone.
 *
 * @param output the folder that the key must not lie in
 * @throws OsteonError `bad-usage` for a key within the output, `bad-input` for a file that others can read or that is no key
 */
export const readOrCreateKey = async (path: string, output: string): Promise<{ key: Uint8Array; isNew: boolean }> => {
  if (await liesWithin(path, output)) {
    throw new OsteonError(
      "bad-usage",
      `The key "${path}" would lie with the data it protects; name a file elsewhere.`,
      {
        path,
      },
    );
  }
  const key = randomBytes(32);
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ format, key: key.toString("base64") })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    return { key: new Uint8Array(key), isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      const { code } = error as NodeJS.ErrnoException;
      throw new OsteonError(
        "bad-input",
        `The key "${path}" cannot be made (${code}); name another file.`,
        { path },
        error,
      );
    }
  }
  const { mode } = await stat(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new OsteonError("bad-input", `Others can read the key "${path}"; run chmod 600 on it first.`, { path });
  }
  const content = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new OsteonError("bad-input", `The key "${path}" cannot be read (${error.code}).`, { path }, error);
  });
  return { key: readKey(path, content), isNew: false };
};
