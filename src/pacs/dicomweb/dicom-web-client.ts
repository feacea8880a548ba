/** A client of DICOMweb (PS3.18): searches (QIDO-RS), retrieves (WADO-RS) and stores (STOW-RS). */

import { openAsBlob } from "node:fs";
import { OsteonError } from "../../errors.ts";
import { Transient } from "../back-off.ts";
import type { ReceivedInstance } from "../instance-file.ts";
import { type QueryAnswer, type QueryKeys, type QueryKeyword, queryAttributes } from "../query.ts";
import { type ConnectionOptions, DicomWebConnection, type HttpAnswer } from "./connection.ts";
import { answerOf, type DicomJson, jsonItems, jsonTexts, parseDicomJson, tagHex } from "./dicom-json.ts";
import { boundaryOf, MultipartError, readMultipart } from "./multipart.ts";
import { receivePart } from "./receive-part.ts";

/** A study, one of its series, or one of that series' instances. */
export interface WadoResource {
  readonly StudyInstanceUID: string;
  readonly SeriesInstanceUID?: string;
  readonly SOPInstanceUID?: string;
}

/** What is searched for, below a study or a series where one is named. */
export interface SearchRequest {
  readonly kind: "studies" | "series" | "instances";
  readonly within?: WadoResource;
  readonly keys: QueryKeys;
  /** Asked for besides what the archive always gives. */
  readonly include?: readonly QueryKeyword[];
}

/** What became of instances that were sent. */
export interface StoreReport {
  readonly stored: readonly string[];
  /** The reason is a number of PS3.18 table I.2-2. */
  readonly failed: readonly { readonly SOPInstanceUID: string; readonly reason: string }[];
}

/** Answers asked for at once. */
const pageSize = 200;
/** A page of answers, or the metadata of a series, is no longer. */
const maximumJsonBytes = 64 * 2 ** 20;
const asItIs = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const json = "application/dicom+json";

const pathOf = ({ StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID }: WadoResource): string =>
  [
    `/studies/${StudyInstanceUID}`,
    ...(SeriesInstanceUID ? [`/series/${SeriesInstanceUID}`] : []),
    ...(SOPInstanceUID ? [`/instances/${SOPInstanceUID}`] : []),
  ].join("");

/** Identifies an answer among those of one search. */
const keyOf = ({ StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID }: QueryAnswer): string =>
  [StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID].join("/");

/** A client of one server. Every method throws as {@link DicomWebConnection.ask}. */
export class DicomWebClient {
  readonly connection: DicomWebConnection;

  constructor(options: ConnectionOptions) {
    this.connection = new DicomWebConnection(options);
  }

  /**
   * The answers to a search, page after page. The pages end where one brings nothing new, because servers give fewer answers
   * than asked for, and some know no pages.
   *
   * @example
   * for await (const { StudyInstanceUID } of client.search({ kind: "studies", keys: { ModalitiesInStudy: "CR" } })) list.push(StudyInstanceUID);
   */
  async *search({ kind, within, keys, include = [] }: SearchRequest): AsyncGenerator<QueryAnswer> {
    const seen = new Set<string>();
    for (let offset = 0; ; ) {
      const query = new URLSearchParams();
      for (const [keyword, value] of Object.entries(keys)) if (value !== "") query.append(keyword, value);
      for (const keyword of include) query.append("includefield", tagHex(queryAttributes[keyword][0]));
      query.append("limit", String(pageSize));
      query.append("offset", String(offset));
      const path = `${within ? pathOf(within) : ""}/${kind}`;
      const page = await this.connection.ask({ path, query, accept: json }, (answer) => this.#readJson(answer));
      let isNew = false;
      for (const answer of page.map(answerOf)) {
        if (seen.has(keyOf(answer))) continue;
        seen.add(keyOf(answer));
        isNew = true;
        yield answer;
      }
      if (!isNew) return;
      offset += page.length;
    }
  }

  /**
   * Retrieves instances to a folder, their bytes as the server stores them. A connection that is lost half-way is tried again
   * from its beginning, without what has arrived.
   *
   * @param wanted UIDs of the instances that may come; what comes besides them is thrown away
   */
  retrieve(
    resource: WadoResource,
    {
      folder,
      wanted,
      onInstance,
    }: {
      readonly folder: string;
      readonly wanted: ReadonlySet<string>;
      readonly onInstance: (instance: ReceivedInstance) => void;
    },
  ): Promise<void> {
    const arrived = new Set<string>();
    const isWanted = (uid: string): boolean => wanted.has(uid) && !arrived.has(uid);
    return this.connection.ask({ path: pathOf(resource), accept: asItIs }, async ({ contentType, chunks }) => {
      const take = async (body: AsyncIterable<Uint8Array>): Promise<void> => {
        const instance = await receivePart(body, { folder, isWanted });
        if (!instance) return;
        arrived.add(instance.SOPInstanceUID);
        onInstance(instance);
      };
      const boundary = boundaryOf(contentType);
      if (boundary === undefined) return take(chunks);
      try {
        for await (const { body } of readMultipart(chunks, boundary)) await take(body);
      } catch (error) {
        throw error instanceof MultipartError ? this.#broken(error) : error;
      }
    });
  }

  /** The attributes of each instance of a study or series, without pixels. */
  retrieveMetadata(resource: WadoResource): Promise<DicomJson[]> {
    return this.connection.ask({ path: `${pathOf(resource)}/metadata`, accept: json }, (answer) =>
      this.#readJson(answer),
    );
  }

  /** Sends DICOM files. */
  async store(paths: readonly string[]): Promise<StoreReport> {
    const boundary = `osteon-${crypto.randomUUID()}`;
    const parts: (string | Blob)[] = [];
    for (const path of paths) {
      parts.push(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`, await openAsBlob(path), "\r\n");
    }
    const post = {
      contentType: `multipart/related; type="application/dicom"; boundary=${boundary}`,
      body: new Blob([...parts, `--${boundary}--\r\n`]),
    };
    const [answer = {}] = await this.connection.ask({ path: "/studies", accept: json, post }, (response) =>
      this.#readJson(response),
    );
    const uidOf = (item: DicomJson): string => jsonTexts(item, 0x00081155)[0] ?? ""; // ReferencedSOPInstanceUID
    return {
      stored: jsonItems(answer, 0x00081199).map(uidOf), // ReferencedSOPSequence
      failed: jsonItems(answer, 0x00081198).map((item) => ({
        SOPInstanceUID: uidOf(item),
        reason: jsonTexts(item, 0x00081197)[0] ?? "", // FailureReason
      })),
    };
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  async #readJson({ status, chunks }: HttpAnswer): Promise<DicomJson[]> {
    if (status === 204) return [];
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maximumJsonBytes)
        throw new OsteonError("unreachable", `${this.connection.name} answers with more than 64 MiB to one search.`);
      parts.push(chunk);
    }
    const text = Buffer.concat(parts).toString("utf8");
    const parsed = text.trim() === "" ? [] : parseDicomJson(text);
    if (parsed) return parsed;
    throw new OsteonError(
      "unreachable",
      `${this.connection.name} does not answer in DICOM JSON; check that the URL is the root of its DICOMweb services.`,
    );
  }

  #broken(cause: MultipartError): Transient {
    const told = new OsteonError("unreachable", `${this.connection.name} broke off an answer.`, {}, cause);
    return new Transient(told, { attempts: 6 });
  }
}
