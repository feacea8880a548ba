/**
 * Radiographs through a real archive: into Orthanc by dcmtk's storescu, out of it by DICOMweb and by C-MOVE while it is killed
 * half-way and started again; each must be in the home once. Receiving and fetching beside Orthanc and dcmtk's getscu.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, hasOrthanc, OrthancProcess, orthancPassword, orthancUser } from "../scripts/orthanc-process.ts";
import { jsonLines, startOsteon } from "../scripts/osteon-process.ts";
import { smallRadiograph, smallStudyUid } from "../scripts/small-radiograph.ts";
import { DicomWebArchive } from "../src/pacs/dicomweb/dicom-web-archive.ts";
import { DimseArchive } from "../src/pacs/dimse/dimse-archive.ts";
import { listImages, openHome } from "../src/store/index.ts";
import { type Bench, beside, type Figure } from "./figure.ts";

/** Pixels of a side: 128 KiB a file. */
const side = 256;
/** Objects of the one study that is fetched alone. */
const wholeStudy = 100;
/** How long the archive is away. */
const awayMs = 2000;

interface Setting {
  readonly folder: string;
  readonly count: number;
  readonly orthanc: OrthancProcess;
  readonly movePort: number;
  readonly say: (line: string) => void;
}

/** Runs a program to its end. Returns how many seconds it took. */
const timed = async (program: string, args: readonly string[]): Promise<number> => {
  const start = performance.now();
  const [code] = await once(spawn(program, args, { stdio: "ignore" }), "exit");
  if (code !== 0) throw new Error(`${program} ended with ${code}.`);
  return (performance.now() - start) / 1e3;
};

const storescu = (aeTitle: string, port: number, folder: string): Promise<number> =>
  timed("storescu", ["-aec", aeTitle, "+sd", "127.0.0.1", String(port), folder]);

/** `npm run bench -- pacs [COUNT]` */
export const pacs: Bench = async ({ args, say }) => {
  if (!hasOrthanc || !existsSync("/usr/bin/storescu")) {
    say("Orthanc with its DICOMweb plugin, or dcmtk, is not installed; nothing to measure.");
    return [];
  }
  const count = Number(args[0] ?? 500);
  const folder = await mkdtemp(join(tmpdir(), "osteon-pacs-"));
  const movePort = await freePort();
  const orthanc = await OrthancProcess.start({ folder: join(folder, "orthanc"), modalities: { OSTEON: movePort } });
  try {
    const setting: Setting = { folder, count, orthanc, movePort, say };
    say(`Writing ${count} radiographs.`);
    const files = join(folder, "files");
    await mkdir(files);
    for (let number = 1; number <= count; number++) {
      await writeFile(join(files, `${number}.dcm`), smallRadiograph({ number, study: Math.ceil(number / 2), side }));
    }
    return [
      ...(await receiving(setting, files)),
      ...(await importing(setting, "DICOMweb", webWords(setting, await writeUser(folder)))),
      ...(await importing(setting, "C-MOVE", moveWords(setting))),
      ...(await fetching(setting)),
    ];
  } finally {
    await orthanc.kill();
    await rm(folder, { recursive: true, force: true });
  }
};

const writeUser = async (folder: string): Promise<string> => {
  const path = join(folder, "user");
  await writeFile(path, `${orthancUser}:${orthancPassword}\n`, { mode: 0o600 });
  return path;
};

const webWords = ({ orthanc }: Setting, userFile: string): string[] => [orthanc.dicomWebUrl, "--user-file", userFile];

const moveWords = ({ orthanc, movePort }: Setting): string[] => [
  ...[`dimse://${orthanc.aeTitle}@127.0.0.1:${orthanc.dicomPort}`, "--retrieve", "move", "--port", String(movePort)],
];

/** The same storescu with the same files, to Orthanc and to `osteon receive`. */
const receiving = async ({ folder, count, orthanc, say }: Setting, files: string): Promise<Figure[]> => {
  say("Sending them to Orthanc, and to osteon receive.");
  const toOrthanc = await storescu(orthanc.aeTitle, orthanc.dicomPort, files);
  const port = await freePort();
  const home = join(folder, "home-receive");
  const words = ["receive", "--port", String(port), "--allow", "STORESCU@127.0.0.1", "--home", home, "--json"];
  const receiver = startOsteon(words);
  while (!receiver.stderr().includes("Receiving as")) await sleep(50);
  const toOsteon = await storescu("OSTEON", port, files);
  receiver.child.kill("SIGTERM");
  const [answer] = jsonLines<{ imported: number; duplicates: number }>(await receiver.finished);
  return [
    beside({
      name: "storescu's objects received, each on the disk before it is answered",
      value: count / toOsteon,
      unit: "objects/s",
      peer: "Orthanc",
      peerValue: count / toOrthanc,
    }),
    { name: "received and imported", value: answer?.imported ?? 0, unit: "radiographs", wanted: `${count}` },
  ];
};

