/**
 * Queries: radiographs that are to be linked to past patients, what links answer, and why. Codes are what a page translates;
 * the sentence beside one is English.
 */

import { z } from "zod";
import { box, picture } from "./pictures.ts";

/** A reason, from a closed set, with its sentence. */
const reason = z.object({ code: z.string(), detail: z.string() });

/** What the neighbours vote on. */
export const linkTarget = z.enum(["entity", "region", "label"]);

const diagnosis = z.object({
  entity: z.string(),
  malignancy: z.enum(["benign", "intermediate", "malignant"]).nullable(),
  /** What it rests on; null where the tables do not say. */
  confirmedBy: z.enum(["histopathology", "tumour board", "radiology"]).nullable(),
  /** A day, a month or a year. */
  date: z.string().nullable(),
});

const caseCourse = z.object({
  case: z.string(),
  ageYears: z.number().nullable(),
  site: z.string().nullable(),
  side: z.enum(["left", "right", "both"]).nullable(),
  position: z.string().nullable(),
  occurrence: z.enum(["primary", "recurrent"]).nullable(),
  preliminary: diagnosis.nullable(),
  final: diagnosis.nullable(),
  treatments: z.array(
    z.object({
      kind: z.enum(["surgery", "chemotherapy", "radiotherapy", "observation", "other"]),
      detail: z.string().nullable(),
      startDate: z.string().nullable(),
      endDate: z.string().nullable(),
    }),
  ),
  /** In the order of time. */
  followUps: z.array(
    z.object({
      date: z.string().nullable(),
      /** Since the diagnosis. */
      months: z.number().nullable(),
      status: z.enum([
        "no evidence of disease",
        "stable disease",
        "local recurrence",
        "metastasis",
        "died of disease",
        "died of other cause",
        "lost to follow-up",
      ]),
    }),
  ),
});
export type CaseCourse = z.infer<typeof caseCourse>;

/** What is known of a past patient besides the radiograph; both lists are empty where it is nothing. */
export const course = z.object({
  cases: z.array(caseCourse),
  /** How many reports of a kind the archive has. */
  reports: z.array(
    z.object({ kind: z.enum(["radiology", "pathology", "tumour board"]).nullable(), count: z.number().int() }),
  ),
});
export type Course = z.infer<typeof course>;

/** Another radiograph of a neighbour. */
const otherRadiograph = z.object({
  image: z.string(),
  /** yyyy-mm-dd */
  acquiredOn: z.string().nullable(),
  view: z.string().nullable(),
  /** Of the target; it votes through the patient's nearest radiograph alone. */
  label: z.string().nullable(),
  /** See {@link linkNeighbour}; null where it was not compared. */
  cosineDistance: z.number().nullable(),
});
export type OtherRadiograph = z.infer<typeof otherRadiograph>;

/** A past patient, by the radiograph that is nearest to the query's. */
export const linkNeighbour = z.object({
  /** 1 for the nearest. */
  rank: z.number().int(),
  image: z.string(),
  patient: z.string(),
  /** yyyy-mm-dd */
  acquiredOn: z.string().nullable(),
  view: z.string().nullable(),
  /** The angle between the features as a share of a half turn, in [0, 1]: what neighbours are ranked by. */
  distance: z.number(),
  /** 1 less the cosine of the features: what an exact search ranks by. */
  cosineDistance: z.number(),
  /** Share of past links whose nearest patient was farther than this; null where too few can say. */
  closerThan: z.number().nullable(),
  /** Of the target that is voted on. */
  label: z.string().nullable(),
  entity: z.string().nullable(),
  ageYears: z.number().nullable(),
  sex: z.string().nullable(),
  site: z.string().nullable(),
  position: z.string().nullable(),
  /** Whether the label is the vote's; null where it has none, and where the picture is not known: then nobody is to be followed. */
  agrees: z.boolean().nullable(),
  /** Marks on the neighbour's radiograph, in pixels of its picture; the first is the one that was compared. */
  boxes: z.array(box),
  /** The patient's other radiographs: those that were compared first, the nearest first. */
  others: z.array(otherRadiograph),
  course,
});
export type LinkNeighbour = z.infer<typeof linkNeighbour>;

/**
 * How often a vote like this one was right among past links: those of k neighbours in which as large a share of the voters
 * agreed.
 */
