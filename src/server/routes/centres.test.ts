/** Two real servers that ask each other, and centres that mean harm. */

import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type RunningCentre,
  setPolicy,
  startPair,
  stopCentre,
  until,
} from "../../../test/support/connected-centres.ts";
import type { Answer, Visitor } from "../../../test/support/visitor.ts";
import type {
  CentreAnswer,
  CentreCard,
  CentreOutcome,
  CentreQuestion,
  CentreReply,
  CentreSettings,
  Inquiry,
  SignedMessage,
} from "../../contract/centres.ts";
import type { Query } from "../../contract/queries.ts";
import { listAudit, listEntityFacts, listImages, readCentreKey } from "../../store/index.ts";
import {
  codeFromText,
  codeToText,
  countEntities,
  defaultPolicy,
  findNetwork,
  fingerprintOf,
  isSignedBy,
  publicKeyOf,
  signMessage,
} from "../../systems/centres/index.ts";

let asking: RunningCentre;
let answering: RunningCentre;
let viewer: Visitor;
let usual: CentreQuestion["question"];

beforeAll(async () => {
  [asking, answering] = await startPair();
  viewer = await asking.server.visitorOf("viewer");
  usual = await codeOfSomeImage(0);
}, 900_000);
afterAll(async () => {
  await stopCentre(asking);
  await stopCentre(answering);
});

const codeOf = ({ status, json }: Answer): unknown => [status, json<{ code: string }>().code];

/** A query of an image of the asking centre's archive, of a patient with the commonest entity. */
const addQuery = async (position: number): Promise<Query> => {
  const facts = await listEntityFacts(asking.server.home.database);
  const [commonest] = countEntities(facts);
  const { image } = facts.filter(({ entity }) => entity === commonest!.entity)[position]!;
  const answer = await viewer.post("/api/queries", { image });
  expect(answer.status).toBe(201);
  return answer.json<Query>();
};

const inquiryOf = async (query: Query): Promise<Inquiry> =>
  (await viewer.get(`/api/queries/${query.id}/centres`)).json<Inquiry>();

/** Asks, and waits until each centre has answered or failed. */
const ask = async (query: Query): Promise<readonly CentreOutcome[]> => {
  expect((await viewer.post(`/api/queries/${query.id}/centres`, { box: null })).status).toBe(202);
  await until(async () => (await inquiryOf(query)).last!.outcomes.every(({ state }) => state !== "waiting"));
  return (await inquiryOf(query)).last!.outcomes;
};

const actionsOf = async ({ server }: RunningCentre, action: string) =>
  listAudit(server.home.database, { limit: 1000, action });

/** What the asking centre sends, put together by hand. */
interface Sending {
  readonly from?: string;
  readonly to?: string;
  readonly at?: Date;
  readonly nonce?: string;
  readonly question?: Partial<CentreQuestion["question"]>;
  readonly key?: KeyObject;
}

const signed = async ({ from, to, at, nonce, question, key }: Sending = {}): Promise<SignedMessage> => {
  const message: CentreQuestion = {
    format: "osteon-centre-question-1",
    from: from ?? asking.id,
    to: to ?? answering.id,
    at: (at ?? new Date()).toISOString(),
    nonce: nonce ?? randomBytes(18).toString("base64url"),
    question: { ...usual, ...question },
  };
  return signMessage("question", JSON.stringify(message), key ?? (await readCentreKey(asking.server.home.files)));
};

const send = (message: unknown): Promise<Answer> =>
  answering.server.visitor().post("/api/centres/query", message, { bare: true });

const answerIn = ({ json }: Answer): CentreAnswer => (JSON.parse(json<SignedMessage>().message) as CentreReply).answer;

