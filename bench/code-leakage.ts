/**
 * What codes tell that centres send each other. One phantom centre is the attacker's: it trained the common network and knows its
 * own pictures and patients. Another is the victim's. From the victim's codes the attacker draws the pictures (ridge, and a small
 * network), guesses entity, site, sex and age, and finds radiographs of one patient; and by asking, it guesses whose radiographs
 * the victim's archive holds. Beside it stand what the features themselves would tell, what chance tells, and what linking by
 * the same codes is still worth.
 *
 * `npm run bench -- code-leakage [FOLDER [PATIENTS]]`: in a folder that is named the two centres are kept.
 */

import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ImageId, imageId, type PatientId } from "../src/clinic/ids.ts";
import { parseLabelsTable } from "../src/clinic/labels-table.ts";
import { decodeGreyPng } from "../src/imaging/grey-png.ts";
import { greyBytes } from "../src/learning/grey-dataset.ts";
import { dot, type Matrix, matrixOfRows, meanOfRows } from "../src/numeric/matrix.ts";
import { Random } from "../src/numeric/random.ts";
import { writePhantomCentre } from "../src/phantom/write-phantom-centre.ts";
import { CodeStore } from "../src/retrieval/search/code-store.ts";
import type { NamedSearch } from "../src/retrieval/search/stored-codes.ts";
import { type EntityFact, type Home, listImages, listLinkFacts, openHome } from "../src/store/index.ts";
import {
  answerQuestion,
  type CentrePolicy,
  type CommonNetwork,
  defaultPolicy,
  disguiseCode,
  findNetwork,
  readNetwork,
  shareNetwork,
  shareOfDifferingBits,
} from "../src/systems/centres/index.ts";
import { findFiles, importRadiographs } from "../src/systems/cohort/index.ts";
import { Embedder, embedArchive, presets, trainPrecedents } from "../src/systems/precedents/index.ts";
import type { Bench, Figure } from "./figure.ts";
import {
  areaUnderCurve,
  areRecognised,
  balancedAccuracy,
  explainedShare,
  figureByPatient,
} from "./leakage/attack-scores.ts";
import { trainPictureNetwork } from "./leakage/picture-network.ts";
import { fitRidge, type Guess, type Lessons, strengths } from "./leakage/ridge.ts";

/** Side of the pictures that are drawn from codes. */
const side = 32;
const usualPatients = 160;

/** A radiograph as an attacker sees one of its own. */
interface Seen {
  readonly image: ImageId;
  readonly patient: PatientId;
  /** Of the features, as they are hashed. */
  readonly direction: Float32Array;
  readonly code: Uint32Array;
  readonly picture: Float32Array;
  /** By question; null where it is not known. */
  readonly facts: Readonly<Record<Attribute, string | null>>;
}

const attributes = ["entity", "site", "sex", "age"] as const;
type Attribute = (typeof attributes)[number];

/** What is told of a radiograph, as numbers that an attacker can learn from. */
interface Telling {
  readonly name: string;
  readonly tell: (seen: Seen) => Float32Array;
  /** How far two are apart. */
  readonly distance: (a: Seen, b: Seen) => number;
}

const secret = randomBytes(32);

const codeTelling = (bits: number, flippedShare = 0): Telling => {
  const told = new Map<ImageId, Uint32Array>();
  const codeOf = ({ image, code }: Seen): Uint32Array => {
    const known = told.get(image) ?? disguiseCode(code, { bits, flippedShare }, secret);
    told.set(image, known);
    return known;
  };
  return {
    name: flippedShare === 0 ? `${bits} bits` : `${bits} bits, ${Math.round(flippedShare * 100)} % flipped`,
    tell: (seen) => {
      const code = codeOf(seen);
      return Float32Array.from({ length: bits }, (_, b) => ((code[b >>> 5]! >>> (b & 31)) & 1) * 2 - 1);
    },
    distance: (a, b) => shareOfDifferingBits(codeOf(a), codeOf(b)),
  };
};