export const certainty = z.object({
  /** Right ones among them. */
  share: z.number(),
  /** 95 % interval of the share by Wilson's method. */
  interval: z.tuple([z.number(), z.number()]),
  /** How many votes were counted. */
  patients: z.number().int(),
  /** How many voters agree here, of how many. */
  agreeing: z.number().int(),
  voters: z.number().int(),
});
export type Certainty = z.infer<typeof certainty>;

export const linkVote = z.object({
  label: z.string(),
  /** Of the neighbours that have a label. */
  share: z.number(),
  /** True when another label had as many votes; that of the nearest neighbour among the tied then won. */
  tie: z.boolean(),
  /** The most first. */
  votes: z.array(z.object({ label: z.string(), count: z.number().int() })),
  /** Null where too few past votes can say, and where filters are set: past votes were of all patients. */
  certainty: certainty.nullable(),
});
export type LinkVote = z.infer<typeof linkVote>;

/** Which diagnoses cannot be ruled out: a set that holds the right one as often as was asked. */
export const predictionSet = z.object({
  /** The best supported first; never empty. `support` is the share of the neighbours' weight that speaks for it. */
  labels: z.array(z.object({ label: z.string(), support: z.number() })),
  /** How many diagnoses past patients have: where the set has as many, none can be ruled out. */
  among: z.number().int(),
  /** What is promised of patients like the past ones: over all of them, or for each label. */
  coverage: z.number(),
  byLabel: z.boolean(),
  /** Past patients by whom it was set how much support is enough. */
  patients: z.number().int(),
  /** How often the sets of these patients, each by the limits of all others, held their diagnosis, with its 95 % interval. */
  measured: z.object({ share: z.number(), interval: z.tuple([z.number(), z.number()]), meanLabels: z.number() }),
  /** Labels with past patients enough to be promised of by themselves; all others together. Empty unless `byLabel`. */
  apart: z.array(z.string()),
});
export type PredictionSet = z.infer<typeof predictionSet>;

/** Which past patients are asked: those whose radiograph is known to match every filter that is set. */
export const linkFilters = z.object({
  /** Both ends belong to it. */
  ageYears: z
    .tuple([z.number().min(0).max(150), z.number().min(0).max(150)])
    .nullable()
    .default(null),
  sex: z.string().max(20).nullable().default(null),
  site: z.string().max(100).nullable().default(null),
});
export type LinkFilters = z.infer<typeof linkFilters>;

/** Who counts as a past patient. */
export const linkReferences = z.object({
  /** Only radiographs and diagnoses from before the day on which the query's radiograph was taken, where that day is known. */
  earlier: z.boolean().default(true),
  /** Only patients whose diagnosis is final: by the tables, or where these do not speak of the patient, by a label. */
  final: z.boolean().default(true),
});

/** What the set of diagnoses is to promise. */
export const coverageWish = z.object({
  coverage: z.number().min(0.5).max(0.99).default(0.9),
  /** For every label that has past patients enough, instead of over all. */
  byLabel: z.boolean().default(false),
});

export const linkRequest = z.object({
  k: z.number().int().min(1).max(50).default(5),
  /** Ranks the features of the whole archive instead of a shortlist that the hash codes make. */
  exact: z.boolean().default(false),
  /** The lesion; null compares the whole image. */
  box: box.nullable().default(null),
  filters: linkFilters.default({ ageYears: null, sex: null, site: null }),
  references: linkReferences.prefault({}),
  prediction: coverageWish.prefault({}),
});
/** What a page may send; what it leaves out has the default. */
export type LinkRequest = z.input<typeof linkRequest>;

