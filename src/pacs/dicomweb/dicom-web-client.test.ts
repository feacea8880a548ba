/** The client before servers made for it, which fail in all the ways that servers do; real ones are in test/end-to-end. */

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallRadiograph, smallRadiographUid, smallStudyUid } from "../../../scripts/small-radiograph.ts";
import { hasPrograms } from "../../../test/support/dcmtk.ts";
import type { ReceivedInstance } from "../instance-file.ts";
import type { ConnectionOptions } from "./connection.ts";
import { DicomWebClient } from "./dicom-web-client.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-dicom-web-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Serve = (request: IncomingMessage, response: ServerResponse) => void;
const quick = { attempts: 4, firstMs: 1, longestMs: 10 };

/** Runs a server, and a client of it. */
const withClient = async (
  serve: Serve,
  work: (client: DicomWebClient, url: string) => Promise<void>,
  options: Partial<ConnectionOptions> = {},
): Promise<void> => {
  const server = createServer(serve).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web`;
  const client = new DicomWebClient({ url, backOff: quick, ...options });
  try {
    await work(client, url);
  } finally {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
};

const studies = async (client: DicomWebClient): Promise<(string | undefined)[]> => {
  const found: (string | undefined)[] = [];
  for await (const { StudyInstanceUID } of client.search({ kind: "studies", keys: { StudyDate: "2020" } }))
    found.push(StudyInstanceUID);
  return found;
};

const answerJson = (response: ServerResponse, uids: readonly string[]): void => {
  response.setHeader("content-type", "application/dicom+json");
  response.end(JSON.stringify(uids.map((uid) => ({ "0020000D": { vr: "UI", Value: [uid] } }))));
};

describe("a search", () => {
  const all = Array.from({ length: 450 }, (_, i) => `1.2.${i}`);

  test.each([
    ["pages as asked", (limit: number, offset: number) => all.slice(offset, offset + limit)],
    ["pages smaller than asked", (_: number, offset: number) => all.slice(offset, offset + 30)],
    ["everything at once, whatever was asked", () => all],
  ])("gets every study once from a server that gives %s", async (_, page) => {
    const queries: string[] = [];
    const serve: Serve = ({ url }, response) => {
      const { pathname, searchParams } = new URL(url!, "http://host");
      queries.push(`${pathname} ${searchParams.get("StudyDate")}`);
      answerJson(response, page(Number(searchParams.get("limit")), Number(searchParams.get("offset"))));
    };
    await withClient(serve, async (client) => {
      expect(await studies(client)).toEqual(all);
    });
    expect(new Set(queries)).toEqual(new Set(["/dicom-web/studies 2020"]));
  });

  test("with no answers is no error, be they none or 204", async () => {
    await withClient(
      (_, response) => answerJson(response, []),
      async (client) => expect(await studies(client)).toEqual([]),
    );
    await withClient(
      (_, response) => response.writeHead(204).end(),
      async (client) => expect(await studies(client)).toEqual([]),
    );
  });

  test.each([
    ["a web page", "<html>", "check that the URL is the root of its DICOMweb services"],
    ["JSON of something else", '["a"]', "does not answer in DICOM JSON"],
  ])("answered with %s is told in a sentence", async (_, text, sentence) => {
    await withClient(
      (_request, response) => response.end(text),
      async (client) => {
        await expect(studies(client)).rejects.toThrow(sentence);
      },
    );
  });
});

describe("failures", () => {
  test.each([
    [401, "asks for a password or a token (401)", "bad-input", 1],
    [403, "asks for a password or a token (403)", "bad-input", 1],
    [404, "knows nothing at this URL (404)", "not-found", 1],
    [400, "failed with the HTTP status 400", "unreachable", 1],
    [503, "failed with the HTTP status 503", "unreachable", 4],
    [429, "failed with the HTTP status 429", "unreachable", 4],
  ])("with the status %i are told, after the tries that may help", async (status, sentence, code, tries) => {
    let asked = 0;
    const serve: Serve = (_, response) => {
      asked += 1;
      response.writeHead(status).end("patient name in an error page");
    };
    await withClient(serve, async (client) => {
      const error = await studies(client).catch((e) => e);
      expect(error).toMatchObject({ code, message: expect.stringContaining(sentence) });
      expect(error.message).not.toContain("patient name");
    });
    expect(asked).toBe(tries);
  });

  test("that pass are waited for as long as the server asks", async () => {
    const times: number[] = [];
    const serve: Serve = (_, response) => {
      times.push(performance.now());
      if (times.length === 1) response.writeHead(429, { "retry-after": "1" }).end();
      else answerJson(response, ["1.2"].slice(times.length - 2));
    };
    await withClient(serve, async (client) => expect(await studies(client)).toEqual(["1.2"]));
    expect(times[1]! - times[0]!).toBeGreaterThan(900);
  });

  test("of the connection are tried again", async () => {
    let asked = 0;
    const serve: Serve = (request, response) => {
      asked += 1;
      if (asked <= 2) request.socket.destroy();
      else answerJson(response, asked === 3 ? ["1.2"] : []);
    };
    await withClient(serve, async (client) => expect(await studies(client)).toEqual(["1.2"]));
  });

  test("to answer in time are told", async () => {
    await withClient(
      () => {},
      async (client) => {
        await expect(studies(client)).rejects.toThrow("it did not answer in time");
      },
      { limits: { answerMs: 100 }, backOff: { ...quick, attempts: 1 } },
    );
  });

  test("are not waited for once the signal says stop", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await withClient(
      () => {},
      async (client) => {
        await expect(studies(client)).rejects.toMatchObject({ code: "interrupted" });
      },
      { signal: controller.signal },
    );
  });
});

describe("credentials", () => {
  const authorization = "Bearer secret";

  test("go to the server, and after a redirect to it again", async () => {
    const seen: (string | undefined)[] = [];
    const serve: Serve = ({ url, headers }, response) => {
      seen.push(headers.authorization);
      if (url!.startsWith("/dicom-web"))
        response.writeHead(307, { location: url!.replace("/dicom-web", "/new") }).end();
      else answerJson(response, []);
    };
    await withClient(serve, async (client) => expect(await studies(client)).toEqual([]), { authorization });
    expect(seen).toEqual([authorization, authorization]);
  });

  test("never go to another host or port", async () => {
    const seen: (string | undefined)[] = [];
    const other: Serve = ({ headers }, response) => {
      seen.push(headers.authorization);
      answerJson(response, []);
    };
    await withClient(other, async (_, url) => {
      const serve: Serve = (_request, response) =>
        response.writeHead(302, { location: `${url.replace("http://", "http://user:password@")}/studies` }).end();
      await withClient(serve, async (client) => expect(await studies(client)).toEqual([]), { authorization });
    });
    expect(seen).toEqual([undefined]);
  });

  test.each([
    ["in circles", "/dicom-web/studies", "redirects in circles"],
    ["to a file", "file:///etc/passwd", "such a redirect is not followed"],
    ["to nowhere", "http://[", "such a redirect is not followed"],
  ])("stay where a server redirects %s", async (_, location, sentence) => {
    await withClient(
      (_request, response) => response.writeHead(302, { location }).end(),
      async (client) => {
        await expect(studies(client)).rejects.toThrow(sentence);
      },
    );
  });

  test("that are wrong are told in a sentence without them", async () => {
    await withClient(
      (_, response) => response.writeHead(401).end(),
      async (client) => {
        const error = await studies(client).catch((e) => e);
        expect(error.message).toContain("refused the credentials (401); check the file of --user-file or --token-file");
        expect(JSON.stringify(error) + error.stack).not.toContain("secret");
      },
      { authorization },
    );
  });
});

describe("a retrieval", () => {
  const files = [1, 2, 3].map((number) => smallRadiograph({ number, study: 1 }));
  const uids = [1, 2, 3].map(smallRadiographUid);
  const body = (parts: readonly Uint8Array[]): Buffer =>
    Buffer.concat([
      ...parts.flatMap((part) => [
        Buffer.from("--b\r\nContent-Type: application/dicom\r\n\r\n"),
        part,
        Buffer.from("\r\n"),
      ]),
      Buffer.from("--b--\r\n"),
    ]);
  const multipart = { "content-type": 'multipart/related; type="application/dicom"; boundary=b' };

  const retrieve = async (client: DicomWebClient, wanted: readonly string[]): Promise<[ReceivedInstance[], string]> => {
    const spool = await mkdtemp(join(folder, "spool-"));
    const received: ReceivedInstance[] = [];
    await client.retrieve(
      { StudyInstanceUID: smallStudyUid(1) },
      { folder: spool, wanted: new Set(wanted), onInstance: (instance) => received.push(instance) },
    );
    return [received, spool];
  };

  test("brings each file to the disk as it came, asked for as it is stored", async () => {
    const accepts: (string | undefined)[] = [];
    const serve: Serve = ({ headers, url }, response) => {
      accepts.push(`${url} ${headers.accept}`);
      response.writeHead(200, multipart).end(body(files));
    };
    await withClient(serve, async (client) => {
      const [received] = await retrieve(client, uids);
      expect(received.map(({ SOPInstanceUID }) => SOPInstanceUID)).toEqual(uids);
      for (const [i, { path }] of received.entries()) expect((await readFile(path)).equals(files[i]!)).toBe(true);
    });
    expect(accepts).toEqual([
      `/dicom-web/studies/${smallStudyUid(1)} multipart/related; type="application/dicom"; transfer-syntax=*`,
    ]);
  });

  test("that breaks off goes on without what has arrived, and keeps no half file", async () => {
    const whole = body(files);
    let asked = 0;
    const serve: Serve = (request, response) => {
      asked += 1;
      if (asked > 2) return void response.writeHead(200, multipart).end(whole);
      const part = whole.subarray(0, Math.floor((whole.length * asked) / 2.6));
      if (asked === 2) return void response.writeHead(200, multipart).end(part); // ends well, and too early
      response.writeHead(200, { ...multipart, "content-length": whole.length });
      response.write(part, () => setTimeout(() => request.socket.destroy(), 20));
    };
    await withClient(serve, async (client) => {
      const [received, spool] = await retrieve(client, uids);
      expect(received.map(({ SOPInstanceUID }) => SOPInstanceUID)).toEqual(uids);
      expect((await readdir(spool)).length).toBe(3);
      for (const [i, { path }] of received.entries()) expect((await readFile(path)).equals(files[i]!)).toBe(true);
    });
    expect(asked).toBe(3);
  });

  test("from a server that closes while its answer waits to be read ends in a sentence", async () => {
    const serve: Serve = (request, response) => {
      response.writeHead(200, { connection: "close" });
      response.write(Buffer.alloc(4 * 2 ** 20), () => request.socket.end());
    };
    await withClient(
      serve,
      async (client) => {
        const slowly = client.connection.ask({ path: "/studies/1", accept: "*/*" }, async ({ chunks }) => {
          for await (const _ of chunks) await sleep(5);
        });
        await expect(slowly).rejects.toThrow("it closed the connection");
      },
      { backOff: { ...quick, attempts: 1 } },
    );
  });

  test("keeps nothing that was not asked for, and nothing that is no DICOM", async () => {
    const parts = [files[0]!, Buffer.from("<html>"), files[1]!, files[2]!.subarray(0, 100), new Uint8Array(0)];
    await withClient(
      (_, response) => response.writeHead(200, multipart).end(body(parts)),
      async (client) => {
        const [received, spool] = await retrieve(client, [uids[1]!, uids[2]!]);
        expect(received.map(({ SOPInstanceUID }) => SOPInstanceUID)).toEqual([uids[1]]);
        expect((await readdir(spool)).length).toBe(1);
      },
    );
  });

  test("takes a single file that comes without parts", async () => {
    const single = { "content-type": "application/dicom" };
    await withClient(
      (_, response) => response.writeHead(200, single).end(files[0]),
      async (client) => {
        const [received] = await retrieve(client, uids);
        expect(received.map(({ SOPInstanceUID }) => SOPInstanceUID)).toEqual([uids[0]]);
      },
    );
  });
});

describe.skipIf(!hasPrograms("openssl"))("TLS (skipped without openssl)", () => {
  const certificate = (name: string): { key: string; cert: string } => {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
    const subject = [
      "-subj",
      `/CN=${name}`,
      "-addext",
      `subjectAltName=${name === "local" ? "IP:127.0.0.1" : `DNS:${name}`}`,
    ];
    const args = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-keyout",
      key,
      "-out",
      cert,
      ...subject,
    ];
    execFileSync("openssl", args, { stdio: "ignore" });
    return { key, cert };
  };

  const withSecureServer = async (name: string, work: (url: string, ca: string) => Promise<void>): Promise<void> => {
    const { key, cert } = certificate(name);
    const pem = await readFile(cert, "utf8");
    const server = createSecureServer({ key: await readFile(key), cert: pem }, (_, response) =>
      answerJson(response, []),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      await work(`https://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web`, pem);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };

  const ask = async (options: ConnectionOptions): Promise<unknown> => {
    const client = new DicomWebClient({ backOff: quick, ...options });
    try {
      return await studies(client).catch((error: unknown) => error);
    } finally {
      await client.close();
    }
  };

  test("trusts the authority of --ca-file, and none that nobody named", async () => {
    await withSecureServer("local", async (url, ca) => {
      expect(await ask({ url, ca })).toEqual([]);
      expect(await ask({ url })).toMatchObject({
        code: "unreachable",
        message: expect.stringContaining("give the authority's certificate with --ca-file"),
      });
      expect(await ask({ url: url.replace("https:", "http:") })).toMatchObject({ code: "unreachable" });
    });
  });

  test("tells a certificate of another host", async () => {
    await withSecureServer("elsewhere.example", async (url, ca) => {
      expect(await ask({ url, ca })).toMatchObject({ message: expect.stringContaining("is for another host") });
    });
  });
});
