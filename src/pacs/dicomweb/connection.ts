/**
 * HTTP to a DICOMweb server: time-outs, authentication, redirects, tries after failures, and failures as sentences. Credentials
 * go to the server's own origin and nowhere else.
 */

import { once } from "node:events";
import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { pipeline } from "node:stream/promises";
import { OsteonError } from "../../errors.ts";
import { type BackOff, interrupted, patientBackOff, Transient, withBackOff } from "../back-off.ts";

/** How a server is spoken to. */
export interface ConnectionOptions {
  /** The root of its services, such as https://host/dicom-web. */
  readonly url: string;
  /** The value of the Authorization header. */
  readonly authorization?: string | undefined;
  /** Certificates of the authorities that are trusted, PEM; those that Node knows by default. */
  readonly ca?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly backOff?: BackOff;
  readonly limits?: Partial<HttpLimits>;
}

/** How long to wait, in milliseconds. */
export interface HttpLimits {
  readonly connectMs: number;
  /** For the beginning of an answer. */
  readonly answerMs: number;
  /** Between two chunks of it. */
  readonly silenceMs: number;
}

const defaultHttpLimits: HttpLimits = { connectMs: 10_000, answerMs: 120_000, silenceMs: 60_000 };

/** One request below the root. */
export interface HttpRequest {
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly accept: string;
  readonly post?: { readonly contentType: string; readonly body: Blob };
}

/** An answer with a status that is no failure. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  /** A lost connection is thrown as {@link Transient}. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

const maximumRedirects = 5;
/** A server that fails inside may do so for this request only. */
const triesAfterInternalError = 4;
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Requests to one server. Close it when done. */
export class DicomWebConnection {
  /** Names the server in sentences. */
  readonly name: string;
  readonly #root: URL;
  readonly #options: ConnectionOptions;
  readonly #limits: HttpLimits;
  readonly #agents: Readonly<Record<string, Agent>>;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#root = new URL(options.url);
    this.name = `the server at ${this.#root.host}`;
    this.#limits = { ...defaultHttpLimits, ...options.limits };
    const pool = { keepAlive: true, maxSockets: 8 };
    const trust = options.ca === undefined ? {} : { ca: options.ca };
    this.#agents = { "http:": new Agent(pool), "https:": new SecureAgent({ ...pool, ...trust }) };
  }

  /**
   * Asks, and hands the answer to `use`; asks and uses again after a lost connection.
   *
   * @throws OsteonError `not-found`, `bad-input` where the credentials are refused, `unreachable`, `interrupted`; what `use` throws
   */
  ask<T>(request: HttpRequest, use: (answer: HttpAnswer) => Promise<T>): Promise<T> {
    const { backOff = patientBackOff, signal } = this.#options;
    return withBackOff(
      async () => {
        const response = await this.#send(request);
        try {
          const contentType = response.headers["content-type"] ?? "";
          return await use({ status: response.statusCode!, contentType, chunks: this.#chunks(response) });
        } finally {
          if (!response.complete) response.destroy();
          else response.resume();
        }
      },
      { backOff, signal },
    );
  }

  async close(): Promise<void> {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  async #send(request: HttpRequest): Promise<IncomingMessage> {
    let url = new URL(`${this.#root.href.replace(/\/$/, "")}${request.path}`);
    if (request.query) url.search = request.query.toString();
    for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
      const response = await this.#sendTo(url, request);
      const { location } = response.headers;
      const status = response.statusCode!;
      if (status >= 200 && status < 300) return response;
      response.destroy();
      if (status >= 400 || location === undefined) throw this.#statusError(response);
      url = this.#redirected(url, location, request);
    }
    throw this.#failure(`${this.name} redirects in circles; check the URL.`);
  }

  #redirected(from: URL, location: string, { post }: HttpRequest): URL {
    const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
    const isSafe = to && (to.protocol === "https:" || (to.protocol === "http:" && from.protocol === "http:"));
    if (!isSafe || post) {
      const advice = post ? "name the URL it redirects to" : "such a redirect is not followed";
      throw this.#failure(`${this.name} redirects elsewhere; ${advice}.`);
    }
    to.username = "";
    to.password = "";
    return to;
  }

  async #sendTo(url: URL, { accept, post }: HttpRequest): Promise<IncomingMessage> {
    const { authorization, signal } = this.#options;
    const isOwn = url.origin === this.#root.origin;
    const send = url.protocol === "https:" ? secureRequest : plainRequest;
    const request = send(url, {
      agent: this.#agents[url.protocol]!,
      method: post ? "POST" : "GET",
      headers: {
        accept,
        ...(authorization !== undefined && isOwn ? { authorization } : {}),
        ...(post ? { "content-type": post.contentType, "content-length": post.body.size } : {}),
      },
      ...(signal ? { signal } : {}),
    });
    request.on("error", () => {}); // told where it is awaited; a late one changes nothing
    const stop = this.#watch(request);
    try {
      const response = once(request, "response") as Promise<[IncomingMessage]>;
      if (post) await Promise.race([pipeline(post.body.stream(), request), response]);
      else request.end();
      return (await response)[0];
    } catch (error) {
      request.destroy();
      throw this.#connectionError(error);
    } finally {
      stop();
    }
  }

  /** Ends a request that does not get a connection, or no answer, in time. */
  #watch(request: ClientRequest): () => void {
    const end = (code: string): void => void request.destroy(Object.assign(new Error(code), { code }));
    const connecting = setTimeout(() => end("ETIMEDOUT"), this.#limits.connectMs);
    const answering = setTimeout(() => end("NO_ANSWER"), this.#limits.answerMs);
    request.once("socket", (socket) => {
      if (socket.connecting) socket.once("connect", () => clearTimeout(connecting));
      else clearTimeout(connecting);
    });
    return () => {
      clearTimeout(connecting);
      clearTimeout(answering);
    };
  }

  async *#chunks(response: IncomingMessage): AsyncGenerator<Uint8Array> {
    const chunks = response[Symbol.asyncIterator]();
    const silent = (): void =>
      void response.destroy(Object.assign(new Error("The server is silent."), { code: "SILENCE" }));
    try {
      for (;;) {
        const timer = setTimeout(silent, this.#limits.silenceMs);
        const { done, value } = await chunks
          .next()
          .catch((error) => {
            throw this.#connectionError(error);
          })
          .finally(() => clearTimeout(timer));
        if (done) return;
        yield value;
      }
    } finally {
      await chunks.return?.().catch(() => {}); // it may have failed
    }
  }

  #statusError(response: IncomingMessage): Error {
    const status = response.statusCode!;
    if (status === 401 || status === 403) return this.#refusal(status);
    if (status === 404 || status === 410)
      return new OsteonError("not-found", `${this.name} knows nothing at this URL (404); check its path.`, { status });
    const told = this.#failure(`${this.name} failed with the HTTP status ${status}.`, { status });
    if (!passing.has(status)) return told;
    const waitMs = retryAfterMs(response.headers["retry-after"]);
    return new Transient(told, {
      ...(waitMs === undefined ? {} : { waitMs }),
      ...(status === 500 ? { attempts: triesAfterInternalError } : {}),
    });
  }

  #refusal(status: number): OsteonError {
    const sentence =
      this.#options.authorization === undefined
        ? `${this.name} asks for a password or a token (${status}); give one with --user-file or --token-file.`
        : status === 401
          ? `${this.name} refused the credentials (401); check the file of --user-file or --token-file.`
          : `${this.name} does not let this user read here (403); ask its administrator.`;
    return new OsteonError("bad-input", sentence, { status });
  }

  #failure(sentence: string, context: Record<string, unknown> = {}, cause?: unknown): OsteonError {
    return new OsteonError("unreachable", sentence, context, cause);
  }

  #connectionError(error: unknown): Error {
    if (this.#options.signal?.aborted) return interrupted();
    const code = codeOf(error);
    if (code.startsWith("HPE_")) return this.#failure(`${this.name} does not speak HTTP as it should (${code}).`);
    const certificate = certificateTrouble(code);
    if (certificate) return this.#failure(`${this.name} is not trusted: ${certificate}.`, { code }, error);
    const told = this.#failure(`The connection to ${this.name} failed: ${connectionTrouble(code)}.`, { code }, error);
    return new Transient(told);
  }
}

