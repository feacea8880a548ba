/** Credentials for DICOMweb as HTTP says them (RFC 7617, RFC 6750). */

import { OsteonError } from "../errors.ts";

/** The text of a credential: from a file or from the environment, never from a command line. */
export interface CredentialText {
  /** Where it was read, for sentences. */
  readonly from: string;
  readonly text: string;
}

/** A line that may stand in an HTTP header: ASCII without control characters. */
const oneLine = ({ from, text }: CredentialText): string => {
  const line = text.trim();
  if (line !== "" && !/\p{Cc}/u.test(line)) return line;
  throw new OsteonError("bad-input", `${from} has to hold one line.`, { from });
};

/** The Authorization header of a bearer token. @throws OsteonError `bad-input` */
export const bearer = (token: CredentialText): string => {
  const line = oneLine(token).replace(/^Bearer\s+/i, "");
  if (/^[\x21-\x7e]+$/.test(line)) return `Bearer ${line}`;
  throw new OsteonError("bad-input", `${token.from} holds no token: one word of ASCII characters.`, {
    from: token.from,
  });
};

/** The Authorization header of `user:password`. @throws OsteonError `bad-input` */
export const basic = (user: CredentialText): string => {
  const line = oneLine(user);
  if (/^[^:]+:/.test(line)) return `Basic ${Buffer.from(line, "utf8").toString("base64")}`;
  throw new OsteonError("bad-input", `${user.from} has to hold a line user:password.`, { from: user.from });
};
