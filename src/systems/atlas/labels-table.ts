/** Labels of clusters as a table: read from `cluster,region` files, and written with who gave what. */

import { randomUUID } from "node:crypto";
import { type ClusterLabel, discard, settledLabel } from "../../clinic/atlas/fold-actions.ts";
import { type DelimitedRow, delimitedRows } from "../../clinic/delimited-rows.ts";
import { foldTerm } from "../../clinic/vocabulary/fold-term.ts";
import type { RegionTerm } from "../../clinic/vocabulary/regions.ts";
import { OsteonError, shown } from "../../errors.ts";
import {
  type Acting,
  addRegion,
  appendClusterActions,
  clusterSizes,
  type Database,
  listRegions,
  type NewClusterAction,
} from "../../store/index.ts";
import { loadReadings, progressOfReaders, readerOf } from "./readings.ts";

/** What came of a table of labels. */
export interface LabelReport {
  readonly clustering: string;
  readonly labelled: number;
  readonly discarded: number;
  /** Rows that say what the reader had said before. */
  readonly unchanged: number;
  /** Regions that the table named and that were not known. */
  readonly addedRegions: readonly string[];
}

/**
 * Gives clusters the labels of a CSV table with the columns `cluster` and `region`, as one reader. A region is found by its
 * name or code in either language; one that is not known is added. All rows are taken or none.
 *
 * @throws OsteonError `bad-input` where a row cannot be right
 */
export const labelFromTable = async (
  database: Database,
  clustering: string,
  { text, acting }: { readonly text: string; readonly acting: Acting },
): Promise<LabelReport> => {
  const rows = readRows(text);
  const sizes = await clusterSizes(database, clustering);
  const unknown = [...rows.values()].find(({ cluster }) => !sizes.has(cluster));
  if (unknown)
    throw refuse(unknown.line, `there is no cluster ${unknown.cluster} to label; \`osteon atlas clusters\` lists them`);
  const { regions, added } = await regionsOf(database, [...rows.values()], acting);
  const readings = await loadReadings(database, clustering);
  const before = new Map(
    [...readings.byCluster.values()].map(({ cluster, labels }) => [
      cluster,
      labels.find(({ reader }) => reader === acting.reader)?.label,
    ]),
  );
  const wanted = [...rows.values()].map(({ cluster, region }) => ({ cluster, label: regions.get(region)! }));
  const actions = wanted
    .filter(({ cluster, label }) => before.get(cluster) !== label)
    .map(({ cluster, label }): NewClusterAction => ({ id: randomUUID(), cluster, kind: "label", label, undoes: null }));
  const refused = await appendClusterActions(database, clustering, { actions, acting });
  if (refused[0]) throw new OsteonError("bad-input", refused[0].detail);
  const discarded = actions.filter(({ label }) => label === discard).length;
  return {
    clustering,
    labelled: actions.length - discarded,
    discarded,
    unchanged: wanted.length - actions.length,
    addedRegions: added,
  };
};

interface Row {
  readonly line: number;
  readonly cluster: number;
  readonly region: string;
}

const refuse = (line: number, what: string): OsteonError =>
  new OsteonError("bad-input", `Line ${line} of the labels table: ${what}.`, { line });

const readRows = (text: string): Map<number, Row> => {
  const [header, ...records] = delimitedRows(
    text,
    () => new OsteonError("bad-input", "The labels are no table: a quote is not closed, or cells stand beside quotes."),
  );
  const names = header?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const [clusterAt, regionAt] = [names.indexOf("cluster"), names.indexOf("region")];
  if (clusterAt === -1 || regionAt === -1)
    throw new OsteonError("bad-input", 'The labels table needs the columns "cluster" and "region".', { names });
  const rows = new Map<number, Row>();
  for (const record of records) {
    const row = readRow(record, { clusterAt, regionAt });
    if (row === undefined) continue;
    const earlier = rows.get(row.cluster);
    if (earlier && earlier.region !== row.region)
      throw refuse(row.line, `cluster ${row.cluster} has another region on line ${earlier.line}`);
    rows.set(row.cluster, row);
  }
  if (rows.size === 0) throw new OsteonError("bad-input", "The labels table labels no cluster.");
  return rows;
};

/** An empty region says nothing of its cluster: so that an exported table can be filled in part. */
const readRow = (
  { record, line }: DelimitedRow,
  { clusterAt, regionAt }: { readonly clusterAt: number; readonly regionAt: number },
): Row | undefined => {
  const [cluster, region] = [record[clusterAt]?.trim() ?? "", record[regionAt]?.trim() ?? ""];
  if (!/^\d{1,9}$/.test(cluster)) throw refuse(line, `${shown(cluster)} is no number of a cluster`);
  return region === "" ? undefined : { line, cluster: Number(cluster), region };
};

/** The label that each word of the table means. */
const regionsOf = async (
  database: Database,
  rows: readonly Row[],
  { reader, at }: Acting,
): Promise<{ regions: ReadonlyMap<string, ClusterLabel>; added: string[] }> => {
  const known = await listRegions(database);
  const regions = new Map<string, ClusterLabel>();
  const added: string[] = [];
  for (const { region: word, line } of rows) {
    if (regions.has(word)) continue;
    if (word.toLowerCase() === discard) regions.set(word, discard);
    else {
      let region = findAmong(known, word);
      if (!region) {
        if (word.length > 60) throw refuse(line, "the name of the region is longer than 60 letters");
        region = await addRegion(database, { name: word }, { by: reader, at });
        known.push(region);
        added.push(region.name);
      }
      regions.set(word, region.name);
    }
  }
  return { regions, added };
};

const findAmong = (regions: readonly RegionTerm[], word: string): RegionTerm | undefined => {
  const keys = foldTerm(word);
  return regions.find(({ name, code, de, synonyms }) =>
    [name, code, de, ...synonyms].flatMap(foldTerm).some((key) => keys.includes(key)),
  );
};

/** Every cluster with what holds for it and who said what: a header and rows; `cluster,region` can be read in again. */
export const exportLabels = async (database: Database, clustering: string): Promise<(string | number)[][]> => {
  const readings = await loadReadings(database, clustering);
  const readers = progressOfReaders(readings);
  const timeOf = new Map(readings.actions.map(({ id, at }) => [id, at.toISOString()]));
  const header = [
    "cluster",
    "region",
    "images",
    "settled",
    ...readers.flatMap(({ name }) => [`label of ${name}`, `labelled at by ${name}`]),
    "decided by",
    "decided at",
  ];
  const rows = [...readings.sizes].map(([cluster, images]) => {
    const reading = readings.byCluster.get(cluster);
    const region = reading ? settledLabel(reading) : null;
    const decision = reading?.decision ?? null;
    return [
      cluster,
      region ?? "",
      images,
      howSettled(region, { labels: reading?.labels.length ?? 0, isDecided: decision !== null }),
      ...readers.flatMap(({ id }) => {
        const own = reading?.labels.find(({ reader }) => reader === id);
        return own ? [own.label, timeOf.get(own.action)!] : ["", ""];
      }),
      decision ? readerOf(readings, decision.reader).name : "",
      decision ? timeOf.get(decision.action)! : "",
    ];
  });
  return [header, ...rows];
};

const howSettled = (
  region: ClusterLabel | null,
  { labels, isDecided }: { readonly labels: number; readonly isDecided: boolean },
): string => {
  if (isDecided) return "decided";
  if (region === null) return labels > 1 ? "disputed" : "open";
  return labels > 1 ? "agreed" : "one reader";
};
