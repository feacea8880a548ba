/**
 * A real archive: Orthanc with its DICOMweb plugin (Debian: orthanc, orthanc-dicomweb), filled by dcmtk's storescu, killed
 * half-way and started again.
 */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, hasOrthanc, OrthancProcess, orthancPassword, orthancUser } from "../../scripts/orthanc-process.ts";
import { jsonLines, osteon, type RunningCommand, startOsteon } from "../../scripts/osteon-process.ts";
import { smallRadiograph, smallRadiographUid, smallStudyUid } from "../../scripts/small-radiograph.ts";
import { readPart10 } from "../../src/dicom/read-part10.ts";
import { TAGS } from "../../src/dicom/tags.ts";
import type { PictureArchive } from "../../src/pacs/archive.ts";
import { DicomWebArchive } from "../../src/pacs/dicomweb/dicom-web-archive.ts";
import { DicomWebClient } from "../../src/pacs/dicomweb/dicom-web-client.ts";
import { echo } from "../../src/pacs/dimse/c-echo.ts";
import { find } from "../../src/pacs/dimse/c-find.ts";
import { DimseArchive } from "../../src/pacs/dimse/dimse-archive.ts";
import { queryContext } from "../../src/pacs/dimse/query-request.ts";
import { requestAssociation } from "../../src/pacs/dimse/request-association.ts";
import type { QueryAnswer, QueryKeys, QueryLevel } from "../../src/pacs/query.ts";
import type { QueryRoot } from "../../src/pacs/storage-classes.ts";
import { listImages, openHome } from "../../src/store/index.ts";
import { hasPrograms, runProgram } from "../support/dcmtk.ts";

interface ArchiveAnswer {
  readonly imported: number;
  readonly duplicates: number;
  readonly quarantined: readonly unknown[];
  readonly studies: number;
  readonly known: number;
  readonly otherSeries: number;
  readonly missing: readonly string[];
}

const isReady = hasOrthanc && hasPrograms("storescu", "dcmconv", "dcmcjpeg", "dcmcjpls", "dcmcrle");
/** Radiographs of the archive, two of each study. */
const count = 40;
const studies = count / 2;
/** The study with a picture in every lossless transfer syntax. */
const encodedStudy = 900;
const encodings: readonly (readonly [syntax: string, program: string, option: string, propose: string])[] = [
  ["1.2.840.10008.1.2", "dcmconv", "+ti", "-xi"],
  ["1.2.840.10008.1.2.2", "dcmconv", "+tb", "-xb"],
  ["1.2.840.10008.1.2.4.70", "dcmcjpeg", "+e1", "-xs"],
  ["1.2.840.10008.1.2.4.80", "dcmcjpls", "+el", "-xt"],
  ["1.2.840.10008.1.2.5", "dcmcrle", "", "-xr"],
];
const encodedNumber = (i: number): number => 9000 + i;

