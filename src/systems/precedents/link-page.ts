/**
 * A page that shows one link as in figures 5 and 6 of the publication: the undiagnosed radiograph framed black, its
 * neighbours beside it, those of the voted label framed green. Self-contained HTML: no script, nothing fetched.
 */

import { describeBackground } from "./describe-link.ts";
import { type LinkResult, verdictOf } from "./link-result.ts";

/** A radiograph as a data URL with what is known of its patient. */
export interface PageRadiograph {
  readonly dataUrl: string;
  /** Lines below the picture, such as "23 years, female" and "femur, metaphyseal". */
  readonly facts: readonly string[];
}

/** What the page shows. */
export interface LinkPageContent {
  readonly result: LinkResult;
  readonly query: PageRadiograph;
  /** In the order of the result's neighbours. */
  readonly neighbours: readonly PageRadiograph[];
}

/** The disclaimer that every page and exported result carries. */
export const disclaimer = "Decision support for research. Not a medical device; not for diagnosis alone.";

/** The whole page. */
export const linkPage = (links: readonly LinkPageContent[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Osteon: precedents</title>
<style>${style}</style>
</head>
<body>
<header><h1>Osteon</h1><p>The most similar past patients, what they had, and their vote.</p></header>
<main>
${links.map(section).join("\n")}
</main>
<footer>${disclaimer}</footer>
</body>
</html>
`;

const section = ({ result, query, neighbours }: LinkPageContent): string => `<section>
<h2>${escapeHtml(verdictOf(result))}</h2>
${describeBackground(result)
  .map((line) => `<p>${escapeHtml(line)}</p>`)
  .join("\n")}
<div class="row">
${figure(query, { frame: "target", title: "Undiagnosed", detail: result.image })}
${result.neighbours
  .map((neighbour, i) =>
    figure(neighbours[i]!, {
      frame: result.known && neighbour.label !== null && neighbour.label === result.vote?.label ? "agrees" : "differs",
      title: neighbour.label ?? "no label",
      detail: `${neighbour.rank}. ${neighbour.patient}, distance ${neighbour.distance.toFixed(3)}`,
    }),
  )
  .join("\n")}
</div>
</section>`;

const figure = (
  { dataUrl, facts }: PageRadiograph,
  { frame, title, detail }: { frame: "target" | "agrees" | "differs"; title: string; detail: string },
): string => `<figure class="${frame}">
<img src="${escapeHtml(dataUrl)}" alt="Radiograph: ${escapeHtml(title)}">
<figcaption><strong>${escapeHtml(title)}</strong><span>${escapeHtml(detail)}</span>${facts.map((fact) => `<span>${escapeHtml(fact)}</span>`).join("")}</figcaption>
</figure>`;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `
:root { color-scheme: light dark; --ink: #16202a; --paper: #f6f7f8; --card: #fff; --soft: #5b6875; --green: #1c7f4b; --line: #c9d0d6; --target: #000; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf1; --paper: #0d1115; --card: #161c22; --soft: #9aa7b3; --green: #3ecf85; --line: #39444e; --target: #fff; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header, main, footer { max-width: 1280px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 24px; }
h1 { margin: 0; font-size: 22px; letter-spacing: .02em; }
header p, footer { color: var(--soft); margin: 2px 0 0; }
h2 { font-size: 18px; margin: 28px 0 4px; }
section > p { color: var(--soft); margin: 0 0 4px; }
.row { margin-top: 12px; display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 14px; }
figure { margin: 0; background: var(--card); border: 3px solid var(--line); border-radius: 6px; overflow: hidden; }
figure.target { border-color: var(--target); }
figure.agrees { border-color: var(--green); }
img { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; background: #000; }
figcaption { display: flex; flex-direction: column; padding: 8px 10px 10px; }
figcaption span { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
footer { padding-block: 28px; }
`;
