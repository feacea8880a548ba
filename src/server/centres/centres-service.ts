/** Everything between this centre and others: who they are, what they are asked and answered, and on which terms. */

import type { z } from "zod";
import type {
  CentreChange,
  CentreSettings,
  CentreShown,
  CommonNetworkShown,
  centreToAdd,
  Inquiry,
  SignedMessage,
} from "../../contract/centres.ts";
import { OsteonError } from "../../errors.ts";
import {
  addCentre,
  changeCentre,
  countImages,
  countQuestions,
  type Home,
  listCentres,
  type QuestionCounts,
  removeCentre,
  type StoredCentre,
} from "../../store/index.ts";
import {
  codeToText,
  countEntities,
  disguiseCode,
  findCodes,
  findNetwork,
  fingerprintOf,
  isFingerprint,
  networkName,
  readPublicKey,
} from "../../systems/centres/index.ts";
import { isLoopback } from "../access/addresses.ts";
import type { Door } from "../access/door.ts";
import type { Settings } from "../access/settings.ts";
import type { QueryToLink } from "../link/link-thread.ts";
import { Answerer, type Hearer } from "./answer-centre.ts";
import { type CentreIdentity, readIdentity } from "./centre-identity.ts";
import { CentreThread } from "./centre-thread.ts";
import { Inquiries } from "./inquiries.ts";
import { EntityKnowledge } from "./known-entities.ts";
import { readPolicy } from "./policy-settings.ts";

interface CentresOptions {
  readonly home: Home;
  readonly now: () => Date;
  readonly settings: Settings;
  readonly door: Door;
}

/** A centre's refused questions stand in the audit log no more often than this: who floods this centre should not fill it. */
const refusalMs = 10_000;
/** Neighbours that another centre is asked for; its own terms may give fewer. */
const askedNeighbours = 5;

export class CentresService {
  readonly #options: CentresOptions;
  readonly #identity: CentreIdentity;
  readonly #thread: CentreThread;
  readonly #entities: EntityKnowledge;
  readonly #inquiries: Inquiries;
  readonly #answerer: Answerer;
  readonly #toldAt = new Map<string, number>();

