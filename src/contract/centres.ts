/**
 * Other centres: who they are, on which terms this one answers and asks, and what goes to and fro. Between centres only codes
 * travel, never pictures, names or numbers of patients.
 */

import { z } from "zod";

/** Text that others will read: without control characters. */
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, "must not hold control characters");

/** Where a centre is reached: no more than scheme, host and port. */
const address = z
  .string()
  .max(300)
  .refine((written) => {
    const url = URL.parse(written);
    return url !== null && /^https?:$/.test(url.protocol) && url.origin === written.replace(/\/$/, "");
  }, "must be an address such as https://osteon.example.org");

/** What a centre gives another so that each knows the other: the page shows it to be copied. Holds no secret. */
export const centreCard = z.strictObject({
  format: z.literal("osteon-centre-1"),
  name: text(80).min(1),
  address,
  /** Whom to write to or call about an answer. */
  contact: text(300),
  /** Ed25519, 32 bytes in base64. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 bytes in base64"),
});
export type CentreCard = z.infer<typeof centreCard>;

/** What is compared of a radiograph. */
export const centreView = z.enum(["whole image", "lesion"]);
export type CentreView = z.infer<typeof centreView>;

const wholeBits = z.number().int().min(32).max(1024).multipleOf(32);

/** On which terms this centre answers others, and asks them. */
export const centrePolicy = z.object({
  /** Whether anybody is answered. */
  answers: z.boolean(),
  /** Where others reach this server; empty for its public address. */
  address: z.union([z.literal(""), address]),
  /** Told with every answer. */
  contact: text(300),
  /** Of which entities is told; null for all. */
  entities: z.array(text(100).min(1)).max(500).nullable(),
  /** An entity of fewer patients than this is not told of: few patients are easily guessed. */
  smallestGroup: z.number().int().min(1).max(1000),
  /** Distances are rounded up to a multiple of this; 0 tells them as they are. */
  distanceStep: z.number().min(0).max(0.5),
  /** Smaller distances are told as this, so that nobody learns whether a radiograph itself is here. */
  closest: z.number().min(0).max(0.5),
  /** Farther patients are not told of: what resembles nothing here gets no answer. */
  farthest: z.number().min(0.01).max(1),
  mostNeighbours: z.number().int().min(1).max(20),
  /** Questions that one centre may ask. */
  perHour: z.number().int().min(1).max(100_000),
  perDay: z.number().int().min(1).max(1_000_000),
  /**
   * Questions of one centre in a day that resemble nothing here, or are slight variations of earlier ones: after so many it is
   * paused until an administrator has looked, because nobody with radiographs to link asks so.
   */
  mostOddities: z.number().int().min(1).max(100_000),
  /** Bits of a code that leave this centre; null for all that the common network makes. */
  sentBits: wholeBits.nullable(),
  /** Share of these bits that are flipped at random before they leave, always the same of the same radiograph. */
  flippedShare: z.number().min(0).max(0.4),
  /** How long a centre is waited for. */
  waitSeconds: z.number().int().min(1).max(60),
});
export type CentrePolicy = z.infer<typeof centrePolicy>;

/** What of it is to change. */
export const centrePolicyChange = z.strictObject(centrePolicy.shape).partial();
export type CentrePolicyChange = z.infer<typeof centrePolicyChange>;

/** A centre that this one knows. */
export const centre = z.object({
  /** The fingerprint of its key. */
  id: z.string(),
  name: z.string(),
  address: z.string(),
  contact: z.string(),
  /** Whether a certificate authority of its own vouches for its TLS certificate. */
  hasAuthority: z.boolean(),
  /** Whether it may ask here, and whether it is asked from here. */
  mayAsk: z.boolean(),
  isAsked: z.boolean(),
  addedAt: z.iso.datetime(),
  /** Since when its questions are refused until an administrator has looked; null where they are not. */
  pausedAt: z.iso.datetime().nullable(),
  /** What it asked here within the last day. */
  lastDay: z.object({ questions: z.number().int(), oddities: z.number().int() }),
});
export type CentreShown = z.infer<typeof centre>;

/** The network that codes are made by here, so that they can be compared with those of centres that have the same. */
export const commonNetwork = z.object({
  /** The fingerprints that centres compare: of the network, and of the hashing of each view. */
  network: z.string(),
  hashing: z.object({ "whole image": z.string(), lesion: z.string().nullable() }),
  bits: z.number().int(),
  /** What the network learned to tell apart. */
  target: z.string(),
  /** Whether it was made of this centre's own index, or came from another centre. */
  isOwn: z.boolean(),
  bytes: z.number().int(),
  /** The archive's codes; null before they are made. */
  codes: z
    .object({
      radiographs: z.number().int(),
      patients: z.number().int(),
      lesions: z.number().int(),
      /** Radiographs that came in afterwards. */
      missing: z.number().int(),
    })
    .nullable(),
});
export type CommonNetworkShown = z.infer<typeof commonNetwork>;

/** All that the settings page shows. */
export const centreSettings = z.object({
  /** What others are given; null as long as name, address or contact are missing. */
  card: centreCard.nullable(),
  /** Of this centre's key: what is read to the other centre's administrator over the telephone. */
  fingerprint: z.string(),
  /** The name is set with the server's settings. */
  name: z.string(),
  /** Where this server is reached unless the policy says otherwise; empty where it does not know. */
  publicAddress: z.string(),
  policy: centrePolicy,
  network: commonNetwork.nullable(),
  /** Entities of the archive with their patients, the most first. */
  entities: z.array(z.object({ entity: z.string(), patients: z.number().int() })),
  centres: z.array(centre),
});
export type CentreSettings = z.infer<typeof centreSettings>;

const authority = z
  .string()
  .max(20_000)
  .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/, "must be a certificate in PEM");

/** A centre to add: its card, and the fingerprint as its administrator told it over another channel. */
export const centreToAdd = z.strictObject({
  card: centreCard,
  fingerprint: z.string().max(200),
  /** Who vouches for its TLS certificate, in PEM; null for the authorities that this machine knows. */
  authority: authority.nullable().default(null),
  mayAsk: z.boolean().default(true),
  isAsked: z.boolean().default(true),
});
export type CentreToAdd = z.input<typeof centreToAdd>;

export const centreChange = z
  .strictObject({
    name: text(80).min(1),
    address,
    contact: text(300),
    authority: authority.nullable(),
    mayAsk: z.boolean(),
    isAsked: z.boolean(),
    /** False lets a centre ask again. */
    isPaused: z.literal(false),
  })
  .partial();
export type CentreChange = z.infer<typeof centreChange>;

/** What travels: a text and the Ed25519 signature of its sender, in base64. */
export const signedMessage = z.strictObject({
  message: z.string().max(20_000),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/, "must be 64 bytes in base64"),
});
export type SignedMessage = z.infer<typeof signedMessage>;

