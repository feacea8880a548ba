/** The archive in clusters: montages for readers, their labels, agreement, and what is to be decided. */

import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import type { StandingLabel } from "../../clinic/atlas/fold-actions.ts";
import {
  atlasRegion,
  type ClusterAction,
  cluster,
  clusterActions,
  clusterActionsAnswer,
  clusteringOverview,
  clusteringSummary,
  disagreement,
  newRegion,
} from "../../contract/atlas.ts";
import { OsteonError } from "../../errors.ts";
import {
  addRegion,
  appendClusterActions,
  type ClusteringSummary,
  findClustering,
  listClusterings,
  listRegions,
  type NewClusterAction,
  readClusters,
} from "../../store/index.ts";
import {
  agreements,
  countSettled,
  discloseAll,
  exportLabels,
  labelsByName,
  progressOfReaders,
  type Readings,
  readerOf,
  showClusters,
  showDisagreements,
} from "../../systems/atlas/index.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

const aClustering = z.object({ id: z.string().max(100) });
const aCluster = aClustering.extend({ cluster: z.coerce.number().int().min(1).max(1_000_000) });

/** A clustering never changes, so what a browser has of it stays good. */
const forGood = "private, max-age=31536000, immutable";

export const atlasRoutes = (app: App, services: Services): void => {
  regionRoutes(app, services);
  clusteringRoutes(app, services);
  labelRoutes(app, services);
};

const regionRoutes = (app: App, { home: { database }, now }: Services): void => {
  app.get(
    "/api/atlas/regions",
    { config: { role: "viewer" }, schema: { response: { 200: z.object({ regions: z.array(atlasRegion) }) } } },
    async () => ({ regions: (await listRegions(database)).map(toRegion) }),
  );

  app.post(
    "/api/atlas/regions",
    { config: { role: "annotator" }, schema: { body: newRegion, response: { 201: atlasRegion } } },
    async (request, reply) => {
      const { name, de } = request.body;
      const region = { name, ...(de === undefined ? {} : { de }) };
      const added = await addRegion(database, region, { by: request.person!.id, at: now() });
      request.audit("added region", added.name);
      return reply.status(201).send(toRegion(added));
    },
  );
};

const clusteringRoutes = (app: App, { home: { database } }: Services): void => {
  app.get(
    "/api/atlas/clusterings",
    {
      config: { role: "viewer" },
      schema: { response: { 200: z.object({ clusterings: z.array(clusteringSummary) }) } },
    },
    async () => ({ clusterings: (await listClusterings(database)).map(toSummary) }),
  );

  app.get(
    "/api/atlas/clusterings/:id",
    { config: { role: "viewer" }, schema: { params: aClustering, response: { 200: clusteringOverview } } },
    async ({ params, person }) => {
      const clustering = await findClustering(database, params.id);
      const { readings, clusters } = await showClusters(database, clustering.id, person!.id);
      const { settled, disputed } = countSettled(readings);
      return {
        clustering: toSummary(clustering),
        clusters,
        readers: progressOfReaders(readings),
        agreements: agreements(readings).map(({ items, readers: [first, second], interval, ...rest }) => ({
          ...rest,
          readers: [first, second] as [typeof first, typeof second],
          interval: interval && ([...interval] as [number, number]),
          clusters: items,
        })),
        settledClusters: settled,
        disputedClusters: disputed,
      };
    },
  );

  app.get(
    "/api/atlas/clusterings/:id/clusters/:cluster",
    {
      config: { role: "viewer" },
      schema: { params: aCluster, response: { 200: cluster } },
    },
    async (request, reply) => {
      const { params } = request;
      const { id } = await findClustering(database, params.id);
      request.audit("viewed cluster", `${id}/${params.cluster}`);
      const [found] = await readClusters(database, id, params.cluster);
      if (!found) throw new OsteonError("not-found", `There is no cluster ${params.cluster} in this clustering.`);
      reply.header("cache-control", forGood);
      return { cluster: found.cluster, images: found.members.map((member) => ({ ...member })) };
    },
  );
};

const labelRoutes = (app: App, { home: { database }, now }: Services): void => {
  app.post(
    "/api/atlas/clusterings/:id/actions",
    {
      config: { role: "annotator", audit: "labelled clusters" },
      schema: { params: aClustering, body: clusterActions, response: { 200: clusterActionsAnswer } },
    },
    async ({ params, body, person }) => {
      if (body.reader !== undefined && body.reader !== person!.id)
        throw new OsteonError("not-allowed", "Somebody else is logged in by now; log in as who labelled.");
      const { id } = await findClustering(database, params.id);
      const acting = { reader: person!.id, readerName: person!.name, at: now() };
      return { refused: await appendClusterActions(database, id, { actions: body.actions.map(toAction), acting }) };
    },
  );

  app.get(
    "/api/atlas/clusterings/:id/disagreements",
    {
      config: { role: "annotator", audit: "viewed disagreements" },
      schema: { params: aClustering, response: { 200: z.object({ disagreements: z.array(disagreement) }) } },
    },
    async ({ params, person }) => {
      const { id } = await findClustering(database, params.id);
      const { readings, disputed } = await showDisagreements(database, id, person!.id);
      return {
        disagreements: disputed.map((reading) => ({
          cluster: reading.cluster,
          images: readings.sizes.get(reading.cluster)!,
          labels: labelsByName(readings, reading),
          decision: reading.decision && toStanding(readings, reading.decision),
        })),
      };
    },
  );

  app.get(
    "/api/atlas/clusterings/:id/labels.csv",
    {
      config: { role: "researcher", audit: "exported labels" },
      schema: { params: aClustering, response: { 200: z.string() } },
    },
    async ({ params, person }, reply) => {
      const { id } = await findClustering(database, params.id);
      await discloseAll(database, id, person!.id);
      reply.header("content-disposition", `attachment; filename="${id}-labels.csv"`);
      reply.type("text/csv; charset=utf-8");
      return stringify(await exportLabels(database, id), { escape_formulas: true });
    },
  );
};

const toRegion = ({ synonyms, ...region }: Awaited<ReturnType<typeof listRegions>>[number]) => ({
  ...region,
  synonyms: [...synonyms],
});

const toSummary = ({ madeAt, ...rest }: ClusteringSummary) => ({ ...rest, madeAt: madeAt.toISOString() });

const toStanding = (readings: Readings, { reader, label, action }: StandingLabel) => ({
  reader: readerOf(readings, reader),
  label,
  action,
});

const toAction = (action: ClusterAction): NewClusterAction =>
  action.kind === "undo" ? { ...action, label: null } : { ...action, undoes: null };
