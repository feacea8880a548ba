/** Addresses of picture archives as a user writes them: `https://host/dicom-web[/studies/UID]` and `dimse://AET@host:port[/studies/UID]`. */

import { OsteonError, shown } from "../errors.ts";
import { aeTitle } from "./dimse/ae-title.ts";
import { isUid } from "./storage-classes.ts";

/** An address taken apart. */
export type ArchiveUrl =
  | { readonly protocol: "dicomweb"; readonly root: string; readonly StudyInstanceUID: string | undefined }
  | {
      readonly protocol: "dimse";
      readonly calledAeTitle: string;
      readonly host: string;
      readonly port: number;
      readonly StudyInstanceUID: string | undefined;
    };

/** The address without a user's name, password or token, wherever it breaks off; the AE title of dimse:// is no secret. */
const withoutSecrets = (word: string): string =>
  /^dimse:\/\/[^:@/]*@[^@]*$/i.test(word) ? word : word.replace(/^([^/]*)\/\/.*@/s, "$1//");

const refuse = (word: string, why: string): OsteonError =>
  new OsteonError("bad-usage", `${shown(withoutSecrets(word))} ${why}`);

/**
 * Takes the address of an archive apart.
 *
 * @throws OsteonError `bad-usage`, never with a password that stands in the address
 * @example
 * parseArchiveUrl("dimse://ORTHANC@127.0.0.1:4242");
 */
export const parseArchiveUrl = (word: string): ArchiveUrl => {
  if (!URL.canParse(word)) throw refuse(word, "is no address; write https://host/dicom-web or dimse://AET@host:port.");
  const url = new URL(word);
  if (url.search !== "" || url.hash !== "") throw refuse(word, "has a query; say what is wanted with --query.");
  return url.protocol === "dimse:" ? parseDimse(word, url) : parseDicomWeb(word, url);
};

const parseDicomWeb = (word: string, url: URL): ArchiveUrl => {
  if (url.username !== "" || url.password !== "")
    throw refuse(
      word,
      "holds a password, which others can read there; put it into a file and name that with --user-file.",
    );
  const [, root = "", study] = /^(.*?)(?:\/studies(?:\/([^/]*))?)?\/*$/.exec(url.pathname) ?? [];
  return { protocol: "dicomweb", root: `${url.origin}${root}`, StudyInstanceUID: studyOf(word, study) };
};

const parseDimse = (word: string, url: URL): ArchiveUrl => {
  if (url.password !== "") throw refuse(word, "holds a password; DIMSE knows none.");
  if (url.username === "" || url.hostname === "" || url.port === "")
    throw refuse(word, "lacks something; write dimse://AET@host:port with the archive's AE title.");
  const [, study] = /^(?:\/studies\/([^/]*))?\/*$/.exec(url.pathname) ?? [];
  if (study === undefined && url.pathname.replace(/\/+$/, "") !== "")
    throw refuse(word, "has a path; only /studies/UID may follow the port.");
  return {
    protocol: "dimse",
    calledAeTitle: aeTitle(decoded(word, url.username)),
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port),
    StudyInstanceUID: studyOf(word, study),
  };
};

const decoded = (word: string, text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse(word, "has a % that stands for no character; write a space as %20 and a % as %25.");
  }
};

const studyOf = (word: string, study: string | undefined): string | undefined => {
  if (study === undefined || study === "") return undefined;
  if (!isUid(study)) throw refuse(word, "names a study by something other than its StudyInstanceUID.");
  return study;
};