  private constructor(options: CentresOptions, identity: CentreIdentity) {
    const { home, now } = options;
    this.#options = options;
    this.#identity = identity;
    this.#thread = new CentreThread(home);
    this.#entities = new EntityKnowledge(home.database);
    this.#inquiries = new Inquiries(home.database);
    const parts = { home, now, identity, thread: this.#thread, entities: this.#entities };
    this.#answerer = new Answerer(parts);
  }

  /** @throws OsteonError `corrupt-store` for a damaged key */
  static async open(options: CentresOptions): Promise<CentresService> {
    return new CentresService(options, await readIdentity(options.home.files));
  }

  /** What the settings page shows. */
  async show(): Promise<CentreSettings> {
    const { home, settings, door, now } = this.#options;
    const policy = await readPolicy(home.database);
    const name = settings.current().centre;
    const publicAddress = door.publicUrl?.origin ?? "";
    const address = policy.address || publicAddress;
    const isComplete = name !== "" && address !== "" && policy.contact !== "";
    const { id, publicKey } = this.#identity;
    const { facts } = await this.#entities.current();
    const counts = await countQuestions(home.database, now());
    return {
      card: isComplete ? { format: "osteon-centre-1", name, address, contact: policy.contact, publicKey } : null,
      fingerprint: id,
      name,
      publicAddress,
      policy,
      network: await this.#showNetwork(),
      entities: countEntities(facts),
      centres: (await listCentres(home.database)).map((centre) => showCentre(centre, counts.get(centre.id))),
    };
  }

  /** The file of the common network, for other centres to take over. */
  async networkFile(): Promise<Uint8Array> {
    const { home } = this.#options;
    const network = await findNetwork(home);
    if (!network) throw new OsteonError("not-found", "There is no common network yet.");
    return home.files.readArtefact(network.run, networkName);
  }

  /**
   * Adds a centre whose fingerprint an administrator heard over another channel.
   *
   * @throws OsteonError `bad-input` where the fingerprint is not that of the card's key, `conflict` where it is known already
   */
  async add({ card, fingerprint, authority, mayAsk, isAsked }: z.output<typeof centreToAdd>): Promise<CentreShown> {
    const { publicKey, name, address, contact } = card;
    readPublicKey(publicKey);
    const id = fingerprintOf(publicKey);
    if (!isFingerprint(fingerprint, id)) {
      throw new OsteonError(
        "bad-input",
        "The fingerprint is not that of this card's key: ask the other centre again, and over another channel than the card came by.",
      );
    }
    if (id === this.#identity.id) throw new OsteonError("bad-input", "This is the card of this very centre.");
    const added: StoredCentre = {
      id,
      publicKey,
      name,
      address: checkedAddress(address),
      contact,
      authority,
      mayAsk,
      isAsked,
      addedAt: this.#options.now(),
      pausedAt: null,
    };
    await addCentre(this.#options.home.database, added);
    return showCentre(added, undefined);
  }

  /** @throws OsteonError `not-found`, `bad-input` */
  async change(id: string, { isPaused, ...change }: CentreChange): Promise<CentreShown> {
    const { home, now } = this.#options;
    const changed = await changeCentre(home.database, id, {
      ...change,
      ...(change.address === undefined ? {} : { address: checkedAddress(change.address) }),
      ...(isPaused === false ? { pausedAt: null } : {}),
    });
    return showCentre(changed, (await countQuestions(home.database, now())).get(id));
  }

  /** @throws OsteonError `not-found` */
  remove(id: string): Promise<void> {
    return removeCentre(this.#options.home.database, id);
  }

  /** Answers another centre; see {@link Answerer}. */
  answer(signed: SignedMessage, address: string, hearer: Hearer): Promise<SignedMessage> {
    return this.#answerer.answer(signed, address, hearer);
  }

  /** Notes that a centre was refused something; answers whether that is to stand in the audit log. */
  noteRefusal(centre: string): boolean {
    const at = this.#options.now().getTime();
    if (at - (this.#toldAt.get(centre) ?? Number.NEGATIVE_INFINITY) < refusalMs) return false;
    this.#toldAt.set(centre, at);
    return true;
  }

  /** What is known of other centres' answers about a query. */
  async inquiry(query: string): Promise<Inquiry> {
    const { home } = this.#options;
    const asked = await this.#asked();
    const hasNetwork = (await findNetwork(home)) !== null;
    return {
      centres: asked.map(({ id, name }) => ({ id, name })),
      hindrance: asked.length === 0 ? "no-centres" : hasNetwork ? null : "no-network",
      last: await this.#inquiries.last(query),
    };
  }

  /**
   * Asks every centre that is asked from here; what they answer is in {@link inquiry} as it comes.
   *
   * @param onAsk told of each centre before anything leaves
   * @throws OsteonError `not-trained` without a common network, `not-found` without a centre to ask
   */
  async ask(query: QueryToLink & { readonly query: string }, onAsk: (centre: string) => void): Promise<Inquiry> {
    const { home, now } = this.#options;
    const network = await findNetwork(home);
    if (!network) throw new OsteonError("not-trained", "There is no common network; share one or take one over first.");
    const centres = await this.#asked();
    if (centres.length === 0) throw new OsteonError("not-found", "There is no centre to ask; add one first.");
    const { query: name, ...place } = query;
    const { view, code } = await this.#thread.perform("code", { network: network.run, query: place });
    const { sentBits, flippedShare, waitSeconds } = await readPolicy(home.database);
    const bits = Math.min(sentBits ?? network.bits, network.bits);
    const told = disguiseCode(code, { bits, flippedShare }, this.#identity.secret);
    const question = {
      network: network.network,
      hashing: network.hashing[view]!,
      view,
      bits,
      code: codeToText(told),
      k: askedNeighbours,
    };
    for (const { id } of centres) onAsk(id);
    const { id, key } = this.#identity;
    const asker = { id, key, now, waitMs: waitSeconds * 1000 };
    await this.#inquiries.begin(name, { centres, question, flippedShare, asker });
    return this.inquiry(name);
  }

  async close(): Promise<void> {
    await this.#inquiries.close();
    await this.#thread.close();
  }

  async #asked(): Promise<StoredCentre[]> {
    return (await listCentres(this.#options.home.database)).filter(({ isAsked }) => isAsked);
  }

  async #showNetwork(): Promise<CommonNetworkShown | null> {
    const { home } = this.#options;
    const found = await findNetwork(home);
    if (!found) return null;
    const { run, ...shown } = found;
    const codes = await findCodes(home, run);
    const images = await countImages(home.database);
    return {
      ...shown,
      hashing: { "whole image": shown.hashing["whole image"]!, lesion: shown.hashing.lesion },
      codes: codes && {
        radiographs: codes.radiographs,
        patients: codes.patients,
        lesions: codes.lesions,
        missing: Math.max(images - codes.radiographs, 0),
      },
    };
  }
}

/** Codes travel in the clear only within this machine. */
const checkedAddress = (address: string): string => {
  const { protocol, hostname, origin } = new URL(address);
  if (protocol === "https:" || isLoopback(hostname)) return origin;
  throw new OsteonError("bad-input", "The address must begin with https: the way to another centre is open to others.");
};

const showCentre = (centre: StoredCentre, lastDay: QuestionCounts | undefined): CentreShown => ({
  id: centre.id,
  name: centre.name,
  address: centre.address,
  contact: centre.contact,
  hasAuthority: centre.authority !== null,
  mayAsk: centre.mayAsk,
  isAsked: centre.isAsked,
  addedAt: centre.addedAt.toISOString(),
  pausedAt: centre.pausedAt?.toISOString() ?? null,
  lastDay: lastDay ?? { questions: 0, oddities: 0 },
});
