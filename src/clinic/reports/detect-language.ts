/** German or English, by the small words that only one of them has. */

import type { ReportLanguage } from "./report-fields.ts";

const german =
  "der die das des dem den ein eine einer eines einem einen und oder im am vom zum zur bei mit ohne kein keine keiner keinen nicht auf für nach von " +
  "ist sind wird wurde wurden war zeigt sich auch sowie unter über durch aus zn va bis ca dd li re bds jahre alt patient patientin rechts links beidseits aufnahme befund beurteilung fragestellung verdacht anhalt hinweis nachweis rezidiv größe lokalisation seit beider beiden etwa frei messend maximaler durchmesser schichtdicke ausschluss erstmals mitten morgen verlauf kontrolle zustand";
const english =
  "the of and or in with without no not is are was were has have had there this that for from at by on to an as which consistent suspicious left right both history " +
  "status post year old patient evidence lesion findings impression prior before after following during recurrence size of bone femoral tibial";

const germanWords: ReadonlySet<string> = new Set(german.split(" "));
const englishWords: ReadonlySet<string> = new Set(english.split(" "));

/** The language of a text; `otherwise` where its words do not tell. Looks at the first 4,000 characters. */
export const detectLanguage = (text: string, otherwise: ReportLanguage = "en"): ReportLanguage => {
  let balance = 0;
  const head = text.slice(0, 4_000).normalize("NFC").toLowerCase();
  for (const [word] of head.matchAll(/\p{L}{2,40}/gu)) {
    if (germanWords.has(word)) balance += 1;
    else if (
      /[äöüß]/.test(word) ||
      /(?:ung|ische?[rsnm]?|keit|lich|knochen|gelenk|therapie|ierte?[rsnm]?|[^o]om|oms|zyste)$|sch(?!ed|i)/.test(word)
    )
      balance += 1;
    if (englishWords.has(word)) balance -= 1;
    else if (/(?:tion|ity|ing|ous|ly)$/.test(word)) balance -= 0.5;
  }
  return balance === 0 ? otherwise : balance > 0 ? "de" : "en";
};
