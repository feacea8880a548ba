/** The thread of the centres: keeps the common network and the archive's codes, and does one piece of work after another. */

import { workerData } from "node:worker_threads";
import type { ImageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import { HomeFiles } from "../../store/files.ts";
import type { EntityFact } from "../../store/index.ts";
import {
  type ArchiveCodes,
  answerQuestion,
  type CodedImages,
  CodeMaker,
  codesName,
  decodeArchiveCodes,
  readNetwork,
  withBits,
} from "../../systems/centres/index.ts";
import { performWorks } from "../threads/perform-works.ts";
import type { CentreWork } from "./centre-work.ts";

const files = new HomeFiles(workerData as string);

let maker: { readonly network: string; readonly maker: CodeMaker } | undefined;
let archive: { readonly run: string; readonly codes: ArchiveCodes } | undefined;
/** Codes with fewer bits, by view and number of bits, those that were asked for last: each is another copy of the archive's. */
let shorter = new Map<string, CodedImages>();
const mostShorter = 3;
let known: { readonly version: number; readonly facts: ReadonlyMap<ImageId, EntityFact> } | undefined;

const makerOf = async (network: string): Promise<CodeMaker> => {
  if (maker?.network !== network) {
    await maker?.maker.release();
    maker = undefined;
    maker = { network, maker: await CodeMaker.open(await readNetwork({ files }, network), { threads: 1 }) };
  }
  return maker.maker;
};

const codesOf = async (run: string, view: CentreWork["answer"]["told"]["view"], bits: number): Promise<CodedImages> => {
  if (archive?.run !== run) {
    archive = { run, codes: decodeArchiveCodes(await files.readArtefact(run, codesName)) };
    shorter = new Map();
  }
  const all = archive.codes.of[view];
  if (!all) throw new OsteonError("not-indexed", "This centre has no codes of lesions; ask about the whole image.");
  const name = `${view} ${bits}`;
  const found = shorter.get(name) ?? withBits(all, bits);
  shorter.delete(name);
  shorter.set(name, found);
  const [oldest] = shorter.keys();
  if (shorter.size > mostShorter) shorter.delete(oldest!);
  return found;
};

performWorks<CentreWork>({
  code: async ({ network, query: { of, id, box, size } }) => {
    const picture = decodeGreyPng(await (of === "query" ? files.readQueryPicture(id) : files.readPicture(id)));
    return (await makerOf(network)).codeOf(await picture, box && { box, radiograph: size });
  },
  know: async ({ version, facts }) => {
    known = { version, facts: new Map(facts.map((fact) => [fact.image, fact])) };
    return null;
  },
  answer: async ({ codes, version, view, code, k, terms }) => {
    if (known?.version !== version) return null;
    const { facts } = known;
    return answerQuestion(await codesOf(codes, view, code.length * 32), { code, k }, { facts, terms });
  },
});