const codeOf = (error: unknown): string => {
  for (let at = error as (Error & { code?: unknown; errors?: unknown[] }) | undefined; at; at = at.cause as typeof at) {
    if (typeof at.code === "string") return at.code;
    const [first] = at.errors ?? []; // several addresses were tried
    if (first) return codeOf(first);
  }
  return "unknown error";
};

const certificateTrouble = (code: string): string | undefined => {
  if (code === "CERT_HAS_EXPIRED") return "its certificate has expired";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return "its certificate is for another host";
  if (/CERT|ISSUER|LEAF_SIGNATURE/.test(code))
    return `its certificate is of no known authority (${code}); give the authority's certificate with --ca-file`;
  if (/SSL|EPROTO|TLS/.test(code)) return `it does not speak TLS as it should (${code}); check https:// and the port`;
  return undefined;
};

const connectionTrouble = (code: string): string => {
  const sentences: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nothing listens there; check the URL and whether the server runs",
    ENOTFOUND: "the host is not known; check the URL",
    EAI_AGAIN: "the host's name cannot be looked up now",
    ECONNRESET: "it closed the connection",
    EPIPE: "it closed the connection",
    ETIMEDOUT: "it does not answer; check the address and the firewall",
    NO_ANSWER: "it did not answer in time",
    SILENCE: "it stopped in the middle of an answer",
    EHOSTUNREACH: "there is no way to this host; check the network",
    ENETUNREACH: "there is no way to this host; check the network",
  };
  return sentences[code] ?? code;
};

/** Retry-After in seconds (RFC 9110 section 10.2.3); a date is left to the back-off. */
const retryAfterMs = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,6}$/.test(value.trim()) ? Number(value) * 1000 : undefined;
