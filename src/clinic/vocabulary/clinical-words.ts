/** The closed lists of the clinical record, each value with the words that German and English tables use for it. */
import type { CaseRecord, Confirmation, FollowUpRecord, Malignancy, Sex, Side, Treatment } from "../records.ts";
import type { Position } from "../sites.ts";

/** One value of a list. */
export interface WordEntry<T extends string> {
  readonly value: T;
  readonly en: readonly string[];
  readonly de: readonly string[];
}

const word = <T extends string>(value: T, en: string, de: string): WordEntry<T> => ({
  value,
  en: en === "" ? [] : en.split("|"),
  de: de === "" ? [] : de.split("|"),
});

export const sexWords: readonly WordEntry<Sex>[] = [
  word("female", "f|woman|girl", "weiblich|w|Frau|weibl.|Mädchen|fem."),
  word("male", "m|man|boy", "männlich|Mann|männl.|Junge|Herr|masc."),
  word("other", "o|diverse|non-binary|intersex|x", "divers|d"),
];

export const sideWords: readonly WordEntry<Side>[] = [
  word("left", "l|lt|left side|left-sided|sinister", "links|li|li.|linksseitig|linke Seite"),
  word("right", "r|rt|right side|right-sided|dexter", "rechts|re|re.|rechtsseitig|rechte Seite"),
  word("both", "b|bilateral|both sides|bds", "beidseits|beidseitig|bds.|beide|bilateral|beide Seiten"),
];

export const positionWords: readonly WordEntry<Position>[] = [
  word("epiphyseal", "epiphysis|epi|epiphysary", "epiphysär|Epiphyse"),
  word(
    "epi-metaphyseal",
    "epimetaphyseal|epi-metaphysis|epimetaphysis|meta-epiphyseal|metaepiphyseal",
    "epi-metaphysär|epimetaphysär|Epi-Metaphyse|Epimetaphyse|meta-epiphysär|metaepiphysär",
  ),
  word("metaphyseal", "metaphysis|meta", "metaphysär|Metaphyse"),
  word(
    "meta-diaphyseal",
    "metadiaphyseal|meta-diaphysis|metadiaphysis|dia-metaphyseal|diametaphyseal",
    "meta-diaphysär|metadiaphysär|Meta-Diaphyse|Metadiaphyse|dia-metaphysär|diametaphysär",
  ),
  word("diaphyseal", "diaphysis|dia|shaft|mid-shaft|midshaft", "diaphysär|Diaphyse|Schaft|Schaftmitte"),
];

export const malignancyWords: readonly WordEntry<Malignancy>[] = [
  word("benign", "ben|benign tumour|0|/0", "benigne|gutartig|benigner Tumor|benign."),
  word(
    "intermediate",
    "int|locally aggressive|rarely metastasising|rarely metastasizing|borderline|semi-malignant|semimalignant|1|/1",
    "intermediär|semimaligne|semi-maligne|lokal aggressiv|intermed.|intermediär maligne|Borderline",
  ),
  word("malignant", "mal|malign|malignant tumour|3|/3", "maligne|bösartig|maligner Tumor|malig."),
];

export const confirmationWords: readonly WordEntry<Confirmation>[] = [
  word(
    "histopathology",
    "histology|histologic|histological|histologically confirmed|biopsy|pathology|histopathologic|histopathological|pathologically confirmed",
    "Stanzbiopsie|Stanze|offene Biopsie|Probebiopsie|Inzisionsbiopsie|Exzisionsbiopsie|CT-gesteuerte Biopsie|CT-gesteuerte Punktion|Histologie|histologisch|histologisch gesichert|Biopsie|Pathologie|Histopathologie|histopathologisch|bioptisch|pathologisch|Histo",
  ),
  word(
    "tumour board",
    "board|multidisciplinary tumour board|MDT|consensus|tumour conference|tumour board decision",
    "Tumorboard|Tumor-Board|Tumorkonferenz|Board-Beschluss|interdisziplinäres Tumorboard|Konsens|Tumorboardbeschluss",
  ),
  word(
    "radiology",
    "MRT|MRI|CT|X-ray|imaging|radiological|radiologic|radiologically|radiograph|clinical-radiological|imaging alone",
    "Radiologie|radiologisch|Bildgebung|bildgebend|Röntgen|radiologisch-klinisch|klinisch-radiologisch",
  ),
];

export const occurrenceWords: readonly WordEntry<NonNullable<CaseRecord["occurrence"]>>[] = [
  word(
    "primary",
    "primary tumour|first manifestation|p|new",
    "primär|Primärtumor|Ersttumor|Erstauftreten|Erstmanifestation|Ersterkrankung|Primär",
  ),
  word(
    "recurrent",
    "recurrence|local recurrence|relapse|relapsed|rec|recurrent tumour",
    "Rezidiv|Lokalrezidiv|rezidivierend|Rezidivtumor|rez|Rez.",
  ),
];

