/** The options of commands that speak to picture archives. */

import { type Command, Option } from "commander";
import { OsteonError } from "../../errors.ts";
import { wholeNumber } from "../context.ts";

/** What is said of an archive on the command line. */
export interface ArchiveOptions {
  readonly query?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly tokenFile?: string;
  readonly userFile?: string;
  readonly caFile?: string;
  readonly aet?: string;
  readonly retrieve?: "get" | "move";
  readonly port?: number;
  readonly host?: string;
}

const collect = (word: string, before: readonly string[] = []): string[] => [...before, word];

/** Adds the options to a command that also takes paths. */
export const withArchiveOptions = (command: Command): Command =>
  command
    .option(
      "--query <key=value>",
      "archive: which studies, such as Modality=CR,DX; may be given several times",
      collect,
    )
    .option("--from <date>", "archive: studies from this day on")
    .option("--to <date>", "archive: studies up to this day")
    .option("--token-file <file>", "DICOMweb: a file with a bearer token (or OSTEON_PACS_TOKEN)")
    .option("--user-file <file>", "DICOMweb: a file with user:password (or OSTEON_PACS_USER)")
    .option("--ca-file <file>", "DICOMweb: certificates of the authorities to trust, PEM")
    .option("--aet <title>", "DIMSE: our own AE title, OSTEON by default")
    .addOption(
      new Option("--retrieve <how>", "DIMSE: by C-GET, or by C-MOVE to --port of this machine; get by default").choices(
        ["get", "move"],
      ),
    )
    .option("--port <n>", "DIMSE: the port to which a C-MOVE sends", wholeNumber(1, 65_535))
    .option("--host <address>", "DIMSE: the address to listen on for a C-MOVE, 127.0.0.1 by default");

/** Whether a word is the address of an archive and no path. */
export const isArchiveWord = (word: string): boolean => /^(https?|dimse):\/\//i.test(word);

/**
 * Whether the words name archives; they name archives or paths, not both.
 *
 * @throws OsteonError `bad-usage` for a mixture, and for options of an archive without one
 */
export const nameArchives = (
  words: readonly string[],
  options: ArchiveOptions & { readonly labels?: string },
): boolean => {
  const archives = words.filter(isArchiveWord).length;
  const given = (["query", "from", "to", "tokenFile", "userFile", "caFile", "aet", "retrieve", "port", "host"] as const)
    .filter((name) => options[name] !== undefined)
    .map((name) => `--${name.replace("File", "-file")}`);
  if (archives === 0 && given.length > 0)
    throw new OsteonError("bad-usage", `${given[0]} is for archives; name one, such as https://host/dicom-web.`);
  if (archives > 0 && archives < words.length)
    throw new OsteonError("bad-usage", "Name either archives or files and folders, in two commands.");
  if (archives > 0 && options.labels !== undefined)
    throw new OsteonError(
      "bad-usage",
      "--labels goes with files; an archive's radiographs are matched by tables later.",
    );
  return archives > 0;
};