/** The question that the asking centre really sends about an image, caught on its way. */
const codeOfSomeImage = async (position: number): Promise<CentreQuestion["question"]> => {
  let caught: CentreQuestion | undefined;
  const server = createHttpServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part) => {
      text += part;
    });
    request.on("end", () => {
      caught = JSON.parse((JSON.parse(text) as SignedMessage).message) as CentreQuestion;
      response.writeHead(403, { "content-type": "application/json" }).end('{"code":"not-allowed"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { card } = strangerAt((server.address() as AddressInfo).port);
  await addStranger(card);
  try {
    await ask(await addQuery(position));
  } finally {
    await removeStranger(card);
    server.close();
  }
  return caught!.question;
};

/** A centre that nobody knows yet, at a port of this machine. */
const strangerAt = (port: number): { card: CentreCard; key: KeyObject } => {
  const { privateKey: key } = generateKeyPairSync("ed25519");
  const card: CentreCard = {
    format: "osteon-centre-1",
    name: `Port ${port}`,
    address: `http://127.0.0.1:${port}`,
    contact: "",
    publicKey: publicKeyOf(key),
  };
  return { card, key };
};

const addStranger = async (card: CentreCard): Promise<void> => {
  const fingerprint = fingerprintOf(card.publicKey);
  expect((await asking.administrator.post("/api/centres", { card, fingerprint })).status).toBe(201);
};

const removeStranger = async (card: CentreCard): Promise<void> => {
  const { status } = await asking.administrator.ask("DELETE", `/api/centres/${fingerprintOf(card.publicKey)}`);
  expect(status).toBe(204);
};

/** Lets the asking centre ask again, with all that it asked forgotten. */
const forgetQuestions = async (): Promise<void> => {
  await answering.server.home.database.deleteFrom("centre_questions").execute();
  await answering.administrator.ask("PATCH", `/api/centres/${asking.id}`, { body: { isPaused: false, mayAsk: true } });
  const { address, contact, ...terms } = defaultPolicy;
  await setPolicy(answering.administrator, { ...terms, entities: null, answers: true });
};

beforeEach(forgetQuestions);

describe("a question", () => {
  test("is answered with entities, coarse distances and a contact, and stands in both audit logs", async () => {
    const query = await addQuery(0);
    const [outcome] = await ask(query);
    expect(outcome).toMatchObject({ centre: answering.id, name: "Answering", state: "answered", problem: null });
    const { neighbours, contact, terms } = outcome!.answer!;
    expect(contact).toBe("tumour board of Answering");
    expect(terms).toEqual({ distanceStep: 0.05, closest: 0.25, smallestGroup: 5, farthest: 0.35, someEntities: false });
    expect(neighbours.length).toBeGreaterThan(0);
    // Both archives are of one phantom, so that the very radiograph is there: nearest, and not told to be so.
    expect(neighbours[0]!.distance).toBe(0.25);
    for (const { distance } of neighbours)
      expect(Math.abs(distance / 0.05 - Math.round(distance / 0.05))).toBeLessThan(1e-9);
    expect(await actionsOf(asking, "asked centre")).toContainEqual(
      expect.objectContaining({ subject: `${answering.id} ${query.id}`, outcome: "done" }),
    );
    expect((await actionsOf(answering, "answered centre"))[0]).toMatchObject({
      person: null,
      subject: asking.id,
      outcome: "done",
    });
  });

  test("holds a code and nothing that names anybody", () => {
    expect(Object.keys(usual).sort()).toEqual(["bits", "code", "hashing", "k", "network", "view"]);
    expect(Buffer.from(usual.code, "base64")).toHaveLength(256 / 8);
  });

  test("is kept with its answers, also over a restart of the page, and gone with its query", async () => {
    const query = await addQuery(1);
    const outcomes = await ask(query);
    expect((await inquiryOf(query)).last!.outcomes).toEqual(outcomes);
    await viewer.ask("DELETE", `/api/queries/${query.id}`);
    expect(codeOf(await viewer.get(`/api/queries/${query.id}/centres`))).toEqual([404, "not-found"]);
    expect(await asking.server.home.database.selectFrom("centre_inquiries").selectAll().execute()).not.toContainEqual(
      expect.objectContaining({ query_id: query.id }),
    );
  });

  test("is for who may see the query, about a box that lies in its picture", async () => {
    const query = await addQuery(0);
    const path = `/api/queries/${query.id}/centres`;
    const other = await asking.server.visitorOf("researcher");
    expect(codeOf(await other.get(path))).toEqual([404, "not-found"]);
    expect(codeOf(await other.post(path, { box: null }))).toEqual([404, "not-found"]);
    const beside = { x: 90_000, y: 90_000, width: 10, height: 10 };
    expect(codeOf(await viewer.post(path, { box: beside }))).toEqual([422, "bad-input"]);
    expect(codeOf(await viewer.post(path, {}))).toEqual([400, "bad-usage"]);
  });

  test("of a marked lesion is compared with marked lesions, where the network hashes them", async () => {
    const { hashing } = (await findNetwork(asking.server.home))!;
    const query = await addQuery(0);
    const { width, height } = query.picture!;
    const box = { x: width / 4, y: height / 4, width: width / 3, height: height / 3 };
    await viewer.post(`/api/queries/${query.id}/centres`, { box });
    const view = (await inquiryOf(query)).last!.view;
    expect(view).toBe(hashing.lesion === null ? "whole image" : "lesion");
    await expect.poll(async () => (await inquiryOf(query)).last!.outcomes[0]!.state).not.toBe("waiting");
  });
});

describe("terms", () => {
  test("of an answer: which entities, of how many patients, how near, how many", async () => {
    const all = answerIn(await send(await signed())).neighbours;
    expect(all.length).toBeGreaterThan(0);
    const entity = all[0]!.entity;
    const asked = async (change: object): Promise<CentreAnswer["neighbours"]> => {
      await setPolicy(answering.administrator, change);
      return answerIn(await send(await signed())).neighbours;
    };
    expect((await asked({ entities: [entity] })).every((one) => one.entity === entity)).toBe(true);
    expect(await asked({ entities: ["nothing that anybody has"] })).toEqual([]);
    expect(await asked({ entities: null, smallestGroup: 1000 })).toEqual([]);
    expect(await asked({ smallestGroup: 1, mostNeighbours: 1 })).toHaveLength(1);
    expect(await asked({ mostNeighbours: 20, distanceStep: 0, closest: 0 })).toContainEqual({ entity, distance: 0 });
    expect(await asked({ farthest: 0.01 })).toHaveLength(1); // the very radiograph alone
  });

  test("of asking: fewer bits leave, and some flipped, the same each time", async () => {
    await setPolicy(asking.administrator, { sentBits: 128, flippedShare: 0.1 });
    const [once, again] = [await codeOfSomeImage(0), await codeOfSomeImage(0)];
    await setPolicy(asking.administrator, { sentBits: 256, flippedShare: 0 });
    expect(once.bits).toBe(128);
    expect(again.code).toBe(once.code);
    const [told, whole] = [codeFromText(once.code, 128), codeFromText(usual.code, 256).subarray(0, 4)];
    const flipped = told.reduce((sum, word, i) => sum + (word ^ whole[i]!).toString(2).replace(/[-0]/g, "").length, 0);
    expect(flipped).toBeGreaterThan(0);
    expect(flipped).toBeLessThan(40);
    expect(answerIn(await send(await signed({ question: once }))).neighbours.length).toBeGreaterThan(0);
  });

  test("nobody is answered who may not ask, or where nobody is answered", async () => {
    await answering.administrator.ask("PATCH", `/api/centres/${asking.id}`, { body: { mayAsk: false } });
    expect((await ask(await addQuery(0)))[0]).toMatchObject({ state: "failed", problem: { code: "not-allowed" } });
    await answering.administrator.ask("PATCH", `/api/centres/${asking.id}`, { body: { mayAsk: true } });
    await setPolicy(answering.administrator, { answers: false });
    expect(codeOf(await send(await signed()))).toEqual([403, "not-allowed"]);
    expect((await actionsOf(answering, "answered centre")).some(({ outcome }) => outcome === "refused")).toBe(true);
  });

  test("of how often: more in an hour are refused, with when to come again, and at once gain nothing", async () => {
    await setPolicy(answering.administrator, { perHour: 3 });
    const messages = await Promise.all(Array.from({ length: 8 }, () => signed()));
    const answers = await Promise.all(messages.map(send));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.map(codeOf)).toEqual(Array.from({ length: 5 }, () => [429, "too-many-requests"]));
    expect(refused[0]!.headers.get("retry-after")).toBe("3600");
    expect((await ask(await addQuery(0)))[0]!.problem).toEqual({ code: "too-many-requests", retrySeconds: 3600 });
  });
});

describe("a centre that means harm", () => {
  test("is not answered twice for one message", async () => {
    const message = await signed();
    expect((await send(message)).status).toBe(200);
    expect(codeOf(await send(message))).toEqual([409, "conflict"]);
    const old = await signed({ at: new Date(Date.now() - 180_000) });
    expect(codeOf(await send(old))).toEqual([422, "bad-input"]);
    const early = await signed({ at: new Date(Date.now() + 180_000) });
    expect(codeOf(await send(early))).toEqual([422, "bad-input"]);
  });

  test("cannot speak for another, pass a message on, or change one on its way", async () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const forged = await send(await signed({ key: privateKey }));
    const unknown = await send(await signed({ from: fingerprintOf(publicKeyOf(privateKey)), key: privateKey }));
    expect([codeOf(forged), codeOf(unknown)]).toEqual([
      [403, "not-allowed"],
      [403, "not-allowed"],
    ]);
    expect(forged.text).toBe(unknown.text); // neither learns who is known
    expect(codeOf(await send(await signed({ to: asking.id })))).toEqual([403, "not-allowed"]);
    const message = await signed();
    const changed = { ...message, message: message.message.replace('"k":5', '"k":20') };
    expect(changed.message).not.toBe(message.message);
    expect(codeOf(await send(changed))).toEqual([403, "not-allowed"]);
    const asAnswer = signMessage("answer", message.message, await readCentreKey(asking.server.home.files));
    expect(codeOf(await send(asAnswer))).toEqual([403, "not-allowed"]);
  });

  test.each([
    ["codes of another length", { bits: 128 }, [422, "bad-input"]],
    ["more bits than there are", { bits: 1024, code: Buffer.alloc(128).toString("base64") }, [409, "conflict"]],
    ["codes of another network", { network: "0".repeat(64) }, [409, "conflict"]],
    ["codes that were hashed otherwise", { hashing: "0".repeat(64) }, [409, "conflict"]],
    ["no neighbours", { k: 0 }, [400, "bad-usage"]],
    ["too many neighbours", { k: 1000 }, [400, "bad-usage"]],
    ["a name beside the code", { patient: "Erika" }, [400, "bad-usage"]],
    ["another view", { view: "skull" }, [400, "bad-usage"]],
  ])("gets a clear answer for %s", async (_, question, expected) => {
    expect(codeOf(await send(await signed({ question: question as object })))).toEqual(expected);
  });

  test("gets a clear answer for what is malformed or too large", async () => {
    const good = await signed();
    const key = await readCentreKey(asking.server.home.files);
    for (const body of [
      {},
      { ...good, more: 1 },
      { ...good, signature: "no" },
      { ...good, message: 5 },
      signMessage("question", "no JSON", key),
      signMessage("question", "null", key),
      signMessage("question", "{}", key),
    ]) {
      expect(codeOf(await send(body))).toEqual([400, "bad-usage"]);
    }
    expect((await send({ message: "x".repeat(100_000), signature: good.signature })).status).toBe(413);
  });

  test("is paused when it asks for what resembles nothing, until an administrator has looked", async () => {
    await setPolicy(answering.administrator, { mostOddities: 4 });
    const random = () => ({ code: randomBytes(32).toString("base64") });
    for (let i = 0; i < 4; i++) {
      expect(answerIn(await send(await signed({ question: random() }))).neighbours).toEqual([]);
    }
    expect(codeOf(await send(await signed()))).toEqual([403, "not-allowed"]);
    expect((await ask(await addQuery(0)))[0]!.problem!.code).toBe("not-allowed");
    const { centres } = (await answering.administrator.get("/api/centres")).json<CentreSettings>();
    expect(centres[0]).toMatchObject({ lastDay: { questions: 4, oddities: 4 } });
    expect(centres[0]!.pausedAt).not.toBeNull();
    expect((await actionsOf(answering, "paused centre"))[0]).toMatchObject({ subject: asking.id });
  });

  test("is paused when it varies a code by a few bits to see what changes", async () => {
    await setPolicy(answering.administrator, { mostOddities: 3 });
    const code = codeFromText(usual.code, usual.bits);
    const varied = (bit: number) => ({ code: codeToText(code.map((word, i) => (i === 0 ? word ^ (1 << bit) : word))) });
    expect((await send(await signed())).status).toBe(200);
    expect((await send(await signed())).status).toBe(200); // the same radiograph again is no variation
    for (let bit = 0; bit < 3; bit++) expect((await send(await signed({ question: varied(bit) }))).status).toBe(200);
    expect(codeOf(await send(await signed()))).toEqual([403, "not-allowed"]);
  });
});

