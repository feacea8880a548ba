/**
 * The codes for other centres on a real PostgreSQL server (Debian: postgresql): commands of their own make them, the server's thread
 * answers by them meanwhile, and the database server is killed in the middle.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonLines, startOsteon } from "../../scripts/osteon-process.ts";
import { hasPostgres, PostgresProcess } from "../../scripts/postgres-process.ts";
import { CentreThread } from "../../src/server/centres/centre-thread.ts";
import { DatabaseServer, type Home, listEntityFacts, openHome, type StoredImage } from "../../src/store/index.ts";
import {
  adoptNetwork,
  type CodeAnswer,
  type CodesReport,
  codesNamed,
  defaultPolicy,
  indexForCentres,
  type NetworkReport,
  openCodeReader,
  shareNetwork,
} from "../../src/systems/centres/index.ts";
import { addDrawnImages, addUntrainedModel } from "../support/untrained-home.ts";

const patienceMs = 600_000;
const now = (): Date => new Date();
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const [atFirst, atLast] = [20, 160];
const terms = { ...defaultPolicy, smallestGroup: 1, distanceStep: 0, closest: 0, farthest: 0.45, mostNeighbours: 20 };

describe.skipIf(!hasPostgres)("PostgreSQL (skipped where Debian's postgresql is not installed)", () => {
  let folder: string;
  let server: PostgresProcess;
  let home: Home;
  let embedded: Home;
  /** The same network, as each home has it. */
  let network: NetworkReport;
  let adopted: NetworkReport;
  let images: readonly StoredImage[];
  const threads: CentreThread[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-centres-on-postgres-"));
    server = await PostgresProcess.start();
    const opening = { command: "a test", since: now().toISOString(), create: true };
    home = await openHome(join(folder, "home"), { ...opening, server: new DatabaseServer(server.address()) });
    embedded = await openHome(join(folder, "embedded"), opening);
    images = await addDrawnImages(home, numbers(0, atFirst));
    await addUntrainedModel(home, { imageSizes: [32] });
    network = await shareNetwork(home, { now });
    await addDrawnImages(embedded, numbers(0, atFirst));
    adopted = await adoptNetwork(embedded, await home.files.readArtefact(network.run, "common-network.safetensors"), {
      now,
    });
  }, patienceMs);
  afterAll(async () => {
    for (const thread of threads) await thread.close();
    await home?.close();
    await embedded?.close();
    await server?.remove();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const index = () =>
    startOsteon(["centres", "index", "--home", home.files.root, "--database", server.address(), "--json"]);

  /** Asks a centre's own thread about radiographs of the archive, by half of their codes' bits. */
  const asker = (of: Home): ((image: StoredImage) => Promise<CodeAnswer>) => {
    const thread = new CentreThread(of);
    threads.push(thread);
    return async ({ id, width, height }) => {
      const query = { of: "image", id, size: { width, height }, box: null } as const;
      const { run } = of === home ? network : adopted;
      const { code } = await thread.perform("code", { network: run, query });
      await thread.perform("know", { version: 1, facts: await listEntityFacts(of.database) });
      const question = { made: network, view: "whole image", code: code.slice(0, 8), k: 20, terms } as const;
      return (await thread.perform("answer", { ...question, version: 1 }))!;
    };
  };

  const countCodes = async (): Promise<number> => {
    const codes = (await openCodeReader(home, codesNamed(network, "whole image")))!;
    return codes.count().finally(() => codes.close());
  };

  test("is asked while codes are made, loses none when it is killed, and answers as a home with a file does", {
    timeout: patienceMs,
  }, async () => {
    const [report] = jsonLines<CodesReport>(await index().finished);
    expect(report).toMatchObject({ radiographs: atFirst, made: atFirst + atFirst / 4 });
    const ask = asker(home);
    const byFile = asker(embedded);
    await indexForCentres(embedded, { now });
    const compare = async (asked: readonly StoredImage[]): Promise<void> => {
      for (const image of asked) {
        const answer = await ask(image);
        expect(answer.neighbours.length).toBeGreaterThan(1);
        expect(answer).toEqual(await byFile(image));
      }
    };
    await compare(images.slice(0, 5));

    const added = await addDrawnImages(home, numbers(atFirst, atLast));
    const first = index();
    const told = images.filter(({ entity }) => entity !== null);
    const answers: CodeAnswer[] = [];
    const isGrowing = async (): Promise<boolean> => {
      answers.push(await ask(told[answers.length % told.length]!));
      return (await countCodes()) > atFirst;
    };
    await expect.poll(isGrowing, { timeout: patienceMs }).toBe(true);
    expect(answers.every(({ neighbours, isFar }) => neighbours[0]!.distance === 0 && !isFar)).toBe(true);
    const acknowledged = await countCodes();
    await server.kill();
    await server.restart();
    await first.finished;
    const kept = await countCodes();
    expect(kept).toBeGreaterThanOrEqual(acknowledged);
    const second = await index().finished;
    expect(second.code, second.stderr).toBe(0);
    const [gone] = jsonLines<CodesReport>(second);
    expect(gone).toMatchObject({ radiographs: atLast, removed: 0 });
    expect(gone!.made).toBeLessThan((atLast - atFirst) * 1.25);
    expect(await countCodes()).toBe(atLast);

    await addDrawnImages(embedded, numbers(atFirst, atLast));
    await indexForCentres(embedded, { now });
    await compare([...images.slice(5, 8), ...added.slice(0, 5)]);
  });
});
