/** Errors as problem details (RFC 9457): a status, a code and a sentence, and nothing of what is inside. */

import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { Problem } from "../contract/problem.ts";
import { type ErrorCode, OsteonError } from "../errors.ts";
import { framesOf } from "./logs/log.ts";

const statusOf: Readonly<Record<ErrorCode, number>> = {
  "bad-usage": 400,
  "bad-input": 422,
  "not-found": 404,
  "shape-mismatch": 500,
  "home-locked": 503,
  "corrupt-store": 500,
  interrupted: 503,
  unreachable: 502,
  "database-unreachable": 503,
  unsupported: 501,
  "not-logged-in": 401,
  "wrong-login": 401,
  "not-allowed": 403,
  "too-many-requests": 429,
  conflict: 409,
  "too-large": 413,
  "no-room": 507,
  "not-trained": 409,
  "not-indexed": 409,
  busy: 503,
};

/** What the status codes that fastify gives by itself mean to a person. */
const sentences: Readonly<Record<number, string>> = {
  400: "The request is malformed.",
  401: "Log in first.",
  403: "This role may not do that.",
  404: "There is nothing at this address.",
  413: "The request is larger than this server takes.",
  415: "The request's content type is not understood here.",
  429: "Too many requests; wait a moment.",
};

/** Answers an error; what was not expected is told as such, without its message. */
export const answerError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  const problem = withoutWordsOf(request, problemOf(error));
  if (problem.retrySeconds !== undefined) reply.header("retry-after", problem.retrySeconds);
  if (problem.status === 500)
    request.log.error(
      { route: request.routeOptions.url, code: problem.code, frames: framesOf(error) },
      "a request failed",
    );
  send(reply, problem);
};

/** When to ask again: what is busy soon, what counts requests when it says. */
const retrySecondsOf = ({ code, context }: OsteonError): number | undefined => {
  if (code === "busy" || code === "database-unreachable") return 2;
  return typeof context.retrySeconds === "number" ? context.retrySeconds : undefined;
};

/** A sentence for the command line names what was looked for; here that is a word of the address, which might be a patient's. */
const withoutWordsOf = ({ params }: FastifyRequest, problem: Problem): Problem => {
  const words = Object.values(params ?? {}).map((word) => JSON.stringify(word));
  return { ...problem, detail: words.reduce((text, word) => text.replaceAll(word, "of this name"), problem.detail) };
};

/** Answers an address that leads nowhere. */
export const answerNotFound = (_request: FastifyRequest, reply: FastifyReply): void => {
  send(reply, { status: 404, code: "not-found", detail: sentences[404]! });
};

/** Answers an address that cannot be read, which no hook sees: by itself fastify would repeat it, and it may hold a name. */
export const answerBadAddress = ({ statusCode }: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
  reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
  send(reply, { status: statusCode ?? 400, code: "bad-usage", detail: sentences[400]! });
};

const send = (reply: FastifyReply, problem: Problem): void => {
  reply.status(problem.status).type("application/problem+json").serializer(JSON.stringify).send(problem);
};

const problemOf = (error: FastifyError | OsteonError): Problem => {
  if (error instanceof OsteonError) {
    const retrySeconds = retrySecondsOf(error);
    return {
      status: statusOf[error.code],
      code: error.code,
      detail: error.message,
      ...(retrySeconds === undefined ? {} : { retrySeconds }),
    };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const places = error.validation.map(({ instancePath, message }) => ({
      path: instancePath,
      message: (message ?? "").replace(/^Unrecognized key.*/s, "Unrecognized field"), // which might be a patient's name
    }));
    return { status: 400, code: "bad-usage", detail: sentences[400]!, places };
  }
  const status = error.statusCode ?? 500;
  const detail = sentences[status];
  if (status < 500 && detail) return { status, code: status === 404 ? "not-found" : "bad-usage", detail };
  return { status: 500, code: "failed", detail: "Something went wrong that should not; the server's log says where." };
};
