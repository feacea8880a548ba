/** Sentences of English radiology reports, pathology reports and tumour-board protocols, slot by slot. */
import type { ReportKind } from "../../../clinic/reports/report-fields.ts";
import type { SentencePattern, Slot } from "./report-facts.ts";

const before: readonly SentencePattern[] = [
  ["Preoperative imaging.", { surgery: "preoperative" }],
  ["Pre-operative planning radiographs.", { surgery: "preoperative" }],
  ["Staging before planned resection.", { surgery: "preoperative" }],
  ["Prior to surgery, please assess.", { surgery: "preoperative" }],
  ["Pain for several weeks, no history of trauma."],
  ["Increasing swelling and night pain over three months."],
  ["Incidental finding after a fall."],
  ["Baseline before neoadjuvant chemotherapy.", { chemotherapy: "before" }],
  ["Prior to start of chemotherapy.", { chemotherapy: "before" }],
  ["Before planned radiotherapy.", { radiotherapy: "before" }],
];
const during: readonly SentencePattern[] = [
  ["Interval imaging during neoadjuvant chemotherapy.", { chemotherapy: "during" }],
  ["Currently receiving chemotherapy, cycle 2.", { chemotherapy: "during" }],
  ["The patient is on chemotherapy.", { chemotherapy: "during" }],
  ["Control during radiotherapy.", { radiotherapy: "during" }],
];
const after: readonly SentencePattern[] = [
  ["Postoperative control.", { surgery: "postoperative" }],
  ["Status post tumour resection.", { surgery: "postoperative" }],
  ["Follow-up six weeks after surgery.", { surgery: "postoperative" }],
  ["Post-operative follow-up after curettage.", { surgery: "postoperative" }],
  ["Chemotherapy completed.", { chemotherapy: "after" }],
  ["Status post neoadjuvant chemotherapy.", { chemotherapy: "after" }],
  ["Status post radiotherapy.", { radiotherapy: "after" }],
  ["Radiotherapy was completed four months ago.", { radiotherapy: "after" }],
];
const history: readonly SentencePattern[] = [
  ["History of {history} in {year}."],
  ["Past medical history: {history} ({year})."],
  ["Previous {history} in {year}."],
  ["Appendectomy in childhood."],
  ["Hypertension, type 2 diabetes."],
  ["The family history is unremarkable."],
];
const occurrence: readonly SentencePattern[] = [
  ["This is a primary tumour.", { occurrence: "primary" }],
  ["First presentation of the primary tumour.", { occurrence: "primary" }],
  ["Newly diagnosed primary lesion.", { occurrence: "primary" }],
  ["Local recurrence.", { occurrence: "recurrent" }],
  ["This is a recurrence in the former tumour bed.", { occurrence: "recurrent" }],
  ["Recurrent tumour after surgery elsewhere.", { occurrence: "recurrent" }],
];
const place: readonly SentencePattern[] = [
  ["There is a {position} lesion {at} measuring {size}."],
  ["{size} mass {at}."],
  ["A well-defined lytic lesion is seen in the {zone} {of}, {size} in size."],
  ["Expansile lesion {at}, measuring up to {size}."],
  ["Radiographs ({place}): heterogeneous lesion with a maximum extent of {size}."],
  ["Known lesion {of}, now {size}."],
  ["Permeative destruction {at}, {position}, over {size}."],
  ["Eccentric lucency with a sclerotic rim in the {zone} {of}, {size}."],
  ["{place}: exophytic bony outgrowth of {size}."],
  ["The lesion {of} measures {size}."],
  ["Known finding {at}, not measured."],
  ["The {position} lesion {at} is unchanged in size ({size})."],
];
const describing: readonly SentencePattern[] = [
  ["Cortical thinning without breach."],
  ["No pathological fracture."],
  ["Lamellated periosteal reaction."],
  ["Popcorn-like matrix calcification."],
  ["Ground-glass matrix."],
  ["No joint effusion."],
  ["No soft tissue component."],
  ["The remaining bones are unremarkable."],
  ["No pulmonary metastases on the included chest."],
  ["The contralateral wrist is normal."],
  ["Hardware in place without loosening."],
  ["Age-related degenerative joint changes."],
];
const opinion: readonly SentencePattern[] = [
  ["Findings are consistent with {ein}.", { of: "suspected" }],
  ["Suspected {entity}.", { of: "suspected" }],
  ["Most likely {entity}.", { of: "suspected" }],
  ["Suspicious for {entity}.", { of: "suspected" }],
  ["The appearance is suggestive of {ein}.", { of: "suspected" }],
  ["Probable {entity}; biopsy recommended.", { of: "suspected" }],
  ["Features favour {entity}.", { of: "suspected" }],
  ["Histologically confirmed {entity}.", { of: "confirmed" }],
  ["Biopsy-proven {entity}.", { of: "confirmed" }],
];
const instead: readonly SentencePattern[] = [
  ["Differential diagnosis: {other}.", { ofOther: "differential" }],
  ["The differential includes {other}.", { ofOther: "differential" }],
  ["DDx {other}.", { ofOther: "differential" }],
  ["No evidence of {other}.", { ofOther: "excluded" }],
  ["No features of {otherEin}.", { ofOther: "excluded" }],
  ["{other} has been ruled out.", { ofOther: "excluded" }],
  ["Less likely {other}.", { ofOther: "differential" }],
];
const gross: readonly SentencePattern[] = [
  ["Resection specimen {of}, tumour diameter {size}.", { surgery: "postoperative" }],
  ["Core needle biopsy {of}."],
  ["Biopsy, {place}."],
  ["Incisional biopsy of a lesion {of}, clinically {size}."],
  ["Curettings, {place}."],
  ["Tumour resection specimen, {place}: tumour {size}.", { surgery: "postoperative" }],
];
const microscopy: readonly SentencePattern[] = [
  ["Cellular tissue with moderate nuclear pleomorphism."],
  ["Numerous multinucleated giant cells without atypical mitoses."],
  ["Lamellar bone and fibrous tissue."],
  ["About 40 % necrosis."],
  ["Margins are free of tumour (R0)."],
  ["The Ki-67 index is about 10 %."],
];
const verdict: readonly SentencePattern[] = [
  ["Diagnosis: {entity}.", { of: "confirmed" }],
  ["Final diagnosis: {entity}.", { of: "confirmed" }],
  ["The findings are diagnostic of {entity}.", { of: "confirmed" }],
  ["Histology shows {ein}.", { of: "confirmed" }],
  ["{entity}, {place}.", { of: "confirmed" }],
  ["Suspected {entity}; referred for expert review.", { of: "suspected" }],
];
const advice: readonly SentencePattern[] = [
  ["Wide resection, surgery in two weeks.", { surgery: "preoperative" }],
  ["The board recommends surgical resection.", { surgery: "preoperative" }],
  ["Start with neoadjuvant chemotherapy.", { chemotherapy: "before" }],
  ["Radiotherapy is planned.", { radiotherapy: "before" }],
  ["Imaging control in six months."],
  ["To be presented again with images."],
  ["Continue the ongoing chemotherapy.", { chemotherapy: "during" }],
  ["Surveillance after completed resection.", { surgery: "postoperative" }],
];