/** What the codes are made of: features less the mean, of one length, here so long that a number is about 1. */
const featureTelling: Telling = {
  name: "features, unprotected",
  tell: ({ direction }) => direction.map((value) => value * Math.sqrt(direction.length)),
  distance: (a, b) => 1 - dot(a.direction, b.direction),
};

const tellings: readonly Telling[] = [
  featureTelling,
  codeTelling(512),
  codeTelling(256),
  codeTelling(128),
  codeTelling(64),
  codeTelling(256, 0.1),
  codeTelling(256, 0.2),
];

export const codeLeakage: Bench = async ({ args: [folder, patients = String(usualPatients)], say }) => {
  const work = folder ?? (await mkdtemp(join(tmpdir(), "osteon-leakage-")));
  try {
    const [attacker, victim] = await twoCentres(work, Number(patients), say);
    const figures: Figure[] = [];
    for (const telling of tellings) {
      say(`Attacking ${telling.name}`);
      figures.push(...(await drawing(telling, { attacker, victim })), ...guessing(telling, { attacker, victim }));
      figures.push(...sameness(telling, victim), linking(telling, { attacker, victim }));
    }
    say("Attacking by chance");
    figures.push(...(await byChance({ attacker, victim })));
    say("Asking who is in the archive");
    figures.push(...(await membership(victim, work)));
    return figures;
  } finally {
    if (folder === undefined) await rm(work, { recursive: true, force: true });
  }
};

/** What both sides have. */
interface Sides {
  readonly attacker: readonly Seen[];
  readonly victim: readonly Seen[];
}

/** Draws, imports and sees two centres of their own patients; the attacker's network is common to both. */
const twoCentres = async (
  work: string,
  patients: number,
  say: (line: string) => void,
): Promise<readonly [readonly Seen[], readonly Seen[]]> => {
  const now = (): Date => new Date();
  const open = async (name: string, seed: number): Promise<Home> => {
    const centre = join(work, `${name}-centre`);
    const isThere = existsSync(join(work, name, "home.json"));
    const home = await openHome(join(work, name), { command: "bench", create: true, since: now().toISOString() });
    if (isThere && (await listImages(home.database)).length > 0) return home;
    say(`Drawing and importing the ${name}'s ${patients} patients`);
    await writePhantomCentre(centre, { patients, seed });
    const labels = parseLabelsTable(await readFile(join(centre, "labels.csv")));
    await importRadiographs(home, await findFiles([join(centre, "pacs")]), { labels });
    return home;
  };
  const attacker = await open("attacker", 1);
  const victim = await open("victim", 2);
  try {
    if ((await findNetwork(attacker)) === null) {
      say("Training the common network");
      await trainPrecedents(attacker, { settings: presets.small, seed: 0, target: "entity", now });
      await shareNetwork(attacker, { now });
    }
    const network = await readNetwork(attacker, (await findNetwork(attacker))!.run);
    say("Seeing both archives");
    return [await see(attacker, network), await see(victim, network)];
  } finally {
    await attacker.close();
    await victim.close();
  }
};

const see = async (home: Home, { model, hashing }: CommonNetwork): Promise<Seen[]> => {
  const facts = new Map((await listLinkFacts(home.database)).map((fact) => [fact.image, fact]));
  const embedder = await Embedder.create(model);
  const by = hashing["whole image"]!;
  const seen: Seen[] = [];
  for await (const { image, features } of embedArchive(home, await listImages(home.database), { model, embedder })) {
    const picture = await decodeGreyPng(await home.files.readPicture(image.id));
    const { entity, site, sex, ageYears } = facts.get(image.id)!;
    const direction = by.direction(features);
    seen.push({
      image: image.id,
      patient: image.patient,
      direction,
      code: by.encodeDirection(direction),
      picture: Float32Array.from(greyBytes(picture, side), (grey) => grey / 255),
      facts: { entity, site, sex, age: ageYears === null ? null : ageYears < 30 ? "below 30" : "30 or more" },
    });
  }
  await embedder.release();
  return seen;
};

