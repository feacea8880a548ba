/** The server's API as functions: JSON in and out, problems as errors. */

import type { Problem } from "../../../src/contract/problem.ts";
import { noteUnreachable } from "./connection.ts";

/** The server refused or failed; `problem.code` is what a page translates. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

let csrfToken: string | null = null;

/** Told when the session is read; sent with every request that changes something. */
export const rememberCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

let tellLoggedOut = (): void => {};

/** Calls the listener when the server answers that nobody is logged in any more; gives what takes it back. */
export const onLoggedOut = (listener: () => void): (() => void) => {
  tellLoggedOut = listener;
  return () => {
    tellLoggedOut = () => {};
  };
};

/** The headers of a request that changes something. */
export const changeHeaders = (): Record<string, string> => (csrfToken === null ? {} : { "x-csrf-token": csrfToken });

/** The words behind "?" of an address; what is undefined is left out, a list is repeated. */
export type Search = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** An address with its search words. */
export const addressOf = (path: string, search: Search = {}): string => {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) words.append(name, String(one));
  }
  return words.size > 0 ? `${path}?${words}` : path;
};

/** Reads. */
export const get = async <T>(path: string, search?: Search, signal?: AbortSignal): Promise<T> =>
  jsonOf<T>(await answerOf(addressOf(path, search), signal ? { signal } : {}));

/** Reads bytes. */
export const getBytes = async (path: string, signal?: AbortSignal): Promise<ArrayBuffer> =>
  (await answerOf(path, signal ? { signal } : {})).arrayBuffer();

type Method = "POST" | "PUT" | "PATCH" | "DELETE";

/** Changes: POST, PUT, PATCH or DELETE with a JSON body, or bytes as they are. */
export const change = async <T>(method: Method, path: string, body?: object | Blob, signal?: AbortSignal): Promise<T> =>
  jsonOf<T>(await answerOf(path, changeInit(method, body, signal)));

/** Asks for a file with what must not stand in an address. */
export const fetchFile = async (path: string, body: object): Promise<Blob> =>
  (await answerOf(path, changeInit("POST", body))).blob();

const changeInit = (method: Method, body?: object | Blob, signal?: AbortSignal): RequestInit => {
  const isBytes = body instanceof Blob;
  const type = isBytes ? "application/octet-stream" : "application/json";
  return {
    method,
    headers: { ...changeHeaders(), ...(body === undefined ? {} : { "content-type": type }) },
    ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  };
};

const jsonOf = async <T>(response: Response): Promise<T> =>
  (response.status === 204 ? undefined : await response.json()) as T;

const answerOf = async (address: string, init: RequestInit): Promise<Response> => {
  let response: Response;
  try {
    response = await fetch(address, { credentials: "same-origin", ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    noteUnreachable();
    throw new ApiError({ status: 0, code: "unreachable", detail: "The server does not answer." });
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.code === "not-logged-in") tellLoggedOut();
    throw new ApiError(problem);
  }
  return response;
};

const problemOf = async (response: Response): Promise<Problem> => {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { status: response.status, code: "failed", detail: response.statusText };
  }
};
