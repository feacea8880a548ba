/** `osteon import radiographs URL`: radiographs out of picture archives, by DICOMweb or DIMSE. */

import { readFile } from "node:fs/promises";
import { OsteonError } from "../../errors.ts";
import {
  type ArchiveImportReport,
  type ArchiveUrl,
  aeTitle,
  basic,
  bearer,
  type CredentialText,
  importFromArchive,
  openArchive,
  parseArchiveUrl,
  parseStudyQuery,
} from "../../systems/cohort/pacs/index.ts";
import { type CommonOptions, interruptSignal, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { startProgress } from "../progress.ts";
import type { ArchiveOptions } from "./archive-options.ts";
import { type SortedPart, sortImported } from "./sort-imported.ts";

/** What the import of an archive is told on the command line. */
export interface ArchiveImportCommandOptions extends CommonOptions, ArchiveOptions {
  readonly origin: "internal" | "external";
  readonly sort: boolean;
}

/** Fetches and imports from archives, one after another. */
export const importFromArchives = async (
  words: readonly string[],
  options: ArchiveImportCommandOptions,
): Promise<void> => {
  const start = performance.now();
  const urls = words.map(parseArchiveUrl);
  const queries = urls.map(({ StudyInstanceUID }) =>
    parseStudyQuery({ words: options.query ?? [], from: options.from, to: options.to, StudyInstanceUID }),
  );
  const authorization = await readCredentials(options);
  const ca = options.caFile === undefined ? undefined : await readNamedFile("--ca-file", options.caFile);
  const isMove = options.retrieve === "move";
  if (isMove && options.port === undefined) {
    throw new OsteonError("bad-usage", "A C-MOVE needs a port on which this machine listens; name it with --port.");
  }
  for (const url of urls) if (authorization !== undefined) warnOfPlainText(url, options);
  if (isMove) for (const url of urls) warnOfLoopback(url, options);
  const signal = interruptSignal();
  const access = {
    authorization,
    ca,
    aeTitle: aeTitle(options.aet ?? "OSTEON"),
    receiver: isMove ? { host: options.host ?? "127.0.0.1", port: options.port! } : undefined,
    signal,
  };
  const { reports, sortedPart } = await withHome(
    options,
    { command: "import radiographs", create: true },
    async (home) => {
      const progress = startProgress("Importing", options);
      const all: ArchiveImportReport[] = [];
      try {
        for (const [i, url] of urls.entries()) {
          const archive = openArchive(url, access);
          try {
            const { origin } = options;
            all.push(
              await importFromArchive(home, archive, {
                query: queries[i]!,
                origin,
                signal,
                onProgress: progress.update,
              }),
            );
          } finally {
            await archive.close();
          }
        }
      } finally {
        progress.end();
      }
      return { reports: all, sortedPart: await sortImported(home, { ...options, signal }) };
    },
  );
  tell(reports, { ...sortedPart, ms: Math.round(performance.now() - start) }, options);
};

const tell = (
  reports: readonly ArchiveImportReport[],
  rest: SortedPart & { readonly ms: number },
  options: CommonOptions,
): void => {
  const sum = (key: "imported" | "duplicates" | "known" | "studies" | "otherSeries"): number =>
    reports.reduce((total, report) => total + report[key], 0);
  const quarantined = reports.flatMap((report) => report.quarantined);
  const missing = reports.flatMap((report) => report.missing);
  const result = {
    imported: sum("imported"),
    duplicates: sum("duplicates"),
    quarantined,
    studies: sum("studies"),
    known: sum("known"),
    otherSeries: sum("otherSeries"),
    missing,
    ...rest,
  };
  const text = [
    `${count(result.imported, "radiograph")} imported, ${count(result.duplicates, "duplicate")}, ${quarantined.length} set aside; ${count(result.studies, "study", "studies")}, ${result.known} known before, ${count(result.otherSeries, "series", "series")} of other modalities left alone.`,
    ...quarantined.map(({ file, reason }) => `  ${file}: ${reason}`),
    ...(missing.length === 0
      ? []
      : [`${count(missing.length, "instance")} listed by the archive did not come; import again to ask once more.`]),
  ].join("\n");
  answer(result, text, options);
  if (missing.length > 0) process.exitCode = 1;
};

const readCredentials = async ({ tokenFile, userFile }: ArchiveOptions): Promise<string | undefined> => {
  if (tokenFile !== undefined && userFile !== undefined)
    throw new OsteonError("bad-usage", "Give either --token-file or --user-file.");
  if (tokenFile !== undefined) return bearer(await readCredential("--token-file", tokenFile));
  if (userFile !== undefined) return basic(await readCredential("--user-file", userFile));
  const { OSTEON_PACS_TOKEN: token, OSTEON_PACS_USER: user } = process.env;
  if (token) return bearer({ from: "OSTEON_PACS_TOKEN", text: token });
  return user ? basic({ from: "OSTEON_PACS_USER", text: user }) : undefined;
};

const readCredential = async (option: string, path: string): Promise<CredentialText> => ({
  from: `The file of ${option}`,
  text: await readNamedFile(option, path),
});

const readNamedFile = (option: string, path: string): Promise<string> =>
  readFile(path, "utf8").catch((cause) => {
    throw new OsteonError("bad-input", `The file "${path}" of ${option} cannot be read; check the path.`, {}, cause);
  });

const warnOfPlainText = (url: ArchiveUrl, options: CommonOptions): void => {
  if (url.protocol !== "dicomweb") return;
  const { protocol, hostname } = new URL(url.root);
  if (protocol === "http:" && !isLoopback(hostname))
    say("The credentials go over the network in plain text; use https:// where the archive offers it.", options);
};

const isLoopback = (host: string): boolean => /^(127\.[\d.]+|localhost|\[?::1\]?)$/.test(host);

const warnOfLoopback = (url: ArchiveUrl, options: ArchiveImportCommandOptions): void => {
  if (url.protocol === "dimse" && !isLoopback(url.host) && isLoopback(options.host ?? "127.0.0.1"))
    say(
      "The archive cannot send to this machine's own loopback; name an address that it reaches with --host.",
      options,
    );
};
