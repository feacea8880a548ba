/** `osteon receive`: a DICOM node to which archives and modalities send radiographs. */

import { Command, Option } from "commander";
import { OsteonError, shown } from "../../errors.ts";
import type { ReceiveEvent } from "../../systems/cohort/pacs/index.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { sortImported } from "./sort-imported.ts";

interface ReceiveCommandOptions extends CommonOptions {
  readonly port: number;
  readonly aet: string;
  readonly allow: string;
  readonly host: string;
  readonly origin: "internal" | "external";
  readonly sort: boolean;
}

export const receiveCommand = (): Command =>
  withCommonOptions(new Command("receive"))
    .description("receive radiographs over the DICOM network (C-STORE, C-ECHO) until it is stopped")
    .requiredOption("--port <n>", "the port to listen on", wholeNumber(1, 65_535))
    .requiredOption("--allow <list>", "who may send: AE titles, each with @host to allow it from there only")
    .option("--aet <title>", "our own AE title", "OSTEON")
    .option("--host <address>", "the address to listen on; 0.0.0.0 for all", "127.0.0.1")
    .addOption(
      new Option("--origin <origin>", "where the radiographs were taken")
        .choices(["internal", "external"])
        .default("internal"),
    )
    .option("--no-sort", "leaves the new radiographs unsorted where the atlas is trained")
    .action((options: ReceiveCommandOptions) => run(options));

const run = async (options: ReceiveCommandOptions): Promise<void> => {
  const pacs = await import("../../systems/cohort/pacs/index.ts"); // its protocols load only where needed
  const { aeTitle, parseAllowList, receiveRadiographs, statusMeaning } = pacs;
  const title = aeTitle(options.aet);
  const allowed = await parseAllowList(options.allow);
  const signal = interruptSignal();
  let told = 0;
  const onEvent = (event: ReceiveEvent): void => {
    if (event.kind === "imported") {
      const { imported, duplicates, quarantined } = event.report;
      const total = imported + duplicates + quarantined.length;
      if (total > told) say(`${counts(event.report)} so far.`, options);
      told = total;
    } else if (event.kind === "not-stored") say(`An object was not taken: ${statusMeaning(event.status)}.`, options);
    else say(sentence(event), options);
  };
  const { port, host, origin } = options;
  const report = await withHome(options, { command: "receive", create: true }, (home) =>
    receiveRadiographs(home, {
      aeTitle: title,
      allowed,
      host,
      port,
      origin,
      signal,
      onEvent,
      // Ended or not: what has come in is sorted to its end.
      afterImport: () => sortImported(home, { ...options, signal: new AbortController().signal }),
      onListening: (open) => say(`Receiving as ${title} on ${host}:${open}; Ctrl-C ends.`, options),
    }),
  );
  answer(report, `${counts(report)}.`, options);
};

const counts = (report: { imported: number; duplicates: number; quarantined: readonly unknown[] }): string =>
  `${count(report.imported, "radiograph")} imported, ${count(report.duplicates, "duplicate")}, ${report.quarantined.length} set aside`;

const refusals = {
  "called-ae-title": "it called another AE title than ours",
  "calling-ae-title": "it is not in the list of --allow, or not from there",
  "application-context": "it speaks another application context",
  "protocol-version": "it speaks another version of the protocol",
  "too-many": "too many associations are open",
} as const;

const breaks = {
  protocol: "the sender did not speak DICOM as it should",
  silent: "the sender was silent for too long",
  aborted: "the sender left in the middle",
  connection: "the connection was lost",
} as const;

const sentence = (event: Exclude<ReceiveEvent, { kind: "imported" | "not-stored" }>): string => {
  if (event.kind === "refused") {
    const { callingAeTitle, calledAeTitle, address } = event.sender;
    const who = `${shown(callingAeTitle)} from ${address}, which called ${shown(calledAeTitle)},`;
    return `${who} was refused: ${refusals[event.refusal]}.`;
  }
  if (event.kind === "broken") return `An association ended early: ${breaks[event.why]}.`;
  const why = event.error instanceof OsteonError ? event.error.message : "Something went wrong that should not.";
  return `What was received is kept and will be imported later. ${why}`;
};
