/** A file of FHIR resources, one a line (NDJSON), as a table: the numbers of patients and cases are looked up in a first pass. */
import { createReadStream } from "node:fs";
import { fhirHeader, fhirRow, numberOf, parseResource } from "../../../clinic/tables/fhir-rows.ts";
import type { TableRow } from "../../../clinic/tables/read-row.ts";

/** Longer lines are cut, and then no resources that can be read. */
const longestLine = 2 ** 20;

/** Whether a text begins like NDJSON of resources. */
export const looksLikeFhir = (beginning: string): boolean => {
  const line = beginning.trimStart().split("\n", 1)[0]!;
  return line.startsWith("{") && /"resourceType"\s*:/.test(line);
};

/** The table of a file. */
export const fhirTable = (path: string): { readonly header: readonly string[]; rows(): AsyncIterable<TableRow> } => ({
  header: fhirHeader,
  rows: () => rowsOf(path),
});

async function* rowsOf(path: string): AsyncIterable<TableRow> {
  const numbers = new Map<string, string>();
  for await (const { resource } of resourcesOf(path)) {
    const number = resource && numberOf(resource);
    const isNamed = resource?.resourceType === "Patient" || resource?.resourceType === "Condition";
    if (isNamed && resource?.id !== undefined && number !== undefined) numbers.set(resource.id, number);
  }
  for await (const { line, resource } of resourcesOf(path)) {
    const cells = resource === undefined ? unreadable(line) : fhirRow(resource, numbers);
    if (cells !== undefined) yield { line, cells };
  }
}

/** A row that names no patient, so that the line is told of; what it holds may be anything. */
const unreadable = (line: number): string[] =>
  fhirHeader.map((field) => (field === "case" ? `(line ${line} is no resource that can be read)` : ""));

async function* resourcesOf(path: string) {
  for await (const { line, text } of linesOf(path)) {
    if (text.trim() !== "") yield { line, resource: parseResource(text) };
  }
}

/** The lines of a file; of those that are too long the beginning, for they are never held as a whole. */
async function* linesOf(path: string) {
  const decoder = new TextDecoder();
  let line = 1;
  let text = "";
  for await (const chunk of createReadStream(path)) {
    const pieces = decoder.decode(chunk as Buffer, { stream: true }).split("\n");
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) {
        yield { line, text };
        line += 1;
        text = "";
      }
      if (text.length <= longestLine) text += piece;
    }
  }
  yield { line, text };
}
