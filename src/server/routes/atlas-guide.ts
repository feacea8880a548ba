/** What guides the labelling of the atlas: suggestions, splits of clusters, and decisions on single radiographs. */

import { z } from "zod";
import { imageId } from "../../clinic/ids.ts";
import {
  clusterSplit,
  clusterSplits,
  type Guide,
  memberDecisions,
  newMemberDecision,
  newSplit,
  splitPreview,
  splitQuery,
  suggestions,
  suggestionsQuery,
} from "../../contract/atlas-guide.ts";
import type { Person } from "../../contract/session.ts";
import {
  type Acting,
  decideOnMembers,
  findClustering,
  listClusterSplits,
  listMemberDecisions,
  undoClusterSplit,
} from "../../store/index.ts";
import {
  discloseAll,
  previewSplit,
  type ShownGuide,
  showGuide,
  splitClusterInParts,
} from "../../systems/atlas/index.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

const aClustering = z.object({ id: z.string().max(100) });
const aCluster = aClustering.extend({ cluster: z.coerce.number().int().min(1).max(1_000_000) });

export const atlasGuideRoutes = (app: App, services: Services): void => {
  suggestionRoutes(app, services);
  splitRoutes(app, services);
  outlierRoutes(app, services);
};

const suggestionRoutes = (app: App, { home }: Services): void => {
  app.get(
    "/api/atlas/clusterings/:id/suggestions",
    {
      config: { role: "annotator" },
      schema: { params: aClustering, querystring: suggestionsQuery, response: { 200: suggestions } },
    },
    async (request) => {
      const { person, query, params } = request;
      const { id } = await findClustering(home.database, params.id);
      if (query.labels === "settled") {
        request.audit("viewed suggestions from all labels", id);
        await discloseAll(home.database, id, person!.id);
      }
      const { progress, guide, unavailable } = await showGuide(home, id, { person: person!.id, labels: query.labels });
      return { progress, guide: guide && toGuide(guide), unavailable };
    },
  );
};

const splitRoutes = (app: App, { home, now }: Services): void => {
  const { database } = home;

  app.get(
    "/api/atlas/clusterings/:id/splits",
    { config: { role: "viewer" }, schema: { params: aClustering, response: { 200: clusterSplits } } },
    async ({ params }) => {
      const { id } = await findClustering(database, params.id);
      const splits = await listClusterSplits(database, id);
      return {
        splits: splits.map(({ cluster, parts, by, at }) => ({ cluster, parts: [...parts], by, at: at.toISOString() })),
      };
    },
  );

  app.get(
    "/api/atlas/clusterings/:id/clusters/:cluster/split",
    {
      config: { role: "annotator" },
      schema: { params: aCluster, querystring: splitQuery, response: { 200: splitPreview } },
    },
    async ({ params, query }) => {
      const { id } = await findClustering(database, params.id);
      const parts = await previewSplit(home, { clustering: id, cluster: params.cluster, parts: query.parts });
      return { cluster: params.cluster, parts: parts.map((part) => ({ images: part.map(({ image }) => image) })) };
    },
  );

  app.post(
    "/api/atlas/clusterings/:id/clusters/:cluster/split",
    {
      config: { role: "annotator" },
      schema: { params: aCluster, body: newSplit, response: { 201: clusterSplit } },
    },
    async (request, reply) => {
      const { params, body, person } = request;
      const { id } = await findClustering(database, params.id);
      const at = now();
      const parts = await splitClusterInParts(home, {
        clustering: id,
        cluster: params.cluster,
        parts: body.parts ?? undefined,
        id: body.id,
        acting: actingOf(person!, at),
      });
      request.audit("split cluster", `${id}/${params.cluster}`);
      const by = { id: person!.id, name: person!.name };
      return reply.status(201).send({ cluster: params.cluster, parts, by, at: at.toISOString() });
    },
  );

  app.delete(
    "/api/atlas/clusterings/:id/clusters/:cluster/split",
    { config: { role: "annotator" }, schema: { params: aCluster } },
    async (request, reply) => {
      const { params, person } = request;
      const { id } = await findClustering(database, params.id);
      await undoClusterSplit(database, id, { cluster: params.cluster, by: person!.id, at: now() });
      request.audit("undid split of cluster", `${id}/${params.cluster}`);
      return reply.status(204).send();
    },
  );
};

const outlierRoutes = (app: App, { home: { database }, now }: Services): void => {
  app.get(
    "/api/atlas/clusterings/:id/outliers",
    { config: { role: "annotator" }, schema: { params: aClustering, response: { 200: memberDecisions } } },
    async ({ params }) => {
      const { id } = await findClustering(database, params.id);
      const decisions = await listMemberDecisions(database, id);
      return { decisions: decisions.map(({ at, ...decision }) => ({ ...decision, at: at.toISOString() })) };
    },
  );

  app.post(
    "/api/atlas/clusterings/:id/outliers",
    { config: { role: "annotator" }, schema: { params: aClustering, body: newMemberDecision } },
    async (request, reply) => {
      const { params, body, person } = request;
      const { id } = await findClustering(database, params.id);
      await decideOnMembers(database, id, {
        decision: { ...body, images: body.images.map(imageId) },
        acting: actingOf(person!, now()),
      });
      request.audit("decided on radiographs of cluster", `${id}/${body.cluster}`);
      return reply.status(204).send();
    },
  );
};

const actingOf = ({ id, name }: Person, at: Date): Acting => ({ reader: id, readerName: name, at });

const toGuide = ({ madeAt, ...guide }: NonNullable<ShownGuide["guide"]>): Guide =>
  // It was read from JSON, whose lists nobody else holds.
  ({ ...guide, madeAt: madeAt.toISOString() }) as Guide;