/** How many objects have reached a home, while another process fetches them. */
const arrived = async (home: string): Promise<number> => {
  const kept = await readdir(join(home, "files"), { recursive: true }).catch(() => []);
  const waiting = await readdir(join(home, "incoming")).catch(() => []);
  const originals = kept.filter((name) => /^..\/[0-9a-f]{64}$/.test(name));
  return originals.length + waiting.filter((name) => name.endsWith(".dcm")).length;
};

/** An import of everything during which the archive is killed at the half and started again. */
const importing = async (setting: Setting, way: string, words: readonly string[]): Promise<Figure[]> => {
  const { folder, count, orthanc, say } = setting;
  const home = join(folder, `home-${way}`);
  let imported = 0;
  let duplicates = 0;
  let runs = 0;
  let killedAt = 0;
  let peakMemory = 0;
  const start = performance.now();
  for (let isComplete = false; !isComplete && runs < 3; ) {
    runs += 1;
    say(`Importing by ${way}, run ${runs}.`);
    const running = startOsteon(["import", "radiographs", ...words, "--home", home, "--json", "--quiet"]);
    if (runs === 1) {
      while ((await arrived(home)) < count / 2 && running.child.exitCode === null) await sleep(5);
      await orthanc.kill();
      killedAt = await arrived(home);
      say(`Orthanc was killed with ${killedAt} of ${count} fetched.`);
      await sleep(awayMs);
      await orthanc.restart();
    }
    const result = await running.finished;
    peakMemory = Math.max(peakMemory, result.peakMemory);
    const [answer] = jsonLines<{ imported: number; duplicates: number }>(result);
    imported += answer?.imported ?? 0;
    duplicates += answer?.duplicates ?? 0;
    isComplete = result.code === 0;
  }
  const seconds = (performance.now() - start - awayMs) / 1e3;
  const opened = await openHome(home, { command: "bench", since: "" });
  const images = await listImages(opened.database);
  await opened.close();
  const uids = new Set(images.map(({ fileName }) => fileName));
  return [
    { name: `${way}: fetched when the archive was killed`, value: killedAt, unit: "objects", wanted: `below ${count}` },
    { name: `${way}: imported`, value: imported, unit: "radiographs", wanted: `${count}` },
    { name: `${way}: duplicates`, value: duplicates + images.length - uids.size, unit: "radiographs", wanted: "0" },
    { name: `${way}: missing from the home`, value: count - uids.size, unit: "radiographs", wanted: "0" },
    { name: `${way}: runs of the command`, value: runs, unit: "runs", wanted: "1" },
    { name: `${way}: peak memory`, value: peakMemory / 2 ** 20, unit: "MiB" },
    { name: `${way}: imported a second, kill and restart included`, value: imported / seconds, unit: "radiographs/s" },
  ];
};

/** One study of many objects fetched to a folder, flushed to the disk, beside dcmtk's getscu. */
const fetching = async ({ folder, orthanc, say }: Setting): Promise<Figure[]> => {
  say(`Fetching one study of ${wholeStudy} objects.`);
  const files = join(folder, "whole-study");
  await mkdir(files);
  for (let i = 1; i <= wholeStudy; i++) {
    await writeFile(join(files, `${i}.dcm`), smallRadiograph({ number: 100_000 + i, study: 100_000, side }));
  }
  await storescu(orthanc.aeTitle, orthanc.dicomPort, files);
  const peer = { host: "127.0.0.1", port: orthanc.dicomPort, calledAeTitle: orthanc.aeTitle, callingAeTitle: "OSTEON" };
  const authorization = `Basic ${Buffer.from(`${orthancUser}:${orthancPassword}`).toString("base64")}`;
  const seconds = async (archive: DimseArchive | DicomWebArchive): Promise<number> => {
    const target = await mkdtemp(join(folder, "fetched-"));
    const start = performance.now();
    const { instances } = await archive.findInstances(smallStudyUid(100_000), () => true);
    await archive.fetch({ instances, isWholeSeries: true }, { folder: target, onInstance: () => {} });
    const taken = (performance.now() - start) / 1e3;
    await archive.close();
    if ((await readdir(target)).length !== wholeStudy) throw new Error("Not all of the study came.");
    return taken;
  };
  const byGet = await seconds(new DimseArchive({ peer }));
  const byWeb = await seconds(new DicomWebArchive({ url: orthanc.dicomWebUrl, authorization }));
  const target = join(folder, "getscu");
  await mkdir(target);
  const byGetscu = await timed("getscu", [
    ...["-S", "-aet", "OSTEON", "-aec", orthanc.aeTitle, "-od", target, "127.0.0.1", String(orthanc.dicomPort)],
    ...["-k", "QueryRetrieveLevel=STUDY", "-k", `StudyInstanceUID=${smallStudyUid(100_000)}`],
  ]);
  const peerValue = wholeStudy / byGetscu;
  const unit = "objects/s";
  return [
    beside({ name: "one study by C-GET, found first", value: wholeStudy / byGet, unit, peer: "getscu", peerValue }),
    beside({ name: "one study by DICOMweb, found first", value: wholeStudy / byWeb, unit, peer: "getscu", peerValue }),
  ];
};