/** The slots of each kind of report in their order. */
export const englishReports: Readonly<Record<ReportKind, readonly Slot[]>> = {
  radiology: [
    {
      heading: ["Radiology report", "Radiograph report", "MRI report"],
      patterns: [...before, ...during, ...after],
      chance: 0.85,
    },
    { heading: ["History:"], patterns: history, chance: 0.4 },
    { heading: ["Findings:"], patterns: place },
    { patterns: describing, chance: 0.9 },
    { patterns: describing, chance: 0.5 },
    { heading: ["Impression:", "Conclusion:"], patterns: opinion },
    { patterns: occurrence, chance: 0.35 },
    { patterns: instead, chance: 0.5 },
  ],
  pathology: [
    { heading: ["Pathology report", "Surgical pathology", "Histopathology report"], patterns: gross },
    { heading: ["Microscopy:", "Microscopic description:"], patterns: microscopy },
    { patterns: microscopy, chance: 0.5 },
    { heading: ["Diagnosis:"], patterns: verdict },
    { patterns: occurrence, chance: 0.3 },
    { patterns: instead.slice(3, 6), chance: 0.3 },
  ],
  "tumour board": [
    { heading: ["Tumour board protocol", "Multidisciplinary tumour board"], patterns: history, chance: 0.6 },
    { heading: ["Diagnosis:"], patterns: [...verdict.slice(0, 2), verdict[4]!, ...opinion.slice(1, 4)] },
    { patterns: occurrence, chance: 0.5 },
    { heading: ["Imaging:"], patterns: place },
    { patterns: instead, chance: 0.3 },
    { patterns: [...during, ...after], chance: 0.5 },
    { heading: ["Recommendation:"], patterns: advice },
  ],
};