/** Of every message: from whom it is to whom, when it was written, and a number that is used once. */
const envelope = {
  from: z.string().max(100),
  to: z.string().max(100),
  at: z.iso.datetime(),
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/),
};

/** A question: codes and no more. */
export const centreQuestion = z.strictObject({
  format: z.literal("osteon-centre-question-1"),
  ...envelope,
  question: z.strictObject({
    /** Fingerprints of the network and of the hashing that made the code. */
    network: z.string().max(100),
    hashing: z.string().max(100),
    view: centreView,
    bits: wholeBits,
    /** In base64; bit b is bit b % 8 of byte floor(b / 8). */
    code: z.base64().max(172),
    k: z.number().int().min(1).max(20),
  }),
});
export type CentreQuestion = z.infer<typeof centreQuestion>;

/** What is told of past patients, and how it is to be read. */
export const centreAnswer = z.strictObject({
  /** One entry a patient, the nearest first. */
  neighbours: z.array(z.strictObject({ entity: z.string().max(100), distance: z.number().min(0).max(1) })).max(20),
  /** Whom to ask about them. */
  contact: z.string().max(300),
  terms: z.strictObject({
    distanceStep: z.number(),
    closest: z.number(),
    smallestGroup: z.number(),
    farthest: z.number(),
    /** Whether entities are left out by choice. */
    someEntities: z.boolean(),
  }),
});
export type CentreAnswer = z.infer<typeof centreAnswer>;

export const centreReply = z.strictObject({
  format: z.literal("osteon-centre-answer-1"),
  ...envelope,
  answer: centreAnswer,
});
export type CentreReply = z.infer<typeof centreReply>;

/** How far a centre is with one question. */
export const centreOutcome = z.object({
  centre: z.string(),
  name: z.string(),
  state: z.enum(["waiting", "answered", "failed"]),
  answer: centreAnswer.nullable(),
  /** Why there is none: `late`, `unreachable`, `untrusted` or the code of the centre's refusal. */
  problem: z.object({ code: z.string(), retrySeconds: z.number().nullable() }).nullable(),
  /** From the question to its end. */
  ms: z.number().nullable(),
});
export type CentreOutcome = z.infer<typeof centreOutcome>;

/** What other centres were asked about a query, as far as they have answered. */
export const inquiry = z.object({
  /** Who would be asked now. */
  centres: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Why nobody can be asked; null where they can. */
  hindrance: z.enum(["no-centres", "no-network"]).nullable(),
  last: z
    .object({
      at: z.iso.datetime(),
      view: centreView,
      /** Bits that left, and the share of them that was flipped. */
      bits: z.number().int(),
      flippedShare: z.number(),
      outcomes: z.array(centreOutcome),
    })
    .nullable(),
});
export type Inquiry = z.infer<typeof inquiry>;
