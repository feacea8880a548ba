/** An archive spoken to by DIMSE: studies found by C-FIND, instances fetched by C-GET, or by C-MOVE to a server of ours. */

import { OsteonError } from "../../errors.ts";
import type { FetchRequest, FetchTarget, IsWanted, PictureArchive, StudyContent } from "../archive.ts";
import { type BackOff, patientBackOff, withBackOff } from "../back-off.ts";
import type { ReceivedInstance } from "../instance-file.ts";
import type { InstanceReference, QueryAnswer, QueryKeys, QueryLevel, StudyQuery } from "../query.ts";
import { isUid } from "../storage-classes.ts";
import type { Association } from "./association.ts";
import { find } from "./c-find.ts";
import { get, getContexts } from "./c-get.ts";
import { move } from "./c-move.ts";
import { queryContext } from "./query-request.ts";
import {
  type AssociationWish,
  type DicomPeer,
  peerError,
  peerName,
  type RequestLimits,
  requestAssociation,
} from "./request-association.ts";
import { type StorageServer, startStorageServer } from "./storage-server.ts";

/** Where a C-MOVE's objects go: the archive must know our AE title with this machine's address and this port. */
export interface MoveReceiver {
  readonly host: string;
  readonly port: number;
}

/** How a DIMSE archive is spoken to. */
export interface DimseArchiveOptions {
  readonly peer: DicomPeer;
  /** Undefined gets objects by C-GET. */
  readonly receiver?: MoveReceiver | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly backOff?: BackOff;
  readonly limits?: Partial<RequestLimits>;
}

/** From the patient root no studies are found without their patients (PS3.4 annex C.4.1.2.1). */
const root = "study";
/** UIDs in the list of one request; archives that take no lists are asked for one object at a time. */
const instancesPerRequest = 32;

/** An association that is kept for the next request of its kind: the same contexts and roles. */
interface KeptAssociation {
  readonly kind: string;
  readonly association: Association;
}

/** An archive behind a DICOM node. Each request that runs at the same time as others has an association of its own. */
export class DimseArchive implements PictureArchive {
  readonly name: string;
  /** Few, because archives allow few associations; several, because each request waits for the archive more than it works. */
  readonly parallel = 3;
  readonly #options: DimseArchiveOptions;
  readonly #kept: KeptAssociation[] = [];
  readonly #listeners = new Set<(instance: ReceivedInstance) => void>();
  #server: Promise<StorageServer> | undefined;

  constructor(options: DimseArchiveOptions) {
    this.#options = options;
    this.name = peerName(options.peer);
  }

  async *findStudies({ keys, modalities }: StudyQuery): AsyncGenerator<string> {
    const seen = new Set<string>();
    for (const ModalitiesInStudy of modalities ?? [""]) {
      const found = await this.#find("STUDY", { StudyInstanceUID: "", ...keys, ModalitiesInStudy });
      for (const { StudyInstanceUID: uid = "" } of found) {
        if (seen.has(uid) || !isUid(uid)) continue;
        seen.add(uid);
        yield uid;
      }
    }
  }

  async findInstances(StudyInstanceUID: string, isWanted: IsWanted): Promise<StudyContent> {
    const series = await this.#find("SERIES", { StudyInstanceUID, SeriesInstanceUID: "", Modality: "" });
    const wanted = series.filter(({ Modality }) => isWanted(Modality));
    const instances: InstanceReference[] = [];
    let nameless = 0;
    for (const { SeriesInstanceUID = "" } of wanted) {
      const keys = { StudyInstanceUID, SeriesInstanceUID };
      const found = await this.#find("IMAGE", { ...keys, SOPInstanceUID: "", SOPClassUID: "" });
      for (const { SOPInstanceUID = "", SOPClassUID } of found) {
        if (!isUid(SOPInstanceUID)) nameless += 1;
        else instances.push({ ...keys, SOPInstanceUID, ...(SOPClassUID ? { SOPClassUID } : {}) });
      }
    }
    return { instances, otherSeries: series.length - wanted.length, nameless };
  }

