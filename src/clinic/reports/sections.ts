/** The sections of a report by their headings, German and English; what stands above the first is the report's title. */

import type { Span } from "./sentences.ts";

/**
 * What a section is for. `title` names the examination; `clinical` tells the history; `question` asks; `comparison` names
 * earlier examinations; `technique` how it was done; `findings` what is seen; `impression` what it means; `plan` what is to
 * come; `other` is about something else.
 */
export type SectionKind =
  | "title"
  | "clinical"
  | "question"
  | "comparison"
  | "technique"
  | "findings"
  | "impression"
  | "plan"
  | "other";

/** A section without its heading. */
export interface Section extends Span {
  readonly kind: SectionKind;
}

const headings: Readonly<Record<Exclude<SectionKind, "title">, string>> = {
  clinical:
    "klinische angaben|klinische angabe|klinik|anamnese|kurzanamnese|vorgeschichte|verlauf|krankengeschichte|klinische informationen|klinische daten|" +
    "klinischer hintergrund|angaben|klinische angaben und fragestellung|klinische angaben/fragestellung|anamnese und fragestellung|bisheriger verlauf|onkologische anamnese|tumoranamnese|" +
    "clinical history|clinical information|clinical details|clinical data|clinical background|history|indication|indications|clinical indication|reason for exam|" +
    "reason for examination|reason for study|background|case summary|case history|presentation|kasuistik|vorstellungsgrund|diagnose bei zuweisung",
  question:
    "fragestellung|frage|klinische frage|klinische fragestellung|question|clinical question|rechtfertigende indikation|indikation|fragestellung an das board",
  comparison:
    "vergleich|voraufnahmen|voruntersuchung|voruntersuchungen|vergleichsaufnahmen|voraufnahme|vorbefunde|comparison|comparisons|prior studies|previous studies|prior examinations",
  technique:
    "technik|untersuchungstechnik|methode|technique|procedure|exam|examination|protokoll|aufnahmetechnik|examination performed",
  findings:
    "befund|befunde|bildgebung|bildgebender befund|radiologischer befund|röntgenbefund|mikroskopie|mikroskopischer befund|makroskopie|makroskopischer befund|immunhistochemie|histologie|" +
    "molekularpathologie|findings|finding|imaging|imaging findings|radiology|microscopy|microscopic description|microscopic findings|microscopic examination|gross description|macroscopy|" +
    "macroscopic description|gross examination|immunohistochemistry|histology|pathology|pathologie|report|observations|bone|bones|untersuchungsmaterial|material|specimen|specimens|eingesandtes material",
  impression:
    "beurteilung|zusammenfassung|zusammenfassende beurteilung|gesamtbeurteilung|ergebnis|diagnose|diagnosen|kritischer bericht|kritische stellungnahme|pathologische diagnose|histologische diagnose|" +
    "hauptdiagnose|tumordiagnose|begutachtung|kommentar|konklusion|impression|impressions|conclusion|conclusions|diagnosis|final diagnosis|opinion|interpretation|summary|comment|assessment|" +
    "diagnostic impression|pathological diagnosis|histological diagnosis|board diagnosis|konsens|fazit|beurteilung und empfehlung",
  plan:
    "empfehlung|empfehlungen|procedere|prozedere|beschluss|boardbeschluss|therapieempfehlung|weiteres vorgehen|vorgehen|therapieplan|konferenzbeschluss|empfehlung des tumorboards|empfehlung der tumorkonferenz|" +
    "recommendation|recommendations|plan|treatment plan|decision|board decision|consensus|management|board recommendation|next steps|tumour board recommendation|tumor board recommendation",
  other:
    "nebendiagnosen|nebenbefunde|nebendiagnose|secondary diagnoses|comorbidities|other diagnoses|familienanamnese|family history|allergien|allergies|medikation|medication|verteiler|mit freundlichen grüßen|mit freundlichen kollegialen grüßen|signed|electronically signed",
};

const kindOfHeading: ReadonlyMap<string, SectionKind> = new Map(
  Object.entries(headings).flatMap(([kind, names]) =>
    names.split("|").map((name) => [name, kind as SectionKind] as const),
  ),
);

/** Headings that may also stand within a line, where they are in capitals or follow the end of a sentence. */
const longestHeading = 48;

/** The sections of a report in order; together they hold all of its text but the headings. */
export const splitSections = (text: string): Section[] => {
  const sections: Section[] = [];
  let kind: SectionKind = "title";
  let from = 0;
  const close = (end: number): void => {
    if (end > from) sections.push({ kind, start: from, end });
  };
  let line = 0;
  while (line < text.length) {
    const next = text.indexOf("\n", line);
    const end = next < 0 ? text.length : next;
    let searchFrom = line;
    const heading = headingOfLine(text, line, end);
    if (heading) {
      close(line);
      ({ kind } = heading);
      from = heading.end;
      searchFrom = heading.end;
    }
    for (const inner of headingsInside(text, searchFrom, end)) {
      close(inner.start);
      ({ kind } = inner);
      from = inner.end;
    }
    line = end + 1;
  }
  close(text.length);
  return sections;
};

interface Heading extends Span {
  readonly kind: SectionKind;
}

const normalise = (name: string): string =>
  name.normalize("NFC").toLowerCase().replaceAll(/[*_#]/g, "").replaceAll(/\s+/g, " ").trim();

/** A heading at the start of a line: followed by a colon, or alone on the line. */
const headingOfLine = (text: string, start: number, end: number): Heading | undefined => {
  const head = text.slice(start, Math.min(end, start + longestHeading + 16));
  const match = /^[\s*_#]{0,8}(?:\p{N}{1,2}[.)]\s{0,4})?([\p{L}][\p{L}\p{N} /,.()*_-]{0,60}?)\s{0,4}(:|$)/u.exec(head);
  if (!match) return undefined;
  const isAlone = match[2] === "" && start + match[0].length >= end - (text[end - 1] === "\r" ? 1 : 0);
  if (match[2] !== ":" && !isAlone) return undefined;
  const kind = kindOf(match[1]!, match[2] === ":");
  return kind && { kind, start, end: start + match[0].length };
};

/** "FINDINGS:" and ". Beurteilung:" in the middle of a line. */
const headingsInside = (text: string, start: number, end: number): Heading[] => {
  const found: Heading[] = [];
  for (let colon = text.indexOf(":", start); colon >= 0 && colon < end; colon = text.indexOf(":", colon + 1)) {
    const before = text.slice(Math.max(start, colon - longestHeading), colon);
    const match = /(?:^|[.!?;)]\s+|\s{2,}|\s(?=\p{Lu}{4}))(\p{Lu}[\p{L} /]{2,44})$/u.exec(before);
    const kind = match && kindOf(match[1]!, true);
    if (match && kind) found.push({ kind, start: colon - match[1]!.length, end: colon + 1 });
  }
  return found;
};

const kindOf = (heading: string, hasColon: boolean): SectionKind | undefined => {
  const name = normalise(heading);
  const known = kindOfHeading.get(name) ?? kindOfHeading.get(name.replace(/\s*\(.*$/, ""));
  if (known || !hasColon) return known;
  // "Befund Röntgen Knie links": a heading with a remark keeps its kind.
  const first =
    /^(befund|findings|beurteilung|impression|fragestellung|mikroskopie|makroskopie|beschluss|empfehlung)\b/.exec(
      name,
    )?.[1];
  return first === undefined ? undefined : kindOfHeading.get(first);
};
