/** Messages over TLS to a real server whose certificate an authority vouches for, or does not. */

import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasPrograms } from "../../../test/support/dcmtk.ts";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import type { CentreQuestion } from "../../contract/centres.ts";
import { addCentre } from "../../store/index.ts";
import { fingerprintOf, publicKeyOf, signMessage } from "../../systems/centres/index.ts";
import { readDoor } from "../access/door.ts";
import { type CentreResponse, sendMessage } from "./send-message.ts";

const { privateKey: key } = generateKeyPairSync("ed25519");
const id = fingerprintOf(publicKeyOf(key));

describe.skipIf(!hasPrograms("openssl"))("TLS (skipped without openssl)", () => {
  let folder: string;
  let server: RunningTestServer;
  let port: string;
  let authority: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-centre-tls-"));
    const [certificateFile, keyFile] = [join(folder, "own.pem"), join(folder, "own.key")];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
    const args = [
      "req",
      "-x509",
      ...curve,
      "-nodes",
      "-days",
      "2",
      ...names,
      "-keyout",
      keyFile,
      "-out",
      certificateFile,
    ];
    execFileSync("openssl", args, { stdio: "ignore" });
    authority = await readFile(certificateFile, "utf8");
    server = await startTestServer({ door: await readDoor({ host: "0.0.0.0", certificateFile, keyFile }) });
    port = new URL(server.url).port;
    await addCentre(server.home.database, {
      id,
      publicKey: publicKeyOf(key),
      name: "Known",
      address: "https://known.example",
      contact: "",
      authority: null,
      mayAsk: true,
      isAsked: false,
      addedAt: new Date(),
      pausedAt: null,
    });
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const send = async (address: string, by: string | null, waitMs = 60_000): Promise<CentreResponse> => {
    const { fingerprint } = await server.services.centres.show();
    const message: CentreQuestion = {
      format: "osteon-centre-question-1",
      from: id,
      to: fingerprint,
      at: new Date().toISOString(),
      nonce: "0123456789012345678901234",
      question: { network: "n", hashing: "h", view: "whole image", bits: 32, code: "AAAAAA==", k: 1 },
    };
    const signed = signMessage("question", JSON.stringify(message), key);
    return sendMessage({ address, authority: by }, signed, { waitMs, signal: new AbortController().signal });
  };

  test("reaches a centre whose authority is known, and who it is from is recognised", async () => {
    // Nobody has set the terms yet: that is told only to who is known.
    expect(await send(`https://localhost:${port}`, authority)).toMatchObject({
      ok: true,
      status: 403,
      body: { code: "not-allowed", detail: "This centre does not answer your questions." },
    });
  });

  test("does not go to a centre whom nobody vouches for, or by another name than the certificate's", async () => {
    const refused = { ok: false, problem: "certificate" };
    expect(await send(`https://localhost:${port}`, null)).toEqual(refused);
    expect(await send(`https://127.0.0.1:${port}`, authority)).toEqual(refused);
  });

  test("without TLS finds nobody at a centre that speaks it", async () => {
    expect(await send(`http://localhost:${port}`, null)).toMatchObject({ ok: false, problem: "unreachable" });
  });

  test("is given up when the one who waits is closed", async () => {
    const giveUp = new AbortController();
    giveUp.abort();
    const signed = signMessage("question", "{}", key);
    const options = { waitMs: 60_000, signal: giveUp.signal };
    const address = { address: `https://localhost:${port}`, authority };
    expect(await sendMessage(address, signed, options)).toEqual({ ok: false, problem: "interrupted" });
  });
});
