/** Serves one page on loopback: the door of the demo until the workbench stands. */

import { createServer, type IncomingMessage } from "node:http";
import { OsteonError } from "../errors.ts";

/** A running server. */
export interface PageServer {
  readonly url: string;
  /** Serves another page from now on. */
  show(html: string): void;
  close(): Promise<void>;
}

/** @throws OsteonError `bad-usage` when the port is taken */
export const servePage = (html: string, port: number): Promise<PageServer> => {
  let page = html;
  const server = createServer((request, response) => {
    const { status, type, text } = answerTo(request, page);
    response.writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    response.end(request.method === "HEAD" ? undefined : text);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(startError(cause, port)));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      resolve({
        url: `http://localhost:${bound}`,
        show: (next) => {
          page = next;
        },
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
};

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const answerTo = (request: IncomingMessage, page: string): Answer => {
  const refuse = (status: number, text: string): Answer => ({ status, type: "text/plain", text: `${text}\n` });
  if (!isAddressedToLoopback(request)) return refuse(421, "This server answers on localhost only.");
  const isPage = request.url === "/" && (request.method === "GET" || request.method === "HEAD");
  return isPage ? { status: 200, type: "text/html", text: page } : refuse(404, "There is only one page here: /");
};

/**
 * Whether the browser asked for this machine by a name of loopback. A foreign page can let its own name point here (DNS
 * rebinding) and would then be allowed to read the answer.
 */
const isAddressedToLoopback = ({ headers, socket }: IncomingMessage): boolean =>
  ["localhost", "127.0.0.1", "[::1]"].some((name) => {
    const withPort = `${name}:${socket.localPort}`;
    return headers.host?.toLowerCase() === withPort || (socket.localPort === 80 && headers.host === name);
  });

const startError = (cause: NodeJS.ErrnoException, port: number): OsteonError => {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken by another program; name another with --port.`,
    EACCES: `Port ${port} is kept for the system; name one from 1024 up with --port.`,
  };
  const sentence = sentences[cause.code ?? ""] ?? `The server could not start: ${cause.code}.`;
  return new OsteonError("bad-usage", sentence, { port }, cause);
};
