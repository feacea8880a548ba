/** Why a file is no radiograph, in German: the server says it in English (not-a-radiograph.ts, plausibility.ts). */

/** Modalities by the terms of DICOM; of others the term alone is said. */
const modalities: Readonly<Record<string, string>> = {
  BMD: "eine Knochendichtemessung",
  CT: "eine Computertomographie",
  ES: "eine Endoskopie",
  IVUS: "ein intravaskulärer Ultraschall",
  MG: "eine Mammographie",
  MR: "eine Magnetresonanztomographie",
  NM: "eine nuklearmedizinische Aufnahme",
  OCT: "eine optische Kohärenztomographie",
  PT: "eine Positronenemissionstomographie",
  RTDOSE: "eine Dosisverteilung der Strahlentherapie",
  RTIMAGE: "ein Bild der Strahlentherapie",
  SEG: "eine Segmentierung",
  SM: "eine Mikroskopie",
  US: "ein Ultraschall",
  XC: "ein Foto",
};

const sentences: readonly (readonly [RegExp, (...parts: readonly string[]) => string])[] = [
  [
    /^The file is no radiograph but .+ \(([A-Z]+)\)\.$/,
    (term) =>
      modalities[term!] ? `Die Datei ist ${modalities[term!]} (${term}).` : `Die Datei hat die Modalität ${term}.`,
  ],
  [
    /^The file is no radiograph: it says that it is of another modality\.$/,
    () => "Die Datei nennt eine andere Modalität.",
  ],
  [
    /^The picture is in colour \(([\d.]+) ?% of .+\)/,
    (share) => `Das Bild ist farbig (im Mittel ${comma(share!)} % der vollen Sättigung).`,
  ],
  [
    /^The picture is blank: nearly all of it lies within ([\d.]+) ?% of the grey scale\.$/,
    (share) => `Das Bild ist leer: Fast alles liegt in ${comma(share!)} % der Graustufen.`,
  ],
  [
    /^The picture looks like a page or a screen: ([\d.]+) ?% of it is one bright grey\.$/,
    (share) =>
      `Das Bild sieht aus wie eine Seite oder ein Bildschirm: ${comma(share!)} % haben einen einzigen hellen Grauwert.`,
  ],
];

const comma = (number: string): string => number.replace(".", ",");

/** Undefined for another sentence. */
export const germanReason = (detail: string): string | undefined => {
  for (const [pattern, sentence] of sentences) {
    const found = pattern.exec(detail);
    if (found) return sentence(...found.slice(1));
  }
  return undefined;
};
