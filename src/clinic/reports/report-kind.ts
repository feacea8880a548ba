/** Which kind of report a text is, by its headings and its words. */

import type { ReportKind } from "./report-fields.ts";

const signs: Readonly<Record<ReportKind, RegExp>> = {
  "tumour board":
    /tumou?r ?board|tumou?r-?konferenz|sarkom-?board|sarkom-?konferenz|interdisziplin[äa]r|multidisciplinary|\bmdt\b|\bmdm\b|boardbeschluss|konferenzbeschluss|beschluss|sarcoma board|case discussion|tumou?r conference|fallvorstellung|konsens/giu,
  pathology:
    /patholog|mikroskop|makroskop|histolog(?!isch gesichert|ically (?:proven|confirmed))|immunhistochem|immunohistochem|microscop|macroscop|gross description|resektat|h ?& ?e|eingesandt|specimen|biopsat|stanzzylinder|core biopsy|paraffin|zytolog|einsendung|ki-?67/giu,
  radiology:
    /r[öo]ntgen|radiograph|x-?ray|\bmrt\b|\bmri\b|\bct\b|magnetresonanz|computertomogra|computed tomogra|ebenen|\bviews?\b|projection|aufnahme|kontrastmittel|sequenz|sequence|radiolog|technik|technique|sklerosesaum|lucen|matrix/giu,
};

/** The kind that most of the signs speak for, those of the first lines counting four times; undefined without any. */
export const kindOfReport = (text: string): ReportKind | undefined => {
  const body = text.slice(0, 6_000);
  const lines = text.slice(0, 160).split("\n");
  const head = lines.length > 1 ? lines.slice(0, 3).join("\n") : "";
  let best: { kind: ReportKind; score: number } | undefined;
  for (const [kind, pattern] of Object.entries(signs)) {
    const score = (body.match(pattern)?.length ?? 0) + 4 * (head.match(pattern)?.length ?? 0);
    if (score > (best?.score ?? 0)) best = { kind: kind as ReportKind, score };
  }
  return best?.kind;
};