describe("centres that fail", () => {
  const closing: (() => void)[] = [];
  const strangers: CentreCard[] = [];
  afterEach(async () => {
    for (const card of strangers.splice(0)) await removeStranger(card);
    for (const close of closing.splice(0)) close();
    await setPolicy(asking.administrator, { waitSeconds: 60 });
  });

  const addAt = async (port: number) => {
    const stranger = strangerAt(port);
    await addStranger(stranger.card);
    strangers.push(stranger.card);
    return stranger;
  };

  /** A centre that does with each connection as it likes. */
  const addRude = async (behave: (socket: Socket) => void) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      behave(socket);
    });
    closing.push(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return addAt((server.address() as AddressInfo).port);
  };

  /** A centre that answers each message as it likes. */
  const addAnswering = async (answer: (message: CentreQuestion, key: KeyObject) => string) => {
    let key: KeyObject | undefined;
    const server = createHttpServer((request, response) => {
      let text = "";
      request.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      request.on("end", () => {
        const message = JSON.parse((JSON.parse(text) as SignedMessage).message) as CentreQuestion;
        response.writeHead(200, { "content-type": "application/json" }).end(answer(message, key!));
      });
    });
    closing.push(() => {
      server.close();
      server.closeAllConnections();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const stranger = await addAt((server.address() as AddressInfo).port);
    key = stranger.key;
    return stranger;
  };

  test("dead, slow, trickling, drowning and lying ones are told apart, and the good one's answer does not wait for them", async () => {
    const drowned = (socket: Socket): void => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n");
      socket.write("[".repeat(900_000));
    };
    const trickle = (socket: Socket): void => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n");
      const timer = setInterval(() => socket.write(" "), 50);
      socket.on("close", () => clearInterval(timer));
    };
    const dead = await addAt(1); // a port that nobody listens on
    const silent = await addRude(() => {});
    const slow = await addRude(trickle);
    const large = await addRude(drowned);
    const garbled = await addRude((socket) => socket.end("no HTTP at all\r\n\r\n"));
    const lying = await addAnswering((message, key) => lie(message, { key, nonce: message.nonce.replace(/./, "_") }));
    const forger = await addAnswering((message) =>
      lie(message, { key: generateKeyPairSync("ed25519").privateKey, nonce: message.nonce }),
    );
    const honest = await addAnswering((message, key) => lie(message, { key, nonce: message.nonce }));
    await setPolicy(asking.administrator, { waitSeconds: 8 });
    const query = await addQuery(0);
    await viewer.post(`/api/queries/${query.id}/centres`, { box: null });
    const outcomes = async () => new Map((await inquiryOf(query)).last!.outcomes.map((one) => [one.centre, one]));
    await expect.poll(async () => (await outcomes()).get(answering.id)!.state).toBe("answered");
    // Nothing of the slow ones has come to an end by then.
    expect((await outcomes()).get(fingerprintOf(silent.card.publicKey))!.state).toBe("waiting");
    await expect
      .poll(async () => [...(await outcomes()).values()].map(({ state }) => state), { timeout: 60_000 })
      .not.toContain("waiting");
    const problemOf = async ({ card }: { card: CentreCard }) =>
      (await outcomes()).get(fingerprintOf(card.publicKey))!.problem?.code ?? null;
    expect(await Promise.all([dead, silent, slow, large, garbled, lying, forger, honest].map(problemOf))).toEqual([
      "unreachable",
      "late",
      "late",
      "untrusted",
      "unreachable",
      "untrusted",
      "untrusted",
      null,
    ]);
  });

  /** An answer that a centre makes up. */
  const lie = (message: CentreQuestion, { key, nonce }: { key: KeyObject; nonce: string }): string => {
    const reply: CentreReply = {
      format: "osteon-centre-answer-1",
      from: message.to,
      to: message.from,
      at: new Date().toISOString(),
      nonce,
      answer: {
        neighbours: [{ entity: "Chordoma", distance: 0.1 }],
        contact: "",
        terms: { distanceStep: 0.1, closest: 0, smallestGroup: 1, farthest: 1, someEntities: false },
      },
    };
    return JSON.stringify(signMessage("answer", JSON.stringify(reply), key));
  };

  test("an inquiry that a server left open is told as broken off", async () => {
    const query = await addQuery(2);
    const last = {
      at: new Date().toISOString(),
      view: "whole image",
      bits: 256,
      flippedShare: 0,
      outcomes: [{ centre: answering.id, name: "Answering", state: "waiting", answer: null, problem: null, ms: null }],
    };
    await asking.server.home.database
      .insertInto("centre_inquiries")
      .values({ query_id: query.id, content: JSON.stringify(last) })
      .execute();
    expect((await inquiryOf(query)).last!.outcomes[0]).toMatchObject({
      state: "failed",
      problem: { code: "interrupted" },
    });
  });
});

