/** For those who watch over the server: whether it lives, whether it can work, and its figures. */

import { health } from "../../contract/health.ts";
import { mayActAs } from "../../contract/roles.ts";
import { OsteonError } from "../../errors.ts";
import { isLoopback } from "../access/addresses.ts";
import type { App } from "../app.ts";
import { isForwarded } from "../guard-host.ts";
import { watchServer } from "../metrics/metrics.ts";
import type { Services } from "../services.ts";

/** A database that takes longer to answer is no good to those who ask. */
const patienceMs = 5_000;

export const healthRoutes = (app: App, services: Services): void => {
  const metrics = watchServer(app, services);
  app.get(
    "/api/health/live",
    { config: { role: "public" }, schema: { response: { 200: health } } },
    async () => ({ status: "live" }) as const,
  );
  app.get(
    "/api/health",
    { config: { role: "public" }, schema: { response: { 200: health, 503: health } } },
    async (_request, reply) => {
      if (await answersInTime(services)) return { status: "ready" } as const;
      return reply.status(503).send({ status: "not ready" });
    },
  );
  app.get(
    "/api/metrics",
    { config: { role: "public" }, schema: { description: "For Prometheus: to administrators, and at this machine." } },
    async (request, reply) => {
      const isAdministrator = request.person !== null && mayActAs(request.person.role, "administrator");
      const from = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
      const isHere = isLoopback(from) && !isForwarded(request); // else it is a proxy that is here
      if (!isAdministrator && !isHere) throw new OsteonError("not-allowed", "The figures are for administrators.");
      return reply.type(metrics.contentType).send(await metrics.metrics());
    },
  );
};

const answersInTime = async ({ jobs }: Services): Promise<boolean> => {
  let late: NodeJS.Timeout | undefined;
  const answer = jobs.list({ limit: 1 }).then(
    () => true,
    () => false,
  );
  const patience = new Promise<boolean>((resolve) => {
    late = setTimeout(() => resolve(false), patienceMs);
  });
  return Promise.race([answer, patience]).finally(() => clearTimeout(late));
};
