/** dcmtk's archive dcmqrscp as a second opinion beside Orthanc (test/end-to-end), stricter with what a query may hold. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../../scripts/orthanc-process.ts";
import { smallRadiograph, smallRadiographUid, smallStudyUid } from "../../../scripts/small-radiograph.ts";
import { hasPrograms, runProgram } from "../../../test/support/dcmtk.ts";
import { readPart10 } from "../../dicom/read-part10.ts";
import { TAGS } from "../../dicom/tags.ts";
import { echo } from "./c-echo.ts";
import { find } from "./c-find.ts";
import { DimseArchive } from "./dimse-archive.ts";
import { queryContext } from "./query-request.ts";
import { requestAssociation } from "./request-association.ts";

describe.skipIf(!hasPrograms("dcmqrscp", "storescu"))("dcmqrscp (skipped where dcmtk is not installed)", () => {
  let folder: string;
  let server: ChildProcess;
  let port: number;
  let movePort: number;
  /** Three studies of 1, 2 and 40 objects; the last is more than one request asks for. */
  const studies = [1, 2, 40];
  const numbersOf = (study: number): number[] => Array.from({ length: study }, (_, i) => 100 * study + i);

  const peer = () => ({ host: "127.0.0.1", port, calledAeTitle: "QRSCP", callingAeTitle: "OSTEON" });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-dcmqrscp-"));
    [port, movePort] = [await freePort(), await freePort()];
    const [store, files] = [join(folder, "store"), join(folder, "files")];
    await Promise.all([mkdir(store), mkdir(files)]);
    const configuration = [
      `NetworkTCPPort = ${port}`,
      "MaxPDUSize = 16384",
      "MaxAssociations = 16",
      "HostTable BEGIN",
      `osteon = (OSTEON, 127.0.0.1, ${movePort})`,
      "HostTable END",
      "VendorTable BEGIN",
      "VendorTable END",
      "AETable BEGIN",
      `QRSCP ${store} RW (200, 1024mb) ANY`,
      "AETable END",
    ];
    await writeFile(join(folder, "dcmqrscp.cfg"), `${configuration.join("\n")}\n`);
    server = spawn("dcmqrscp", ["-c", join(folder, "dcmqrscp.cfg"), String(port)], { stdio: "ignore" });
    const isUp = (): Promise<boolean> =>
      echo(peer()).then(
        () => true,
        () => false,
      );
    for (let tries = 0; tries < 200 && !(await isUp()); tries++) await sleep(50);
    for (const study of studies)
      for (const number of numbersOf(study))
        await writeFile(join(files, `${number}.dcm`), smallRadiograph({ number, study, side: 32 }));
    const { code } = await runProgram("storescu", ["-aec", "QRSCP", "+sd", "127.0.0.1", String(port), files]);
    expect(code).toBe(0);
  });
  afterAll(async () => {
    const exit = once(server, "exit");
    server.kill("SIGKILL");
    await exit;
    await rm(folder, { recursive: true, force: true });
  });

  const open = (way: string): DimseArchive =>
    new DimseArchive({
      peer: peer(),
      ...(way === "C-MOVE" ? { receiver: { host: "127.0.0.1", port: movePort } } : {}),
    });

  test.each(["C-GET", "C-MOVE"])("finds its studies and gives by %s what they hold, once", async (way) => {
    const archive = open(way);
    const target = await mkdtemp(join(folder, "fetched-"));
    const arrived: string[] = [];
    const found: string[] = [];
    for await (const study of archive.findStudies({ keys: {}, modalities: ["CR", "DX"] })) {
      found.push(study);
      const { instances, otherSeries } = await archive.findInstances(study, (modality) => modality === "CR");
      expect(otherSeries).toBe(0);
      const onInstance = ({ SOPInstanceUID }: { SOPInstanceUID: string }): void => void arrived.push(SOPInstanceUID);
      await archive.fetch({ instances, isWholeSeries: true }, { folder: target, onInstance });
    }
    await archive.close();
    expect(found.sort()).toEqual(studies.map(smallStudyUid).sort());
    expect(arrived.sort()).toEqual(studies.flatMap(numbersOf).map(smallRadiographUid).sort());
    expect((await readdir(target)).length).toBe(arrived.length);
    const file = readPart10(await readFile(join(target, `${smallRadiographUid(100)}.dcm`)));
    const original = readPart10(smallRadiograph({ number: 100, study: 1, side: 32 }));
    expect(file.dataSet.value(TAGS.PixelData)).toEqual(original.dataSet.value(TAGS.PixelData));
  });

  test("gives by C-GET also where nobody told the SOP class", async () => {
    const archive = open("C-GET");
    const target = await mkdtemp(join(folder, "fetched-"));
    const { instances } = await archive.findInstances(smallStudyUid(2), () => true);
    const nameless = instances.map(({ SOPClassUID: _, ...instance }) => instance);
    await archive.fetch({ instances: nameless, isWholeSeries: true }, { folder: target, onInstance: () => {} });
    await archive.close();
    expect((await readdir(target)).length).toBe(2);
  });

  test("counts series that are not wanted, and misses what is not there without an error", async () => {
    const archive = open("C-GET");
    const target = await mkdtemp(join(folder, "fetched-"));
    expect(await archive.findInstances(smallStudyUid(2), () => false)).toEqual({
      instances: [],
      otherSeries: 1,
      nameless: 0,
    });
    const { instances } = await archive.findInstances(smallStudyUid(1), () => true);
    const gone = [{ ...instances[0]!, SOPInstanceUID: "1.2.3.4.5" }, ...instances];
    await archive.fetch({ instances: gone, isWholeSeries: false }, { folder: target, onInstance: () => {} });
    await archive.close();
    expect(await readdir(target)).toEqual([`${smallRadiographUid(100)}.dcm`]);
  });

  test("is asked from the patient root at every level", async () => {
    const association = await requestAssociation(peer(), { contexts: [queryContext("patient", "find")] });
    const ask = async (level: "PATIENT" | "STUDY" | "SERIES" | "IMAGE", keys: Record<string, string>) => {
      const answers = [];
      for await (const answer of find(association, { root: "patient", level, keys })) answers.push(answer);
      return answers;
    };
    expect((await ask("PATIENT", { PatientID: "" })).map(({ PatientID }) => PatientID).sort()).toEqual([
      "P1",
      "P2",
      "P40",
    ]);
    const [study] = await ask("STUDY", { PatientID: "P2", StudyInstanceUID: "" });
    expect(study).toMatchObject({ StudyInstanceUID: smallStudyUid(2) });
    const keys = { PatientID: "P2", StudyInstanceUID: smallStudyUid(2) };
    const [series] = await ask("SERIES", { ...keys, SeriesInstanceUID: "" });
    const { SeriesInstanceUID = "" } = series!;
    expect((await ask("IMAGE", { ...keys, SeriesInstanceUID, SOPInstanceUID: "" })).length).toBe(2);
    await association.release();
  });
});