describe("an administrator", () => {
  test("adds a centre only with the fingerprint of its key, as it was heard elsewhere", async () => {
    const { card } = strangerAt(4780);
    const fingerprint = fingerprintOf(card.publicKey);
    const add = (more: object) => asking.administrator.post("/api/centres", { card, fingerprint, ...more });
    const wrong = `${fingerprint.startsWith("0") ? "1" : "0"}${fingerprint.slice(1)}`;
    expect(codeOf(await add({ fingerprint: wrong }))).toEqual([422, "bad-input"]);
    expect(codeOf(await add({ card: { ...card, address: "http://elsewhere.example" } }))).toEqual([422, "bad-input"]);
    expect(codeOf(await add({ card: { ...card, address: "https://elsewhere.example/path" } }))).toEqual([
      400,
      "bad-usage",
    ]);
    expect(codeOf(await add({ card: { ...card, publicKey: "AAAA" } }))).toEqual([400, "bad-usage"]);
    expect(codeOf(await add({ card: { ...card, secret: 1 } }))).toEqual([400, "bad-usage"]);
    expect(codeOf(await add({ card: asking.card, fingerprint: asking.id }))).toEqual([422, "bad-input"]);
    const spoken = fingerprint.toUpperCase().replaceAll(/(.{4})(?=.)/g, "$1 ");
    expect((await add({ fingerprint: spoken })).status).toBe(201);
    expect(codeOf(await add({}))).toEqual([409, "conflict"]);
    expect((await actionsOf(asking, "added centre"))[0]).toMatchObject({ subject: fingerprint });
    await removeStranger(card);
    expect(codeOf(await asking.administrator.ask("DELETE", `/api/centres/${fingerprint}`))).toEqual([404, "not-found"]);
    expect(codeOf(await asking.administrator.ask("PATCH", `/api/centres/${fingerprint}`, { body: {} }))).toEqual([
      404,
      "not-found",
    ]);
  });

  test("sees the own card, the network and its codes, and never a secret", async () => {
    const answer = await asking.administrator.get("/api/centres");
    const { card, network, entities, centres } = answer.json<CentreSettings>();
    expect(card).toEqual(asking.card);
    expect(network).toMatchObject({ isOwn: true, bits: 512, codes: { missing: 0 } });
    expect(network!.codes!.radiographs).toBe((await listImages(asking.server.home.database)).length);
    expect(entities.length).toBeGreaterThan(1);
    expect(centres.map(({ name }) => name)).toEqual(["Answering"]);
    expect(answer.text).not.toContain("PRIVATE");
    const theirs = (await answering.administrator.get("/api/centres")).json<CentreSettings>().network!;
    expect(theirs).toEqual(network); // both homes are copies of one
  });

  test("alone sets terms, and only such as there are", async () => {
    for (const role of ["viewer", "annotator", "researcher"] as const) {
      const visitor = await asking.server.visitorOf(role);
      expect(codeOf(await visitor.get("/api/centres"))).toEqual([403, "not-allowed"]);
      expect(codeOf(await visitor.ask("PATCH", "/api/centres/policy", { body: { answers: true } }))).toEqual([
        403,
        "not-allowed",
      ]);
    }
    for (const body of [
      { distanceStep: 2 },
      { flippedShare: 0.5 },
      { sentBits: 100 },
      { perHour: 0 },
      { everything: true },
    ]) {
      const { status } = await asking.administrator.ask("PATCH", "/api/centres/policy", { body });
      expect([status, body]).toEqual([400, body]);
    }
  });
});

