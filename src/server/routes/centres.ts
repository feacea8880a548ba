/** Other centres: asked by who links, answered by who signs, looked after by administrators. */

import { z } from "zod";
import {
  centre,
  centreChange,
  centrePolicy,
  centrePolicyChange,
  centreSettings,
  centreToAdd,
  inquiry,
  signedMessage,
} from "../../contract/centres.ts";
import { boxToKeep } from "../../contract/queries.ts";
import { OsteonError } from "../../errors.ts";
import type { App } from "../app.ts";
import { changePolicy } from "../centres/policy-settings.ts";
import { checkBox, toLink } from "../link/link-service.ts";
import type { Services } from "../services.ts";

const anId = z.object({ id: z.string().max(100) });

/** A question has less than a thousand bytes. */
const mostQuestionBytes = 32_768;

export const centreRoutes = (app: App, services: Services): void => {
  betweenCentres(app, services);
  inquiryRoutes(app, services);
  administratorRoutes(app, services);
};

/** What another centre's server asks: its signature stands for a login. */
const betweenCentres = (app: App, { centres }: Services): void => {
  app.post(
    "/api/centres/query",
    {
      bodyLimit: mostQuestionBytes,
      config: { role: "public", isSigned: true },
      schema: {
        description: "A code by which another centre asks for its nearest past patients; signed, and so is the answer.",
        body: signedMessage,
        response: { 200: signedMessage },
      },
    },
    async (request) => {
      let asking: string | undefined;
      try {
        const answer = await centres.answer(request.body, request.ip, {
          onKnown: (id) => {
            asking = id;
          },
          onPaused: (id) => request.audit("paused centre", id, "done"),
        });
        request.audit("answered centre", asking!);
        return answer;
      } catch (error) {
        if (asking !== undefined && centres.noteRefusal(asking)) request.audit("answered centre", asking, "refused");
        throw withoutOwnAffairs(error);
      }
    },
  );
};

/** What is wrong with this centre's own databases and files is told its own people: another hears that there is no answer now. */
const withoutOwnAffairs = (error: unknown): unknown =>
  error instanceof OsteonError && (error.code === "database-unreachable" || error.code === "corrupt-store")
    ? new OsteonError(error.code, "This centre cannot answer just now; ask again later.", {}, error)
    : error;

/** What who links asks other centres about a query. */
const inquiryRoutes = (app: App, { centres, link }: Services): void => {
  app.get(
    "/api/queries/:id/centres",
    {
      config: { role: "viewer", isAskedByItself: true },
      schema: { params: anId, response: { 200: inquiry } },
    },
    async ({ params: { id }, person }) => {
      await link.find(id, person!);
      return centres.inquiry(id);
    },
  );
  app.post(
    "/api/queries/:id/centres",
    {
      config: { role: "viewer" },
      schema: {
        description: "Asks other centres, by the code of the query's radiograph or lesion and nothing else.",
        params: anId,
        body: boxToKeep,
        response: { 202: inquiry },
      },
    },
    async (request, reply) => {
      const { params, body, person } = request;
      const query = await link.find(params.id, person!);
      checkBox(query, body.box);
      const place = { ...toLink(query, body.box), query: query.id };
      const begun = await centres.ask(place, (id) => request.audit("asked centre", `${id} ${query.id}`));
      return reply.status(202).send(begun);
    },
  );
};

const administratorRoutes = (app: App, { home, centres }: Services): void => {
  app.get(
    "/api/centres",
    { config: { role: "administrator" }, schema: { response: { 200: centreSettings } } },
    async () => centres.show(),
  );
  app.patch(
    "/api/centres/policy",
    {
      config: { role: "administrator", audit: "changed terms towards centres" },
      schema: { body: centrePolicyChange, response: { 200: centrePolicy } },
    },
    async ({ body }) => changePolicy(home.database, body),
  );
  app.post(
    "/api/centres",
    { config: { role: "administrator" }, schema: { body: centreToAdd, response: { 201: centre } } },
    async (request, reply) => {
      const added = await centres.add(request.body);
      request.audit("added centre", added.id);
      return reply.status(201).send(added);
    },
  );
  app.patch(
    "/api/centres/:id",
    {
      config: { role: "administrator", audit: "changed centre" },
      schema: { params: anId, body: centreChange, response: { 200: centre } },
    },
    async ({ params: { id }, body }) => centres.change(id, body),
  );
  app.delete(
    "/api/centres/:id",
    {
      config: { role: "administrator", audit: "removed centre" },
      schema: { params: anId, response: { 204: z.null() } },
    },
    async ({ params: { id } }, reply) => {
      await centres.remove(id);
      return reply.status(204).send(null);
    },
  );
  app.get(
    "/api/centres/network/export",
    {
      config: { role: "administrator", audit: "exported common network" },
      schema: { produces: ["application/octet-stream"], response: { 200: z.any() } },
    },
    async (_, reply) => {
      const bytes = await centres.networkFile();
      reply
        .type("application/octet-stream")
        .header("content-disposition", 'attachment; filename="common-network.safetensors"');
      return reply.send(bytes);
    },
  );
};
