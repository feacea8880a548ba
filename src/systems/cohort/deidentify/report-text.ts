/** The report of a de-identification for people: what was done, never to which value. */
import type { DeidentifyReport } from "./deidentify-folder.ts";

const words: Readonly<Record<string, string>> = {
  remove: "removed",
  empty: "emptied",
  dummy: "replaced by a dummy",
  uid: "replaced by a keyed UID",
  shift: "moved in time",
  clean: "cleaned",
  "clean-device": "cleaned",
  keep: "cleaned of names",
};

/** A line per kind of change over all files, then the files, then what was set aside. */
export const reportText = (report: Omit<DeidentifyReport, "sources">): string => {
  const totals = new Map<string, { files: number; count: number }>();
  for (const { changes } of report.files) {
    for (const { attribute, treatment, count } of changes) {
      const key = `${attribute} ${words[treatment]}`;
      const total = totals.get(key) ?? { files: 0, count: 0 };
      totals.set(key, { files: total.files + 1, count: total.count + count });
    }
  }
  const profile = ["Basic Profile", ...report.options].join(", ");
  return [
    `De-identified by DICOM PS3.15 annex E (${profile}); burned-in text: ${report.burnedIn}.`,
    `${report.files.length} files written, ${report.duplicates} already there, ${report.setAside.length} set aside.`,
    "",
    "What was done, over all files:",
    ...[...totals].sort().map(([key, { files, count }]) => `  ${key}: ${count} times in ${files} files`),
    "",
    "Files:",
    ...report.files.map(({ file, changes, maskedRegions }) => {
      const count = changes.reduce((sum, change) => sum + change.count, 0);
      return `  ${file}: ${count} changes${maskedRegions > 0 ? `, ${maskedRegions} places masked` : ""}`;
    }),
    "",
    "Set aside for a person:",
    ...report.setAside.map(({ source, code, detail }) => `  ${source}: ${code}: ${detail}`),
    "",
  ].join("\n");
};