const lessonsOf = (seen: readonly Seen[], { tell }: Telling, targetOf: (seen: Seen) => Float32Array): Lessons => ({
  inputs: matrixOfRows(seen.map(tell)),
  targets: matrixOfRows(seen.map(targetOf)),
});

/** A quarter of the patients, on whom an attacker chooses how strongly to hold back. */
const heldBack = (seen: readonly Seen[]): readonly [readonly Seen[], readonly Seen[]] => {
  const patients = [...new Set(seen.map(({ patient }) => patient))];
  const order = new Random(0, "leakage", "held back").permutation(patients.length);
  const held = new Set([...order.subarray(0, Math.ceil(patients.length / 4))].map((i) => patients[i]!));
  return [seen.filter(({ patient }) => !held.has(patient)), seen.filter(({ patient }) => held.has(patient))];
};

/** Ridge regression with the strength that errs least on patients who were held back. */
const chosenRidge = (seen: readonly Seen[], telling: Telling, targetOf: (seen: Seen) => Float32Array): Guess => {
  const [learned, held] = heldBack(seen);
  const lessons = lessonsOf(learned, telling, targetOf);
  const errorOf = (guess: Guess): number =>
    held.reduce((sum, one) => {
      const [guessed, wanted] = [guess(telling.tell(one)), targetOf(one)];
      return sum + guessed.reduce((error, value, i) => error + (value - wanted[i]!) ** 2, 0);
    }, 0);
  const errors = strengths.map((strength) => errorOf(fitRidge(lessons, strength)));
  return fitRidge(lessonsOf(seen, telling, targetOf), strengths[errors.indexOf(Math.min(...errors))]!);
};

const patientsOf = (seen: readonly Seen[]): PatientId[] => seen.map(({ patient }) => patient);

/** Pictures from what is told: how much of them comes back, and whether one can be told by it among all others. */
const drawing = async (telling: Telling, { attacker, victim }: Sides, name = telling.name): Promise<Figure[]> => {
  const pictureOf = ({ picture }: Seen): Float32Array => picture;
  const mean = meanOfRows(matrixOfRows(attacker.map(pictureOf)) as Matrix);
  const ridge = chosenRidge(attacker, telling, pictureOf);
  const byRidge = victim.map((one) => ridge(telling.tell(one)));
  const [learned, held] = heldBack(attacker);
  const network = await trainPictureNetwork(
    lessonsOf(learned, telling, pictureOf),
    lessonsOf(held, telling, pictureOf),
    0,
  );
  const byNetwork: Float64Array[] = [];
  for (const one of victim) byNetwork.push(await network.draw(telling.tell(one)));
  await network.release();
  const pictures = victim.map(pictureOf);
  const figuresOf = (how: string, guesses: readonly Float64Array[]): Figure[] => {
    const recognised = areRecognised(guesses, pictures);
    return [
      figureByPatient(
        `${name}: picture by ${how}, share explained beyond the mean picture`,
        patientsOf(victim),
        explainedShare(guesses, pictures, mean),
      ),
      figureByPatient(
        `${name}: picture by ${how}, told among ${pictures.length}`,
        patientsOf(victim),
        (items) => items.filter((item) => recognised[item]).length / items.length,
      ),
    ];
  };
  return [...figuresOf("ridge", byRidge), ...figuresOf("network", byNetwork)];
};