export const linkAnswer = z.object({
  k: z.number().int(),
  target: linkTarget,
  /** False where the picture is no radiograph, unlike anything in the archive, or farther from everybody than is usual. */
  known: z.boolean(),
  /** Why it is not known. */
  reason: reason.nullable(),
  compared: z.enum(["whole image", "lesion"]),
  /** The lesion that was asked about, also where the whole image was compared all the same. */
  box: box.nullable(),
  /** Why the whole image was compared though there is a box: `too-few-boxes`, `no-lesion-index`. */
  comparedReason: reason.nullable(),
  neighbours: z.array(linkNeighbour),
  vote: linkVote.nullable(),
  /** Among all past patients, whatever the filters and the references; null where it cannot be told. */
  prediction: predictionSet.nullable(),
  /** Why it cannot be told: `no-held-out`, `too-few-held-out`, `own-patient-known`, `no-radiograph`. */
  predictionProblem: reason.nullable(),
  /** What was asked for. */
  wish: z.object({ coverage: z.number(), byLabel: z.boolean() }),
  /**
   * The past links that all this is counted in; null where there are none. `held-out`: of patients whom this network was kept
   * from. `evaluation`: of an evaluation's patients, whom a network of the same settings had not learned from. `learned`: of the
   * archive's own, so that distances are too small and votes too often right.
   */
  past: z.object({ basis: z.enum(["held-out", "evaluation", "learned"]), patients: z.number().int() }).nullable(),
  /** Who counted as a past patient, and how many patients that match the filters did not. */
  references: z.object({
    earlier: z.boolean(),
    final: z.boolean(),
    /** The day on which the query's radiograph was taken; null where it is not known, or later patients count as well. */
    before: z.string().nullable(),
    leftOut: z.object({ open: z.number().int(), later: z.number().int() }),
  }),
  /** What was compared with. */
  archive: z.object({
    model: z.string(),
    radiographs: z.number().int(),
    patients: z.number().int(),
    /** Patients that match the filters and count as past patients. */
    matching: z.number().int(),
    /** Radiographs that came in after the index was built, and are no neighbours yet. */
    notIndexed: z.number().int(),
  }),
  exact: z.boolean(),
  filters: linkFilters,
  at: z.iso.datetime(),
  /** From the request to the answer, on the server. */
  ms: z.number(),
});
export type LinkAnswer = z.infer<typeof linkAnswer>;

export const query = z.object({
  id: z.string(),
  /** The file's name. */
  name: z.string(),
  createdAt: z.iso.datetime(),
  /** Whether it was put there for everybody. */
  worklist: z.boolean(),
  /** Null where the file cannot be read. */
  picture: picture.nullable(),
  /** Why it cannot be read. */
  problem: reason.nullable(),
  /** Marks that the archive has on this radiograph. */
  proposedBoxes: z.array(box),
  /** The lesion, as a person drew or accepted it. */
  box: box.nullable(),
  /** The last link's. */
  answer: linkAnswer.nullable(),
});
export type Query = z.infer<typeof query>;

/** A line of the worklist. */
export const querySummary = query.omit({ proposedBoxes: true, answer: true }).extend({
  linked: z.boolean(),
  /** False where the last link found no close precedent. */
  known: z.boolean(),
  /** What the last link's vote said; null where nothing was linked, nobody voted or there is no close precedent. */
  vote: z.object({ label: z.string(), share: z.number() }).nullable(),
});
export type QuerySummary = z.infer<typeof querySummary>;

/** The newest ones; older ones are there by their id. */
export const queryList = z.object({ queries: z.array(querySummary) });

/** Where the radiograph comes from: an upload, or an image of the archive. */
export const queryToAdd = z.union([z.strictObject({ upload: z.string() }), z.strictObject({ image: z.string() })]);

export const boxToKeep = z.object({ box: box.nullable() });

/** How much each place of a picture adds to the similarity, the largest 1 and what adds nothing 0. */
export const heatMap = z.object({
  columns: z.number().int(),
  rows: z.number().int(),
  /** Row by row, in [0, 1]. */
  values: z.array(z.number()),
  /** The part of the picture that the map covers; it may reach beyond the picture's edge. */
  area: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
});
export type HeatMap = z.infer<typeof heatMap>;

export const explanation = z.object({
  /** Cosine similarity of the two, which the maps are made from. */
  similarity: z.number(),
  compared: z.enum(["whole image", "lesion"]),
  query: heatMap,
  neighbour: heatMap,
});
export type Explanation = z.infer<typeof explanation>;

/** What reports say of a neighbour: the sentences from which something was read, in the order of the text. */
export const neighbourReports = z.object({
  reports: z.array(
    z.object({
      kind: z.enum(["radiology", "pathology", "tumour board"]).nullable(),
      date: z.string().nullable(),
      /** Empty where nothing was read from it. */
      sentences: z.array(z.string()),
    }),
  ),
});
export type NeighbourReports = z.infer<typeof neighbourReports>;