describe.skipIf(!isReady)("Orthanc (skipped where orthanc, orthanc-dicomweb or dcmtk are not installed)", () => {
  let folder: string;
  let orthanc: OrthancProcess;
  let movePort: number;
  let userFile: string;

  const send = async (path: string, ...options: readonly string[]): Promise<void> => {
    const args = [...options, "-aec", orthanc.aeTitle, "+sd", "127.0.0.1", String(orthanc.dicomPort), path];
    expect((await runProgram("storescu", args)).code).toBe(0);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-orthanc-"));
    movePort = await freePort();
    orthanc = await OrthancProcess.start({ folder: join(folder, "orthanc"), modalities: { OSTEON: movePort } });
    userFile = join(folder, "user");
    await writeFile(userFile, `${orthancUser}:${orthancPassword}\n`);
    const plain = join(folder, "plain");
    await mkdir(plain);
    for (let number = 1; number <= count; number++) {
      const study = Math.ceil(number / 2);
      const patientName = study === 1 ? "Müller-Groß^Jörg" : study === 2 ? "Żak^Łucja" : `Study^${study}`;
      await writeFile(join(plain, `${number}.dcm`), smallRadiograph({ number, study, patientName }));
    }
    await writeFile(join(plain, "ct.dcm"), smallRadiograph({ number: 8000, study: 800, modality: "CT" }));
    await send(plain);
    for (const [i, [, program, option, propose]] of encodings.entries()) {
      const made = join(folder, `encoded-${i}`);
      await mkdir(made);
      const original = join(folder, `original-${i}.dcm`);
      const date = "19990101";
      await writeFile(original, smallRadiograph({ number: encodedNumber(i), study: encodedStudy, studyDate: date }));
      const args = [...(option === "" ? [] : [option]), original, join(made, "one.dcm")];
      expect((await runProgram(program, args)).code).toBe(0);
      await send(made, propose);
    }
  });
  afterAll(async () => {
    await orthanc?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const peer = (callingAeTitle = "OSTEON") => ({
    host: "127.0.0.1",
    port: orthanc.dicomPort,
    calledAeTitle: orthanc.aeTitle,
    callingAeTitle,
  });
  const authorization = `Basic ${Buffer.from(`${orthancUser}:${orthancPassword}`).toString("base64")}`;

  test("answers an echo", async () => {
    await echo(peer());
    await expect(echo({ ...peer(), calledAeTitle: "OTHER" })).rejects.toThrow("its own AE title is another one");
  });

  const findAll = async (root: QueryRoot, level: QueryLevel, keys: QueryKeys): Promise<QueryAnswer[]> => {
    const association = await requestAssociation(peer(), { contexts: [queryContext(root, "find")] });
    const answers: QueryAnswer[] = [];
    for await (const answer of find(association, { root, level, keys })) answers.push(answer);
    await association.release();
    return answers;
  };

  test("finds names with umlauts, by both roots, at every level", async () => {
    for (const [name, study] of [
      ["Müller-Groß^Jörg", 1],
      ["Żak^Łucja", 2],
    ] as const) {
      const [found, ...more] = await findAll("study", "STUDY", { PatientName: name, StudyInstanceUID: "" });
      expect(more).toEqual([]);
      expect(found).toMatchObject({ PatientName: name, StudyInstanceUID: smallStudyUid(study) });
    }
    const patients = await findAll("patient", "PATIENT", { PatientName: "Müller*", PatientID: "" });
    expect(patients).toEqual([expect.objectContaining({ PatientName: "Müller-Groß^Jörg", PatientID: "P1" })]);
    const StudyInstanceUID = smallStudyUid(3);
    const [series] = await findAll("study", "SERIES", { StudyInstanceUID, SeriesInstanceUID: "", Modality: "" });
    expect(series).toMatchObject({ Modality: "CR" });
    const { SeriesInstanceUID = "" } = series!;
    const images = await findAll("study", "IMAGE", { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID: "" });
    expect(images.map((image) => image.SOPInstanceUID).sort()).toEqual([5, 6].map(smallRadiographUid).sort());
  });

  test("a query that nobody reads on is cancelled, and the association goes on", async () => {
    const association = await requestAssociation(peer(), { contexts: [queryContext("study", "find")] });
    const request = { root: "study", level: "STUDY", keys: { StudyInstanceUID: "" } } as const;
    for await (const _ of find(association, request)) break;
    let all = 0;
    for await (const _ of find(association, request)) all += 1;
    expect(all).toBe(studies + 2);
    await association.release();
  });

  /** Fetches a study to a folder of its own. */
  const fetchStudy = async (archive: PictureArchive, study: number): Promise<string> => {
    const target = await mkdtemp(join(folder, "fetched-"));
    try {
      const { instances } = await archive.findInstances(smallStudyUid(study), () => true);
      await archive.fetch({ instances, isWholeSeries: true }, { folder: target, onInstance: () => {} });
    } finally {
      await archive.close();
    }
    return target;
  };

  test.each([
    ["C-GET", () => new DimseArchive({ peer: peer() })],
    ["C-MOVE", () => new DimseArchive({ peer: peer(), receiver: { host: "127.0.0.1", port: movePort } })],
    ["DICOMweb", () => new DicomWebArchive({ url: orthanc.dicomWebUrl, authorization })],
  ])("gives by %s what it stores, in the transfer syntax in which it stores it", async (_, open) => {
    const target = await fetchStudy(open(), encodedStudy);
    expect((await readdir(target)).length).toBe(encodings.length);
    for (const [i, [syntax]] of encodings.entries()) {
      const fetched = readPart10(await readFile(join(target, `${smallRadiographUid(encodedNumber(i))}.dcm`)));
      const stored = readPart10(await readFile(join(folder, `encoded-${i}`, "one.dcm")));
      expect(fetched.transferSyntax.uid).toBe(syntax);
      const pixels = fetched.dataSet.value(TAGS.PixelData)!;
      expect(Buffer.from(pixels).equals(stored.dataSet.value(TAGS.PixelData)!)).toBe(true);
    }
  });

  test("that does not know where to send is told in a sentence", async () => {
    const archive = new DimseArchive({ peer: peer("STRANGER"), receiver: { host: "127.0.0.1", port: 0 } });
    await expect(fetchStudy(archive, 1)).rejects.toThrow("STRANGER");
  });

  test("takes files by STOW-RS, tells those it does not take, and gives metadata", async () => {
    const client = new DicomWebClient({ url: orthanc.dicomWebUrl, authorization });
    try {
      const path = join(folder, "stow.dcm");
      await writeFile(path, smallRadiograph({ number: 7000, study: 700, modality: "CT" }));
      expect(await client.store([path])).toEqual({ stored: [smallRadiographUid(7000)], failed: [] });
      const [attributes] = await client.retrieveMetadata({ StudyInstanceUID: smallStudyUid(700) });
      expect(attributes).toMatchObject({ "00080018": { vr: "UI", Value: [smallRadiographUid(7000)] } });
    } finally {
      await client.close();
    }
  });

  const importWords = (home: string, ...words: readonly string[]): string[] => [
    ...["import", "radiographs", "--json", "--quiet", "--home", home],
    ...words,
  ];
  const byWeb = (): string[] => [orthanc.dicomWebUrl, "--user-file", userFile, "--from", "2000-01-01"];
  const byMove = (): string[] => [
    ...[`dimse://${orthanc.aeTitle}@127.0.0.1:${orthanc.dicomPort}`, "--retrieve", "move", "--port", String(movePort)],
    ...["--from", "2000-01-01", "--query", "Modality=DX,CR"],
  ];

  /** How many originals a home holds, while another process writes them. */
  const originals = async (home: string): Promise<number> => {
    const names = await readdir(join(home, "files"), { recursive: true }).catch(() => []);
    return names.filter((name) => /^..\/[0-9a-f]{64}$/.test(name)).length;
  };

  const arrived = async (home: string): Promise<number> => {
    const waiting = await readdir(join(home, "incoming")).catch(() => []);
    return (await originals(home)) + waiting.filter((name) => name.endsWith(".dcm")).length;
  };

  const untilArrived = async (home: string, least: number, command: RunningCommand): Promise<void> => {
    while ((await arrived(home)) < least && command.child.exitCode === null) await sleep(2);
  };

  /** The fields of the home's radiographs that must be there once each. */
  const uidsIn = async (home: string): Promise<string[]> => {
    const opened = await openHome(home, { command: "test", since: "" });
    try {
      return (await listImages(opened.database)).map(({ fileName }) => fileName.replace(".dcm", "")).sort();
    } finally {
      await opened.close();
    }
  };

  const allUids = Array.from({ length: count }, (_, i) => smallRadiographUid(i + 1)).sort();

  test("killed half-way through an import by DICOMweb and started again loses nothing", {
    timeout: 180_000,
  }, async () => {
    const home = join(folder, "home-web");
    const running = startOsteon(importWords(home, ...byWeb()));
    await untilArrived(home, count / 4, running);
    await orthanc.kill();
    expect(await arrived(home)).toBeLessThan(count);
    await sleep(300);
    await orthanc.restart();
    const [answer] = jsonLines<ArchiveAnswer>(await running.finished);
    expect(answer).toMatchObject({ imported: count, duplicates: 0, quarantined: [], missing: [], otherSeries: 2 });
    expect(await uidsIn(home)).toEqual(allUids);
    const [again] = jsonLines<ArchiveAnswer>(await osteon(importWords(home, ...byWeb())));
    expect(again).toMatchObject({ imported: 0, duplicates: 0, known: count, studies: studies + 2 });
    expect(
      (await osteon(importWords(home, `${orthanc.dicomWebUrl}/studies/${smallStudyUid(1)}`, ...byWeb().slice(1))))
        .stdout,
    ).toContain('"known":2');
  });

  test("is asked again by an import by C-MOVE that was itself killed half-way", { timeout: 180_000 }, async () => {
    const home = join(folder, "home-move");
    const running = startOsteon(importWords(home, ...byMove()));
    await untilArrived(home, count / 2, running);
    running.child.kill("SIGKILL");
    await running.finished;
    expect(await arrived(home)).toBeGreaterThan(0);
    const [answer] = jsonLines<ArchiveAnswer>(await osteon(importWords(home, ...byMove())));
    expect(answer).toMatchObject({ quarantined: [], missing: [], studies, otherSeries: 0 });
    expect(await uidsIn(home)).toEqual(allUids);
    expect(await readdir(join(home, "incoming"))).toEqual([]);
  });

  test("a wrong password ends in a sentence without it", async () => {
    const wrong = join(folder, "wrong");
    await writeFile(wrong, `${orthancUser}:not-the-password\n`);
    const words = importWords(join(folder, "home-none"), orthanc.dicomWebUrl, "--user-file", wrong);
    const { code, stdout, stderr } = await startOsteon(words).finished;
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^osteon: the server at [\d.:]+ refused the credentials \(401\); check the file of --user-file/,
    );
    expect(stderr).not.toContain("not-the-password");
  });

  test("what osteon receives outlasts a kill before it was imported", async () => {
    const home = join(folder, "home-receive");
    const port = await freePort();
    const words = ["receive", "--port", String(port), "--allow", "STORESCU@127.0.0.1", "--home", home, "--json"];
    const start = async (): Promise<RunningCommand> => {
      const command = startOsteon(words);
      await expect.poll(command.stderr, { timeout: 30_000 }).toContain("Receiving as OSTEON");
      return command;
    };
    const first = await start();
    const args = ["-aec", "OSTEON", "+sd", "127.0.0.1", String(port), join(folder, "plain")];
    expect((await runProgram("storescu", args)).code).toBe(0);
    first.child.kill("SIGKILL");
    await first.finished;
    const taken = (await arrived(home)) + (await readdir(join(home, "set-aside")).catch(() => [])).length;
    expect(taken).toBe(count + 1);
    const second = await start();
    await expect.poll(() => readdir(join(home, "incoming")), { timeout: 30_000 }).toEqual([]);
    second.child.kill("SIGTERM");
    const { code } = await second.finished;
    expect(code).toBe(0);
    expect(await uidsIn(home)).toEqual(allUids);
    expect((await readdir(join(home, "set-aside"))).length).toBe(1); // the one of another modality, for a person to look at
  });
});
