/** Files into the home, as streams. */

import type { IncomingMessage } from "node:http";
import { upload } from "../../contract/uploads.ts";
import type { App } from "../app.ts";
import type { Services } from "../services.ts";
import { fileNameOf } from "../uploads/file-name.ts";

/** How long the rest of a refused body may still come, so that the sender gets to read why. */
const drainMs = 10_000;

export const uploadRoutes = async (whole: App, { uploads }: Services): Promise<void> => {
  await whole.register(async (scope) => {
    const app = scope as App;
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/octet-stream", async (_request: unknown, body: unknown) => body);
    app.post(
      "/api/uploads",
      {
        bodyLimit: Number.MAX_SAFE_INTEGER, // the service counts, by the server's setting
        config: { role: "viewer" },
        schema: {
          description: "The file's bytes as the body; its name, percent-encoded, in the header `x-file-name`.",
          response: { 201: upload },
        },
      },
      async (request, reply) => {
        const announced = request.headers["content-length"];
        try {
          const { id, bytes } = await uploads.receive(request.raw, {
            name: fileNameOf(request.headers["x-file-name"]),
            announcedBytes: announced === undefined ? undefined : Number(announced),
            person: request.person!,
          });
          request.audit("uploaded file", id);
          return reply.status(201).send({ id, bytes });
        } catch (error) {
          drain(request.raw);
          reply.header("connection", "close");
          throw error;
        }
      },
    );
  });
};

/** Reads on and forgets: a browser that still sends does not read the answer. */
const drain = (body: IncomingMessage): void => {
  if (body.readableEnded || body.destroyed) return;
  body.resume();
  const end = setTimeout(() => body.destroy(), drainMs);
  body.once("close", () => clearTimeout(end));
};
