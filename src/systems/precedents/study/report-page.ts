/** The report of a study as one page: self-contained HTML, no script, nothing fetched; without names or numbers of patients. */

import { disclaimer } from "../link-page.ts";
import type { StudyReport } from "./run-study.ts";
import type { StudyTable } from "./study-tables.ts";

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** @param figures SVG documents */
export const reportPage = (
  { target, radiographs, patients, testPatients, crops }: StudyReport,
  tables: readonly StudyTable[],
  figures: readonly string[],
): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Osteon: recommender study</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Recommender study</h1>
<p>After Hinterwimmer et al., Eur Radiol 2024, 10.1007/s00330-024-10672-0. ${radiographs} radiographs of ${patients} patients, ${testPatients} of them tested; told apart: ${escapeHtml(target)}; compared: ${crops.join(", ")}.</p>
</header>
<main>
${tables.map(tableOf).join("\n")}
${figures.map((figure) => `<figure>\n${figure}</figure>`).join("\n")}
</main>
<footer>${disclaimer}</footer>
</body>
</html>
`;

const tableOf = ({ title, note, head, rows }: StudyTable): string => `<section>
<h2>${escapeHtml(title)}</h2>
<p>${escapeHtml(note)}</p>
<div class="wide"><table>
<thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map(rowOf).join("\n")}
</tbody>
</table></div>
</section>`;

const rowOf = ([name = "", ...cells]: readonly string[]): string => {
  const isPublished = name.startsWith(" ");
  return `<tr${isPublished ? ' class="published"' : ""}><th scope="row">${escapeHtml(name.trim())}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
};

const style = `
:root { color-scheme: light dark; --ink: #16202a; --paper: #f6f7f8; --soft: #4c5965; --line: #c9d0d6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf1; --paper: #0d1115; --soft: #a6b2be; --line: #39444e; } }
body { margin: 0 auto; max-width: 1200px; padding: 24px; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { margin: 0; font-size: 24px; }
h2 { margin: 36px 0 4px; font-size: 18px; }
p, footer { color: var(--soft); max-width: 90ch; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 18px 4px 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); font-weight: 400; }
thead th { font-weight: 600; border-top: 0; }
.published th, .published td { color: var(--soft); border-top: 0; padding-top: 0; font-style: italic; }
.published th { padding-left: 16px; }
figure { margin: 36px 0; overflow-x: auto; }
svg { max-width: 100%; height: auto; }
`;
