/** The web application: what happens to every request, in this order, and which routes there are. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyCookie from "@fastify/cookie";
import fastifyHelmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import fastifySwagger from "@fastify/swagger";
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from "fastify";
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { Role } from "../contract/roles.ts";
import type { Person } from "../contract/session.ts";
import { guardAccess } from "./access/guard-access.ts";
import { limitRequests } from "./access/limit-requests.ts";
import { makeServer } from "./access/make-server.ts";
import { keepOutOfCaches, securityHeaders } from "./access/security-headers.ts";
import { answerBadAddress, answerError, answerNotFound } from "./answer-error.ts";
import { listApiRoutes } from "./api-routes.ts";
import { guardHost } from "./guard-host.ts";
import { logRequests } from "./logs/log.ts";
import { parseJsonOnly } from "./parse-json.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { atlasRoutes } from "./routes/atlas.ts";
import { atlasGuideRoutes } from "./routes/atlas-guide.ts";
import { atlasModelRoutes } from "./routes/atlas-model.ts";
import { auditRoutes } from "./routes/audit.ts";
import { centreRoutes } from "./routes/centres.ts";
import { cohortRoutes } from "./routes/cohorts.ts";
import { doubtRoutes } from "./routes/doubts.ts";
import { healthRoutes } from "./routes/health.ts";
import { imageRoutes } from "./routes/images.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { pictureRoutes } from "./routes/pictures.ts";
import { queryRoutes } from "./routes/queries.ts";
import { reviewRoutes } from "./routes/review.ts";
import { runRoutes } from "./routes/runs.ts";
import { sessionRoutes } from "./routes/session.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { singleSignOnRoutes } from "./routes/single-sign-on.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import { vocabularyRoutes } from "./routes/vocabulary.ts";
import type { Services } from "./services.ts";

/** The application, whose routes are checked and typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may use the route; every route says it. `public` needs no login. */
    readonly role?: Role | "public";
    /** What the audit log says when the route was used, such as `viewed image`. The subject is the parameter `id`. */
    readonly audit?: string;
    /** Whether the page asks by itself, which is no sign of a person at the browser. */
    readonly isAskedByItself?: boolean;
    /** Whether a person may come from another site's page, as from an identity provider. */
    readonly fromElsewhere?: boolean;
    /** Whether the request proves by a signature of its own who sends it: no page does, and no browser's session counts. */
    readonly isSigned?: boolean;
  }
  interface FastifyRequest {
    /** Who asks; set before any route of a role runs. */
    person: Person | null;
  }
}

/** How the application answers. */
export interface AppOptions {
  /** The folder of the built pages; none where only the API is wanted. */
  readonly pages?: string;
  readonly version: string;
}

/** Makes the application; it does not listen yet. */
export const makeApp = async (services: Services, { pages, version }: AppOptions): Promise<App> => {
  const { door } = services.access;
  const app: App = fastify({
    loggerInstance: services.log,
    logController: new LogController({ disableRequestLogging: true }), // logRequests says what may be said
    bodyLimit: 2 ** 20,
    trustProxy: door.proxies.length > 0 ? [...door.proxies] : false,
    frameworkErrors: answerBadAddress,
    serverFactory: (handler) => makeServer(handler, door),
  }).withTypeProvider<ZodTypeProvider>();
  app.addHook("preClose", async () => services.events.disconnect()); // streams would keep the server from ending
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  app.decorateRequest("person", null);
  listApiRoutes(app);
  parseJsonOnly(app);
  logRequests(app, services.log);
  app.addHook("onRequest", guardHost(door));
  await app.register(fastifyHelmet, securityHeaders(door));
  keepOutOfCaches(app);
  await app.register(fastifyCookie);
  await limitRequests(app, door);
  guardAccess(app, services.access);
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Osteon", version, description: "Decision support for research. Not a medical device." },
    },
    transform: jsonSchemaTransform,
  });
  app.get("/api/openapi.json", { config: { role: "public" }, schema: { hide: true } }, () => app.swagger());
  sessionRoutes(app, services, { version });
  singleSignOnRoutes(app, services);
  accountRoutes(app, services);
  settingsRoutes(app, services);
  auditRoutes(app, services);
  atlasRoutes(app, services);
  atlasGuideRoutes(app, services);
  atlasModelRoutes(app, services);
  vocabularyRoutes(app, services);
  cohortRoutes(app, services);
  doubtRoutes(app, services);
  reviewRoutes(app, services);
  healthRoutes(app, services);
  jobRoutes(app, services);
  await uploadRoutes(app, services);
  imageRoutes(app, services);
  runRoutes(app, services);
  queryRoutes(app, services);
  pictureRoutes(app, services);
  centreRoutes(app, services);
  if (pages !== undefined && existsSync(join(pages, "index.html"))) await servePages(app, pages);
  return app;
};

/**
 * The built pages; an address of words without a file is one of the single page's own. The names of assets change with what
 * is in them, so browsers keep them; all else they ask for each time. The build has compressed them.
 */
const servePages = async (app: App, pages: string): Promise<void> => {
  const assets = join(pages, "assets");
  await app.register(fastifyStatic, {
    root: pages,
    wildcard: false,
    index: false,
    preCompressed: true,
    globIgnore: ["**/*.br"],
    cacheControl: false,
    setHeaders: (reply, path) =>
      reply.header("cache-control", path.startsWith(assets) ? "public, max-age=31536000, immutable" : "no-cache"),
  });
  const answerPage = ({ url }: FastifyRequest, reply: FastifyReply): unknown =>
    /^\/api\b|\.[^/]*$/.test(url.replace(/\?.*/s, "")) ? reply.callNotFound() : reply.sendFile("index.html");
  for (const path of ["/", "/:page([a-z]+)", "/:page([a-z]+)/*"]) app.get(path, { schema: { hide: true } }, answerPage);
};
