/** Background jobs: start, watch, cancel, let go on. */

import { z } from "zod";
import { type JobState, job, jobFilter, jobList, jobRequest, jobState } from "../../contract/jobs.ts";
import { OsteonError } from "../../errors.ts";
import type { App } from "../app.ts";
import { openEventStream } from "../events/event-stream.ts";
import { showJob } from "../jobs/show-job.ts";
import type { Services } from "../services.ts";

const params = z.object({ id: z.string() });

export const jobRoutes = (app: App, { jobs, events }: Services): void => {
  app.post(
    "/api/jobs",
    { config: { role: "annotator" }, schema: { body: jobRequest, response: { 201: job } } },
    async (request, reply) => {
      const { kind, settings } = request.body;
      const started = await jobs.start(kind, settings, request.person!);
      request.audit(`started ${kind}`, started.id);
      return reply.status(201).send(showJob(started, request.person!));
    },
  );
  app.get(
    "/api/jobs",
    {
      config: { role: "viewer", isAskedByItself: true },
      schema: { querystring: jobFilter, response: { 200: jobList } },
    },
    async ({ query: { state, kind, limit }, person }) => {
      const found = await jobs.list({ states: statesOf(state), kinds: kind?.split(","), limit });
      return { jobs: found.map((each) => showJob(each, person!)) };
    },
  );
  app.get(
    "/api/jobs/:id",
    { config: { role: "viewer" }, schema: { params, response: { 200: job } } },
    async ({ params: { id }, person }) => showJob(await jobs.get(id), person!),
  );
  app.post(
    "/api/jobs/:id/cancel",
    { config: { role: "annotator", audit: "cancelled job" }, schema: { params, response: { 200: job } } },
    async ({ params: { id }, person }) => showJob(await jobs.cancel(id, person!), person!),
  );
  app.post(
    "/api/jobs/:id/resume",
    { config: { role: "annotator", audit: "resumed job" }, schema: { params, response: { 200: job } } },
    async ({ params: { id }, person }) => showJob(await jobs.resume(id, person!), person!),
  );
  app.get(
    "/api/events",
    {
      exposeHeadRoute: false, // it would listen for nobody
      config: { role: "viewer", isAskedByItself: true },
      schema: { description: "Server-sent events: `job` with a job, and others." },
    },
    (request, reply) =>
      reply
        .type("text/event-stream")
        .header("cache-control", "no-store")
        .header("x-accel-buffering", "no") // nginx would hold events back
        .send(openEventStream(events, request.person!)),
  );
};

const statesOf = (text: string | undefined): JobState[] | undefined => {
  if (text === undefined) return undefined;
  const { success, data } = z.array(jobState).safeParse(text.split(","));
  if (!success) throw new OsteonError("bad-usage", `A job's state is one of ${jobState.options.join(", ")}.`);
  return data;
};
