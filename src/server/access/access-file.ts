/** The file of `osteon serve --access`: how people log in with the centre's own accounts. */

import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { role } from "../../contract/roles.ts";
import { OsteonError } from "../../errors.ts";
import { isLoopback } from "./addresses.ts";

const issuer = z.url({ protocol: /^https?$/ }).refine(
  (text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === "https:" || isLoopback(hostname);
  },
  { error: "must begin with https:" },
);

const singleSignOn = z.strictObject({
  /** The identity provider's address, below which `.well-known/openid-configuration` is. */
  issuer,
  clientId: z.string().min(1),
  /** The file that holds the client's secret, seen from this one; left out for a public client. */
  clientSecretFile: z.string().min(1).optional(),
  /** What the button on the login page says. */
  label: z.string().min(1).max(60).default("Single sign-on"),
  scope: z.string().default("openid profile"),
  /** The claim that holds the person's groups; dots lead inside, as in `realm_access.roles`. */
  roleClaim: z.string().min(1),
  /** Which role a group has here. */
  roles: z.record(z.string(), role),
});

const accessFile = z.strictObject({ singleSignOn });

/** How people log in at an identity provider. */
export type SingleSignOnSettings = Omit<z.infer<typeof singleSignOn>, "clientSecretFile"> & {
  readonly clientSecret: string | null;
};

/** @throws OsteonError `bad-usage` with what is wrong in the file */
export const readAccessFile = async (path: string): Promise<SingleSignOnSettings> => {
  const text = await readText(path, "the file of --access");
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new OsteonError("bad-usage", "The file of --access is no JSON.");
  }
  const { success, data, error } = accessFile.safeParse(content);
  if (!success) {
    const [first] = error.issues;
    const place = first!.path.join(".") || "the whole";
    throw new OsteonError("bad-usage", `In the file of --access, ${place}: ${first!.message}.`);
  }
  const { clientSecretFile, ...settings } = data.singleSignOn;
  const clientSecret =
    clientSecretFile === undefined
      ? null
      : (await readText(resolve(dirname(path), clientSecretFile), "the file of the client's secret")).trim();
  return { ...settings, clientSecret };
};

const readText = async (path: string, what: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new OsteonError("bad-usage", `${what[0]!.toUpperCase()}${what.slice(1)} cannot be read.`, {}, cause);
  }
};
