/**
 * Writes the two tables that de-identification works by, in Osteon's own form, from copies that the user names:
 *
 * `node scripts/de-identification/write-tables.ts TABLE.json DICTIONARY.dic`
 *
 * TABLE.json is table E.1-1 of DICOM PS3.15 as a list of objects (name, tag, stdCompIOD, basicProfile and a key per option, the form
 * of innolitics/dicom-standard). DICTIONARY.dic is the data dictionary of PS3.6 with a tag, a VR and a keyword per line, separated
 * by tabs (the form of DCMTK's dicom.dic).
 */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [tablePath, dictionaryPath] = process.argv.slice(2);
if (!tablePath || !dictionaryPath) {
  console.error("Name a copy of table E.1-1 (JSON) and a data dictionary (tag, VR, keyword per line).");
  process.exit(2);
}

interface Row {
  readonly name: string;
  readonly tag: string;
  readonly stdCompIOD: string;
  readonly basicProfile: string;
  readonly [option: string]: string | undefined;
}

/** The columns of the options, by the letters that stand for them in the table. */
const columns = {
  P: "rtnSafePrivOpt",
  U: "rtnUIDsOpt",
  V: "rtnDevIdOpt",
  I: "rtnInstIdOpt",
  H: "rtnPatCharsOpt",
  F: "rtnLongFullDatesOpt",
  M: "rtnLongModifDatesOpt",
  D: "cleanDescOpt",
  S: "cleanStructContOpt",
  G: "cleanGraphOpt",
} as const;

/** PS3.6 2024e, attributes of the table that dictionaries of 2022 do not have yet. */
const added: Readonly<Record<string, readonly [vr: string, keyword: string]>> = {
  "00080017": ["UI", "AcquisitionUID"],
  "00080019": ["UI", "PyramidUID"],
  "00081088": ["LO", "PyramidDescription"],
  "00120022": ["LO", "IssuerOfClinicalTrialProtocolID"],
  "00120023": ["SQ", "OtherClinicalTrialProtocolIDsSequence"],
  "00120032": ["LO", "IssuerOfClinicalTrialSiteID"],
  "00120041": ["LO", "IssuerOfClinicalTrialSubjectID"],
  "00120043": ["LO", "IssuerOfClinicalTrialSubjectReadingID"],
  "0014407c": ["TM", "CalibrationTime"],
  "0014407e": ["DA", "CalibrationDate"],
  "00120055": ["LO", "IssuerOfClinicalTrialTimePointID"],
  "00120073": ["LO", "IssuerOfClinicalTrialSeriesID"],
  "00181204": ["DA", "DateOfManufacture"],
  "00181205": ["DA", "DateOfInstallation"],
  "00200027": ["LO", "PyramidLabel"],
  "30020121": ["LO", "PositionAcquisitionTemplateName"],
  "30020123": ["LT", "PositionAcquisitionTemplateDescription"],
  "3006002d": ["DT", "ROIDateTime"],
  "3006002e": ["DT", "ROIObservationDateTime"],
  "3006004d": ["SQ", "ROICreatorSequence"],
  "3006004e": ["SQ", "ROIInterpreterSequence"],
  "003a0329": ["ST", "WaveformFilterDescription"],
  "003a032b": ["ST", "FilterLookupTableDescription"],
};

/** The dictionary's marks for attributes of several VRs: the pixel description decides in practice, and these never hold text. */
const severalVrs: Readonly<Record<string, string>> = { xs: "US", ox: "OW", px: "OW", lt: "OW", up: "UL", na: "" };

const dictionary = new Map<string, readonly [vr: string, keyword: string]>(Object.entries(added));
for (const line of readFileSync(dictionaryPath, "latin1").split("\n")) {
  const match = /^\(([0-9A-Fa-f]{4}),([0-9A-Fa-f]{4})\)\t(\S+)\t(\S+)\t\S+\t(DICOM|DICOM\/retired)\s*$/.exec(line);
  if (!match) continue;
  const [, group, element, vr, keyword] = match as unknown as [string, string, string, string, string];
  const known = severalVrs[vr] ?? vr;
  if (known) dictionary.set((group + element).toLowerCase(), [known, keyword.replace(/^RETIRED_/, "")]);
}

const keywordOf = (name: string): string =>
  name
    .replace(/\s*\(see Note.*$/is, "")
    .replace(/['’()]/g, "")
    .replace(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase());

const patterns: Readonly<Record<string, string>> = {
  "50xxxxxx": "50xxxxxx CurveData OB",
  "60xx3000": "60xx3000 OverlayData OW",
  "60xx4000": "60xx4000 OverlayComments LT",
  "ggggeeee-where-gggg-is-odd": "private PrivateAttributes UN",
};

const rows = (JSON.parse(readFileSync(tablePath, "utf8")) as readonly Row[]).map((row) => {
  const id = row.id!;
  const [vr, keyword] = dictionary.get(id) ?? [];
  if (!patterns[id] && !vr) console.error(`No VR is known for ${row.tag}; it is taken as UN.`);
  const options = Object.entries(columns)
    .filter(([, key]) => row[key])
    .map(([letter, key]) => `${letter}${row[key]}`);
  const head = patterns[id] ?? `${id} ${keyword ?? keywordOf(row.name)} ${vr ?? "UN"}`;
  return [head, row.stdCompIOD, row.basicProfile, ...options].join(" ");
});

const folder = resolve(import.meta.dirname, "../../src/dicom");
const tableFile = join(folder, "deidentify/confidentiality-rows.ts");
writeFileSync(
  tableFile,
  `/**
 * Table E.1-1 of DICOM PS3.15 (2024e), a row a line: tag, keyword, VR, whether the attribute is in a standard composite IOD (Y, N), the
 * action of the Basic Profile, then the actions of the options: P retain safe private, U retain UIDs, V retain device identity,
 * I retain institution identity, H retain patient characteristics, F retain longitudinal with full dates, M with modified dates,
 * D clean descriptors, S clean structured content, G clean graphics. Written by scripts/de-identification/write-tables.ts.
 */
export const confidentialityRows = \`
${rows.join("\n")}
\`;
`,
);

const byVr = new Map<string, Map<string, string[]>>();
for (const [id, [vr]] of [...dictionary].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const groups = byVr.get(vr) ?? new Map<string, string[]>();
  byVr.set(vr, groups);
  const group = groups.get(id.slice(0, 4)) ?? [];
  groups.set(id.slice(0, 4), group);
  group.push(id.slice(4));
}
const wrapped = (text: string): string => text.replace(/(.{1,110})(?: |$)/g, "$1\n").trimEnd();
const blocks = [...byVr]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([vr, groups]) =>
    wrapped([vr, ...[...groups].map(([group, elements]) => `${group}: ${elements.join(" ")}`)].join(" ")),
  );
const dictionaryFile = join(folder, "dictionary-rows.ts");
writeFileSync(
  dictionaryFile,
  `/**
 * The value representations of the attributes of DICOM PS3.6 (2022b and the attributes of PS3.15 table E.1-1 of 2024e): a VR, then per
 * group the elements that have it. Written by scripts/de-identification/write-tables.ts.
 */
export const dictionaryRows = \`
${blocks.join("\n")}
\`;
`,
);
spawnSync("npx", ["biome", "check", "--write", tableFile, dictionaryFile], { stdio: "inherit" });