test("what a centre answers is signed by its own key, for that question", async () => {
  const message = await signed();
  const reply = (await send(message)).json<SignedMessage>();
  expect(isSignedBy("answer", reply, answering.card.publicKey)).toBe(true);
  expect(JSON.parse(reply.message)).toMatchObject({ from: answering.id, to: asking.id });
});

test("the answering centre asks as well: what one may, the other may", async () => {
  const theirs = await answering.server.visitorOf("viewer");
  const [image] = await listImages(answering.server.home.database);
  const query = (await theirs.post("/api/queries", { image: image!.id })).json<Query>();
  expect((await theirs.post(`/api/queries/${query.id}/centres`, { box: null })).status).toBe(202);
  const state = async () =>
    (await theirs.get(`/api/queries/${query.id}/centres`)).json<Inquiry>().last!.outcomes[0]!.state;
  await expect.poll(state, { timeout: 30_000 }).toBe("answered");
});

// The last one: this machine's address has to wait afterwards.
test("who tries signatures is slowed down", async () => {
  const { privateKey } = generateKeyPairSync("ed25519");
  const codes: unknown[] = [];
  for (let i = 0; i < 30; i++) codes.push(codeOf(await send(await signed({ key: privateKey }))));
  expect(codes.at(-1)).toEqual([429, "too-many-requests"]);
});