  async fetch({ instances }: FetchRequest, target: FetchTarget): Promise<void> {
    const arrived = new Set<string>();
    const listener = ({ SOPInstanceUID }: ReceivedInstance): void => void arrived.add(SOPInstanceUID);
    const missing = (of: readonly InstanceReference[]): InstanceReference[] =>
      of.filter(({ SOPInstanceUID }) => !arrived.has(SOPInstanceUID));
    this.#listeners.add(listener);
    try {
      for (let start = 0; start < instances.length; start += instancesPerRequest) {
        const some = instances.slice(start, start + instancesPerRequest);
        await this.#retrieve(() => missing(some), target).catch(passRefusal);
      }
      if (instances.length === 1) return;
      for (const instance of missing(instances)) {
        await this.#retrieve(() => missing([instance]), target).catch(passRefusal);
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#kept.splice(0).map(({ association }) => association.release()));
    await (await this.#server)?.close();
  }

  #find(level: QueryLevel, keys: QueryKeys): Promise<QueryAnswer[]> {
    return this.#withAssociation({ contexts: [queryContext(root, "find")] }, async (association) => {
      const answers: QueryAnswer[] = [];
      for await (const answer of find(association, { root, level, keys })) answers.push(answer);
      return answers;
    });
  }

  /** @param left what is still to be asked for: after a lost connection, less than at first */
  async #retrieve(left: () => readonly InstanceReference[], target: FetchTarget): Promise<void> {
    const { peer, receiver } = this.#options;
    if (receiver) await this.#listen(receiver, target);
    const classes = [...new Set(left().flatMap(({ SOPClassUID }) => SOPClassUID ?? []))].sort();
    const wish = receiver ? { contexts: [queryContext(root, "move")] } : getContexts(root, classes);
    const onInstance = (instance: ReceivedInstance): void => this.#arrive(instance, target);
    await this.#withAssociation(wish, async (association) => {
      const instances = left();
      if (instances.length === 0) return;
      const { StudyInstanceUID, SeriesInstanceUID } = instances[0]!;
      const SOPInstanceUID = instances.map((instance) => instance.SOPInstanceUID).join("\\");
      const keys = { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID };
      const request = { root, level: "IMAGE", keys } as const;
      if (receiver) await move(association, { ...request, destination: peer.callingAeTitle });
      else await get(association, request, { folder: target.folder, onInstance, sender: peer.calledAeTitle });
    });
  }

  #arrive(instance: ReceivedInstance, { onInstance }: FetchTarget): void {
    for (const listener of this.#listeners) listener(instance);
    onInstance(instance);
  }

  /** Starts the server that a C-MOVE sends to, once: all that is fetched goes to one target. */
  async #listen({ host, port }: MoveReceiver, target: FetchTarget): Promise<void> {
    const { callingAeTitle, calledAeTitle } = this.#options.peer;
    this.#server ??= startStorageServer({
      aeTitle: callingAeTitle,
      allowed: [{ aeTitle: calledAeTitle, addresses: undefined }],
      host,
      port,
      folder: target.folder,
      onInstance: (instance) => this.#arrive(instance, target),
    });
    await this.#server;
  }

  /** Does work over an association, one kept from before where it is of the same kind; again after a lost connection. */
  #withAssociation<T>(
    wish: Pick<AssociationWish, "contexts" | "roles">,
    work: (association: Association) => Promise<T>,
  ): Promise<T> {
    const { peer, signal, limits, backOff = patientBackOff } = this.#options;
    const kind = JSON.stringify(wish);
    return withBackOff(
      async () => {
        const at = this.#kept.findIndex((kept) => kept.kind === kind);
        const association =
          at === -1
            ? await requestAssociation(peer, { ...wish, signal, ...(limits ? { limits } : {}) })
            : this.#kept.splice(at, 1)[0]!.association;
        try {
          const result = await work(association);
          await this.#keep({ kind, association });
          return result;
        } catch (error) {
          // The archive's own "no" leaves the association usable.
          if (error instanceof OsteonError) await this.#keep({ kind, association });
          else association.abort(error);
          throw peerError(error, peer);
        }
      },
      { backOff, signal },
    );
  }

  /** Keeps an association, and lets go of the one that has waited longest where there are many. */
  async #keep(kept: KeptAssociation): Promise<void> {
    this.#kept.push(kept);
    if (this.#kept.length > 2 * this.parallel) await this.#kept.shift()!.association.release();
  }
}

/** The archive does not know where to send. */
const unknownDestination = 0xa801;

/** An archive that answers "no" to a list may say "yes" to one object; the caller counts what is missing. */
const passRefusal = (error: unknown): void => {
  const status = error instanceof OsteonError && error.code === "unreachable" ? error.context.status : undefined;
  if (status === undefined || status === unknownDestination) throw error;
};