/** What a radiograph's patient has and is, guessed from what is told. */
const guessing = (telling: Telling, { attacker, victim }: Sides, name = telling.name): Figure[] =>
  attributes.flatMap((attribute) => {
    const known = (seen: readonly Seen[]): Seen[] => seen.filter(({ facts }) => facts[attribute] !== null);
    const labels = [...new Set(known(attacker).map(({ facts }) => facts[attribute]!))].sort();
    const asked = known(victim).filter(({ facts }) => labels.includes(facts[attribute]!));
    if (labels.length < 2 || asked.length === 0) return [];
    const targetOf = ({ facts }: Seen): Float32Array =>
      Float32Array.from(labels, (label) => Number(facts[attribute] === label));
    const guess = chosenRidge(known(attacker), telling, targetOf);
    const guessed = asked.map((one) => {
      const scores = guess(telling.tell(one));
      return labels[scores.indexOf(Math.max(...scores))]!;
    });
    const truth = asked.map(({ facts }) => facts[attribute]!);
    const chance = 1 / new Set(truth).size;
    const score = figureByPatient(
      `${name}: ${attribute}, balanced accuracy (chance ${chance.toFixed(2)})`,
      patientsOf(asked),
      balancedAccuracy(guessed, truth),
    );
    return [score];
  });

/** Whether two codes are of one patient. */
const sameness = ({ distance, name }: Telling, victim: readonly Seen[]): Figure[] => {
  const several = victim.filter(({ patient }) => victim.filter((other) => other.patient === patient).length > 1);
  const isFound = several.map((one) => {
    const others = victim.filter(({ image }) => image !== one.image);
    const nearest = others.reduce((a, b) => (distance(one, b) < distance(one, a) ? b : a));
    return nearest.patient === one.patient;
  });
  return [
    figureByPatient(
      `${name}: nearest of all others is of the same patient`,
      patientsOf(several),
      (items) => items.filter((item) => isFound[item]).length / items.length,
    ),
  ];
};

/** What linking is worth by what is told: the victim's radiographs to the attacker's archive. */
const linking = ({ distance, name }: Telling, { attacker, victim }: Sides): Figure => {
  const asked = victim.filter(({ facts }) => facts.entity !== null);
  const known = attacker.filter(({ facts }) => facts.entity !== null);
  const precisions = asked.map((one) => {
    const ordered = known.map((other) => ({ other, at: distance(one, other) })).sort((a, b) => a.at - b.at);
    const nearest = new Map<PatientId, Seen>();
    for (const { other } of ordered) {
      if (nearest.size === 5) break;
      if (!nearest.has(other.patient)) nearest.set(other.patient, other);
    }
    return [...nearest.values()].filter(({ facts }) => facts.entity === one.facts.entity).length / 5;
  });
  return figureByPatient(
    `${name}: precision@5 of linking by entity`,
    patientsOf(asked),
    (items) => items.reduce((sum, item) => sum + precisions[item]!, 0) / items.length,
  );
};

/** The same attacks with the codes dealt to the wrong radiographs: what is left is chance. */
const byChance = async ({ attacker, victim }: Sides): Promise<Figure[]> => {
  const order = new Random(0, "leakage", "chance").permutation(attacker.length);
  const dealt = attacker.map((one, i): Seen => ({ ...one, code: attacker[order[i]!]!.code }));
  const sides = { attacker: dealt, victim };
  const telling = codeTelling(256);
  const learnedOfDealt: Telling = {
    ...telling,
    tell: ({ code }) => Float32Array.from({ length: 256 }, (_, b) => ((code[b >>> 5]! >>> (b & 31)) & 1) * 2 - 1),
  };
  const name = "256 bits of other radiographs (chance)";
  return [...(await drawing(learnedOfDealt, sides, name)), ...guessing(learnedOfDealt, sides, name)];
};

/**
 * Whether a patient is in the archive, guessed from the nearest distance that is told: of half of the victim's patients the
 * archive has radiographs, of the other half it has none. The attacker has either the very radiograph or another one.
 */
