/** Serves one finished page on loopback: the door of the demo until the workbench stands. */

import { createServer } from "node:http";
import { OsteonError } from "../errors.ts";

/** A running server. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws OsteonError `bad-usage` when the port is taken */
export const servePage = (html: string, port: number): Promise<PageServer> => {
  const server = createServer((request, response) => {
    const isPage = request.url === "/" && (request.method === "GET" || request.method === "HEAD");
    response.writeHead(isPage ? 200 : 404, {
      "content-type": isPage ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
      "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : isPage ? html : "There is only one page here: /\n");
  });
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE";
      const message = taken
        ? `Port ${port} is taken by another program; name another with --port.`
        : `The server could not start: ${cause.code}.`;
      reject(new OsteonError("bad-usage", message, { port }, cause));
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      resolve({
        url: `http://localhost:${bound}`,
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
};
