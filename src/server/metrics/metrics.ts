/** Figures of the server for Prometheus: requests, jobs, uploads, listeners, and the process itself. No figure names a person. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { jobState } from "../../contract/jobs.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";

/** Seconds; a link is to be answered within 0.4. */
const buckets = [0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 5, 30];

/** Begins to count what the application answers, and what the services do. */
export const watchServer = (app: App, services: Services): Registry => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: "osteon_request_seconds",
    help: "How long requests took, by route and status",
    labelNames: ["method", "route", "status"],
    buckets,
    registers,
  });
  app.addHook("onResponse", async ({ method, routeOptions: { url = "none" } }, reply) => {
    if (url === "/api/events") return; // lasts as long as somebody listens
    seconds.observe({ method, route: url, status: reply.statusCode }, reply.elapsedTime / 1e3);
  });
  watchServices(services, registers);
  return registry;
};

const watchServices = ({ jobs, uploads, events }: Services, registers: Registry[]): void => {
  new Gauge({
    name: "osteon_jobs",
    help: "Jobs by state",
    labelNames: ["state"],
    registers,
    async collect() {
      const counts = await jobs.count();
      for (const state of jobState.options) this.set({ state }, counts[state] ?? 0);
    },
  });
  new Counter({
    name: "osteon_upload_bytes_total",
    help: "Bytes of uploads since the server started",
    registers,
    collect() {
      this.reset();
      this.inc(uploads.receivedBytes);
    },
  });
  new Gauge({
    name: "osteon_event_listeners",
    help: "Browsers that listen to events",
    registers,
    collect() {
      this.set(events.size);
    },
  });
};