export const followUpStatusWords: readonly WordEntry<FollowUpRecord["status"]>[] = [
  word(
    "no evidence of disease",
    "NED|alive and well|disease free|tumour free|complete remission|CR|no recurrence|free of disease|remission",
    "tumorfrei|rezidivfrei|Vollremission|komplette Remission|kein Rezidiv|kein Anhalt für Rezidiv|kein Tumornachweis|krankheitsfrei|ohne Anhalt für Rezidiv|in Remission",
  ),
  word(
    "stable disease",
    "SD|stable|alive with disease|AWD|unchanged|partial remission",
    "stabile Erkrankung|stabil|unverändert|lebt mit Tumor|stabiler Befund|Teilremission",
  ),
  word("local recurrence", "LR|recurrence|local relapse|relapse", "Lokalrezidiv|Rezidiv|lokales Rezidiv"),
  word(
    "metastasis",
    "metastases|metastatic disease|distant metastasis|systemic progression|pulmonary metastases|lung metastases|metastatic",
    "Metastase|Metastasen|Fernmetastase|Fernmetastasen|metastasiert|Lungenmetastasen|Metastasierung",
  ),
  word(
    "died of disease",
    "DOD|dead of disease|death of disease|tumour death|died of tumour",
    "an Tumor verstorben|am Tumor verstorben|tumorbedingt verstorben|Tumortod|am Tumorleiden verstorben|an der Erkrankung verstorben",
  ),
  word(
    "died of other cause",
    "DOC|dead of other cause|death of other cause|died of other causes|dead of other causes|died of another cause",
    "an anderer Ursache verstorben|anderweitig verstorben|interkurrent verstorben|nicht tumorbedingt verstorben|an anderen Ursachen verstorben",
  ),
  word(
    "lost to follow-up",
    "LTFU|lost|lost to follow up|no follow-up|LFU",
    "verloren|nicht mehr erschienen|kein Follow-up|aus der Nachsorge verloren|Nachsorge verloren|nicht erreichbar|kein Kontakt",
  ),
];

export const treatmentWords: readonly WordEntry<Treatment["kind"]>[] = [
  word(
    "surgery",
    "surgical|resection|wide resection|marginal resection|intralesional resection|en bloc resection|excision|curettage|curettage and bone graft|curettage and cement|amputation|op|operation|endoprosthesis|prosthesis|radiofrequency ablation|resection and endoprosthesis|resection and reconstruction|biopsy and resection|hemipelvectomy|exarticulation",
    "Operation|operativ|chirurgisch|Resektion|weite Resektion|marginale Resektion|Exzision|Kürettage|Curettage|Abtragung|Exstirpation|Chirurgie|Tumorprothese|Endoprothese|Kürettage und Spongiosaplastik|Kürettage und Zementplombe|Radiofrequenzablation|Hemipelvektomie|Exartikulation|OP",
  ),
  word(
    "chemotherapy",
    "chemo|neoadjuvant chemotherapy|adjuvant chemotherapy|polychemotherapy|CTX|CTx",
    "Chemotherapie|neoadjuvante Chemotherapie|adjuvante Chemotherapie|Polychemotherapie",
  ),
  word(
    "radiotherapy",
    "radiation|radiation therapy|irradiation|RTX|proton therapy|XRT",
    "Strahlentherapie|Bestrahlung|Radiatio|Radiotherapie|Protonentherapie",
  ),
  word(
    "observation",
    "watchful waiting|wait and see|active surveillance|follow-up only|conservative|none|no treatment|surveillance",
    "Beobachtung|Verlaufskontrolle|konservativ|abwartend|keine Therapie|Kontrolle|keine|Verlaufsbeobachtung",
  ),
  word(
    "other",
    "sclerotherapy|denosumab|embolisation|embolization|targeted therapy|bisphosphonates|steroid injection|other treatment",
    "andere|sonstige|Sklerosierung|Embolisation|Kortisoninjektion|Steroidinjektion|Bisphosphonate|Antibiotika|Sonstiges",
  ),
];

export const originWords: readonly WordEntry<"internal" | "external">[] = [
  word("internal", "in-house|own centre|own|int", "intern|hausintern|eigene Klinik|eigen"),
  word(
    "external",
    "referred|referral|outside|general practitioner|abroad|ext",
    "extern|zugewiesen|Zuweisung|auswärtig|Hausarzt|Ausland",
  ),
];
