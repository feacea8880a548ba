/** Sentences of German radiology reports, pathology reports and tumour-board protocols, slot by slot. */
import type { ReportKind } from "../../../clinic/reports/report-fields.ts";
import type { SentencePattern, Slot } from "./report-facts.ts";

const before: readonly SentencePattern[] = [
  ["Präoperative Bildgebung.", { surgery: "preoperative" }],
  ["Aufnahme zur Operationsplanung, präoperativ.", { surgery: "preoperative" }],
  ["Präoperatives Staging bei geplanter Resektion.", { surgery: "preoperative" }],
  ["Vor geplanter Operation erbitten wir eine Aufnahme in 2 Ebenen.", { surgery: "preoperative" }],
  ["Schmerzen seit mehreren Wochen, kein Trauma erinnerlich."],
  ["Seit 3 Monaten zunehmende Schwellung und Nachtschmerz."],
  ["Zufallsbefund nach Sturz, weitere Abklärung erbeten."],
  ["Vor Beginn der neoadjuvanten Chemotherapie.", { chemotherapy: "before" }],
  ["Ausgangsbefund vor Chemotherapie.", { chemotherapy: "before" }],
  ["Vor geplanter Bestrahlung.", { radiotherapy: "before" }],
];
const during: readonly SentencePattern[] = [
  ["Verlaufskontrolle unter laufender Chemotherapie.", { chemotherapy: "during" }],
  ["Derzeit unter neoadjuvanter Chemotherapie, 2. Zyklus.", { chemotherapy: "during" }],
  ["Z. n. 3 Zyklen, Chemotherapie wird fortgeführt.", { chemotherapy: "during" }],
  ["Kontrolle während der Strahlentherapie.", { radiotherapy: "during" }],
];
const after: readonly SentencePattern[] = [
  ["Postoperative Kontrolle.", { surgery: "postoperative" }],
  ["Z. n. Tumorresektion, Verlaufskontrolle erbeten.", { surgery: "postoperative" }],
  ["Zustand nach operativer Versorgung vor 6 Wochen.", { surgery: "postoperative" }],
  ["Nachsorge nach Resektion.", { surgery: "postoperative" }],
  ["Chemotherapie abgeschlossen.", { chemotherapy: "after" }],
  ["Z. n. neoadjuvanter Chemotherapie.", { chemotherapy: "after" }],
  ["Z. n. Bestrahlung.", { radiotherapy: "after" }],
  ["Strahlentherapie vor 4 Monaten beendet.", { radiotherapy: "after" }],
];

const history: readonly SentencePattern[] = [
  ["Z. n. {history} {year}."],
  ["Anamnestisch {history} im Jahr {year}."],
  ["In der Vorgeschichte {history} ({year})."],
  ["Z. n. Appendektomie in der Kindheit."],
  ["Arterielle Hypertonie, Diabetes mellitus Typ 2."],
  ["Mutter wegen eines Hüftleidens in Behandlung."],
];

const occurrence: readonly SentencePattern[] = [
  ["Es handelt sich um einen Primärtumor.", { occurrence: "primary" }],
  ["Erstmanifestation.", { occurrence: "primary" }],
  ["Primärtumor ohne Vorbehandlung.", { occurrence: "primary" }],
  ["Lokalrezidiv.", { occurrence: "recurrent" }],
  ["Es zeigt sich ein Rezidiv im ehemaligen Tumorlager.", { occurrence: "recurrent" }],
  ["Rezidivtumor nach auswärtiger Voroperation.", { occurrence: "recurrent" }],
];

const place: readonly SentencePattern[] = [
  ["{at} {position} gelegene Läsion mit einer Ausdehnung von {size}."],
  ["{at} zeigt sich eine {size} messende Raumforderung."],
  ["In der {zone} {of} findet sich eine scharf begrenzte Osteolyse, Größe {size}."],
  ["{position}e Läsion {at}, Durchmesser ca. {size}."],
  ["Nachweis einer expansiven Läsion {at}, {size} groß."],
  ["Befund {at}: mottenfraßartige Destruktion, {position}, über {size}."],
  ["Röntgen {place} in zwei Ebenen: inhomogene Läsion, max. Ausdehnung {size}."],
  ["Bekannte Läsion {of}, aktuell {size}."],
  ["{at} in der {zone} exzentrische Aufhellung mit Sklerosesaum, {size} messend."],
  ["{place}: exophytische knöcherne Vorwölbung von {size}."],
  ["Die Läsion {of} misst {size}."],
  ["{at} bekannter Befund, nicht vermessen."],
];

const describing: readonly SentencePattern[] = [
  ["Kortikalis ausgedünnt, keine Durchbrechung."],
  ["Keine pathologische Fraktur."],
  ["Lamelläre Periostreaktion."],
  ["Popcornartige Matrixverkalkungen."],
  ["Milchglasartige Matrix."],
  ["Kein Gelenkerguss."],
  ["Weichteilkomponente nicht abgrenzbar."],
  ["Übrige Skelettabschnitte regelrecht."],
  ["Keine Lungenmetastasen im mitabgebildeten Thorax."],
  ["Das Handgelenk der Gegenseite ist unauffällig."],
  ["Implantatlage regelrecht, keine Lockerungszeichen."],
  ["Altersentsprechende degenerative Veränderungen der Gelenke."],
];