const membership = async (all: readonly Seen[], work: string): Promise<Figure[]> => {
  const victim = all.filter(({ facts }) => facts.entity !== null); // of the others nothing is ever told
  const patients = [...new Set(patientsOf(victim))];
  const order = new Random(0, "leakage", "members").permutation(patients.length);
  const members = new Set([...order.subarray(0, Math.floor(patients.length / 2))].map((i) => patients[i]!));
  const inside = victim.filter(({ patient }) => members.has(patient));
  const outside = victim.filter(({ patient }) => !members.has(patient));
  const open: CentrePolicy = { ...defaultPolicy, smallestGroup: 1, distanceStep: 0, closest: 0, farthest: 1 };
  const conditions: readonly (readonly [name: string, bits: number, terms: CentrePolicy])[] = [
    ["distances as they are, 512 bits", 512, open],
    ["distances as they are, 256 bits", 256, open],
    ["distances as they are, 64 bits", 64, open],
    ["distances in steps of 0.05", 256, { ...open, distanceStep: 0.05 }],
    ["distances in steps of 0.1", 256, { ...open, distanceStep: 0.1 }],
    ["nothing nearer than 0.1 told", 256, { ...open, distanceStep: 0.05, closest: 0.1 }],
    ["nothing nearer than 0.15 told", 256, { ...open, distanceStep: 0.05, closest: 0.15 }],
    ["nothing nearer than 0.2 told", 256, { ...open, distanceStep: 0.05, closest: 0.2 }],
    ["nothing nearer than 0.25 told", 256, { ...open, distanceStep: 0.05, closest: 0.25 }],
    ["nothing nearer than 0.3 told", 256, { ...open, distanceStep: 0.05, closest: 0.3 }],
    ["default terms", 256, defaultPolicy],
  ];
  const store = await CodeStore.open(join(work, "members.osteon"), { origin: "members", bits: 512 });
  await store.append(inside.map((one) => ({ ...one, image: nameOf(one) })));
  const codes = {
    count: async () => store.count,
    nearestNamed: async (code: Uint32Array, search: NamedSearch) => store.codes.nearestNamed(code, search),
  };
  const factOf = ({ image, patient, facts: { entity } }: Seen): [ImageId, EntityFact] => [
    image,
    { image, patient, entity },
  ];
  const figures: Figure[] = [];
  for (const [name, bits, terms] of conditions) {
    /** What is told of an archive; whoever of those inside is not in it is passed over as if not there. */
    const score = async (one: Seen, archive: readonly Seen[]): Promise<number> => {
      const facts = new Map(archive.map(factOf));
      const question = { code: one.code.slice(0, bits / 32), k: 1 };
      const { neighbours } = await answerQuestion(codes, question, { facts, terms });
      return -(neighbours[0]?.distance ?? 1);
    };
    const several = inside.filter(({ patient }) => inside.filter((other) => other.patient === patient).length > 1);
    const others: number[] = [];
    const very: number[] = [];
    const another: number[] = [];
    for (const one of outside) others.push(await score(one, inside));
    for (const one of inside) very.push(await score(one, inside));
    for (const one of several) {
      const rest = inside.filter(({ image }) => image !== one.image);
      another.push(await score(one, rest));
    }
    const area = (what: string, asked: readonly Seen[], scores: readonly number[]): Figure => {
      const both = [...asked, ...outside];
      const all = [...scores, ...others];
      return figureByPatient(
        `member, ${what}; ${name}: area under the curve (chance 0.5)`,
        patientsOf(both),
        (items) => {
          const drawn = (from: number, to: number): number[] =>
            items.filter((item) => item >= from && item < to).map((item) => all[item]!);
          return areaUnderCurve(drawn(0, asked.length), drawn(asked.length, both.length));
        },
      );
    };
    figures.push(area("by the very radiograph", inside, very), area("by another radiograph", several, another));
  }
  await store.close();
  await rm(store.path);
  return figures;
};

/** As codes are named that are kept. */
const nameOf = ({ image }: Seen): ImageId => imageId(`${image} seen`);
