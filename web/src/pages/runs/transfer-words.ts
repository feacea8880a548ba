import type { TransferStart } from "../../../../src/contract/transfer.ts";
import type { Words } from "../../shell/language.tsx";

interface Design {
  readonly radiographs: string;
  readonly patients: string;
  readonly folds: string;
  readonly seeds: string;
}

export interface TransferWords {
  readonly title: string;
  readonly task: (classes: string) => string;
  readonly design: (design: Design) => string;
  readonly chance: (share: string) => string;
  readonly runtime: (minutes: string) => string;
  readonly start: string;
  readonly starts: Readonly<Record<TransferStart, string>>;
  readonly accuracy: string;
  readonly overSeeds: string;
  readonly byPatient: string;
  readonly bySeed: string;
  readonly minutes: string;
  readonly differences: string;
  readonly differencesNote: string;
  readonly compared: string;
  readonly against: (second: string, first: string) => string;
  readonly difference: string;
  readonly verdict: string;
  readonly better: (start: string) => string;
  readonly notShown: string;
}

export const transferWords: Words<TransferWords> = {
  en: {
    title: "What a network begins with",
    task: (classes) => `${classes}.`,
    design: ({ radiographs, patients, folds, seeds }) =>
      `${radiographs} radiographs of ${patients} patients, ${folds} folds by patient, ${seeds} seeds.`,
    chance: (share) => `Who always says the commonest is right in ${share} (dashed).`,
    runtime: (minutes) => `${minutes} min in all.`,
    start: "Start",
    starts: { nothing: "Nothing", imagenet: "Photographs (ImageNet)", domain: "Radiographs (clusters)" },
    accuracy: "Accuracy",
    overSeeds: "95 % interval over seeds",
    byPatient: "95 % interval by patient",
    bySeed: "Each seed",
    minutes: "Minutes",
    differences: "Differences",
    differencesNote:
      "Paired: both starts see the same radiographs, folds and seeds. A difference is claimed only where both intervals leave out 0 and a permutation test by patient agrees (p < 0.05).",
    compared: "Compared",
    against: (second, first) => `${second} less ${first}`,
    difference: "Difference",
    verdict: "What may be said",
    better: (start) => `better: ${start}`,
    notShown: "no difference shown",
  },
  de: {
    title: "Womit ein Netz beginnt",
    task: (classes) => `${classes}.`,
    design: ({ radiographs, patients, folds, seeds }) =>
      `${radiographs} Röntgenbilder von ${patients} Patienten, ${folds}-fach nach Patienten kreuzvalidiert, ${seeds} Startwerte.`,
    chance: (share) => `Wer immer das Häufigste sagt, liegt zu ${share} richtig (gestrichelt).`,
    runtime: (minutes) => `Insgesamt ${minutes} min.`,
    start: "Beginn",
    starts: { nothing: "Nichts", imagenet: "Fotografien (ImageNet)", domain: "Röntgenbilder (Cluster)" },
    accuracy: "Genauigkeit",
    overSeeds: "95-%-Intervall über Startwerte",
    byPatient: "95-%-Intervall nach Patienten",
    bySeed: "Jeder Startwert",
    minutes: "Minuten",
    differences: "Unterschiede",
    differencesNote:
      "Gepaart: Beide sehen dieselben Röntgenbilder, Aufteilungen und Startwerte. Ein Unterschied wird nur behauptet, wo beide Intervalle die 0 nicht enthalten und ein Permutationstest nach Patienten zustimmt (p < 0,05).",
    compared: "Verglichen",
    against: (second, first) => `${second} gegen ${first}`,
    difference: "Unterschied",
    verdict: "Was sich sagen lässt",
    better: (start) => `besser: ${start}`,
    notShown: "kein Unterschied gezeigt",
  },
};