const opinion: readonly SentencePattern[] = [
  ["Bild vereinbar mit {einem}.", { of: "suspected" }],
  ["V. a. {entity}.", { of: "suspected" }],
  ["Verdacht auf {ein}.", { of: "suspected" }],
  ["Am ehesten {entity}.", { of: "suspected" }],
  ["In erster Linie ist an {ein} zu denken.", { of: "suspected" }],
  ["Bildmorphologisch typisch für {ein}.", { of: "suspected" }],
  ["Dringender Verdacht auf {ein}, histologische Sicherung empfohlen.", { of: "suspected" }],
  ["Bekanntes Krankheitsbild: {entity}, histologisch gesichert.", { of: "confirmed" }],
  ["Histologisch gesichert: {entity}.", { of: "confirmed" }],
];
const instead: readonly SentencePattern[] = [
  ["DD {other}.", { ofOther: "differential" }],
  ["Differentialdiagnostisch kommt {other} in Betracht.", { ofOther: "differential" }],
  ["Differenzialdiagnose: {other}.", { ofOther: "differential" }],
  ["Kein Anhalt für {otherEin}.", { ofOther: "excluded" }],
  ["Hinweise auf {otherEin} bestehen nicht.", { ofOther: "excluded" }],
  ["{other} ausgeschlossen.", { ofOther: "excluded" }],
  ["Weniger wahrscheinlich {other}.", { ofOther: "differential" }],
];

const gross: readonly SentencePattern[] = [
  ["Resektat {of}, größter Tumordurchmesser {size}.", { surgery: "postoperative" }],
  ["Stanzbiopsie {of}."],
  ["PE aus {place}."],
  ["Inzisionsbiopsie einer Läsion {of}, klinisch {size}."],
  ["Kürettagematerial {of}."],
  ["Tumorresektat {place}, Tumor {size}.", { surgery: "postoperative" }],
];
const microscopy: readonly SentencePattern[] = [
  ["Zellreiches Gewebe mit mäßiger Kernpolymorphie."],
  ["Zahlreiche mehrkernige Riesenzellen, keine atypischen Mitosen."],
  ["Lamellenknochen und faserreiches Bindegewebe."],
  ["Regressionsgrad nach Salzer-Kuntschik: 3."],
  ["Die Resektionsränder sind tumorfrei (R0)."],
  ["Proliferationsindex (Ki-67) etwa 10 %."],
];
const verdict: readonly SentencePattern[] = [
  ["Diagnose: {entity}.", { of: "confirmed" }],
  ["Zusammenfassend {entity}.", { of: "confirmed" }],
  ["Der Befund entspricht {einem}.", { of: "confirmed" }],
  ["Es handelt sich histologisch um {ein}.", { of: "confirmed" }],
  ["{entity}, Lokalisation {place}.", { of: "confirmed" }],
  ["Verdacht auf {ein}; Referenzbegutachtung eingeleitet.", { of: "suspected" }],
];

const advice: readonly SentencePattern[] = [
  ["Weite Resektion, Operation in 2 Wochen.", { surgery: "preoperative" }],
  ["Empfohlen wird die operative Resektion.", { surgery: "preoperative" }],
  ["Zunächst neoadjuvante Chemotherapie.", { chemotherapy: "before" }],
  ["Es soll eine Bestrahlung erfolgen.", { radiotherapy: "before" }],
  ["Verlaufskontrolle in 6 Monaten."],
  ["Wiedervorstellung mit Bildern."],
  ["Fortführung der laufenden Chemotherapie.", { chemotherapy: "during" }],
  ["Nachsorge gemäß Leitlinie nach erfolgter Resektion.", { surgery: "postoperative" }],
];

/** The slots of each kind of report in their order. */
export const germanReports: Readonly<Record<ReportKind, readonly Slot[]>> = {
  radiology: [
    {
      heading: ["Röntgenbefund", "Radiologischer Befund", "MRT-Befund"],
      patterns: [...before, ...during, ...after],
      chance: 0.85,
    },
    { heading: ["Anamnese:"], patterns: history, chance: 0.4 },
    { heading: ["Befund:"], patterns: place },
    { patterns: describing, chance: 0.9 },
    { patterns: describing, chance: 0.5 },
    { heading: ["Beurteilung:", "Zusammenfassung:"], patterns: opinion },
    { patterns: occurrence, chance: 0.35 },
    { patterns: instead, chance: 0.5 },
  ],
  pathology: [
    { heading: ["Histologischer Befundbericht", "Pathologie", "Pathologischer Befund"], patterns: gross },
    { heading: ["Mikroskopie:"], patterns: microscopy },
    { patterns: microscopy, chance: 0.5 },
    { heading: ["Diagnose:", "Beurteilung:"], patterns: verdict },
    { patterns: occurrence, chance: 0.3 },
    { patterns: instead.slice(3, 6), chance: 0.3 },
  ],
  "tumour board": [
    {
      heading: ["Tumorboard-Protokoll", "Interdisziplinäres Tumorboard", "Tumorkonferenz"],
      patterns: history,
      chance: 0.6,
    },
    { heading: ["Diagnose:"], patterns: [...verdict.slice(0, 2), verdict[4]!, ...opinion.slice(1, 4)] },
    { patterns: occurrence, chance: 0.5 },
    { heading: ["Bildgebung:"], patterns: place },
    { patterns: instead, chance: 0.3 },
    { patterns: [...during, ...after], chance: 0.5 },
    { heading: ["Beschluss:", "Empfehlung:"], patterns: advice },
  ],
};
