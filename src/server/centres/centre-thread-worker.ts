/** The thread of the centres: keeps the common network and has the archive's codes open, and does one piece of work after another. */

import { workerData } from "node:worker_threads";
import type { ImageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import { HomeFiles } from "../../store/files.ts";
import { type EntityFact, joinHome } from "../../store/index.ts";
import {
  answerQuestion,
  CodeMaker,
  type CodeReader,
  type CodesHome,
  codesNamed,
  openCodeReader,
  readNetwork,
} from "../../systems/centres/index.ts";
import { performWorks } from "../threads/perform-works.ts";
import type { CentreThreadSetup } from "./centre-thread.ts";
import type { CentreWork } from "./centre-work.ts";

const { root, database } = workerData as CentreThreadSetup;
const home: CodesHome = database ? joinHome(root, database) : { files: new HomeFiles(root) };
const { files } = home;

let maker: { readonly network: string; readonly maker: CodeMaker } | undefined;
/** By view, those that were asked for last. */
const archive = new Map<View, { readonly name: string; readonly codes: CodeReader }>();
let known: { readonly version: number; readonly facts: ReadonlyMap<ImageId, EntityFact> } | undefined;

type View = CentreWork["answer"]["told"]["view"];

const makerOf = async (network: string): Promise<CodeMaker> => {
  if (maker?.network !== network) {
    await maker?.maker.release();
    maker = undefined;
    maker = { network, maker: await CodeMaker.open(await readNetwork({ files }, network), { threads: 1 }) };
  }
  return maker.maker;
};

const codesOf = async (view: View, name: string): Promise<CodeReader> => {
  const open = archive.get(view);
  if (open?.name === name) return open.codes;
  archive.delete(view);
  await open?.codes.close();
  const codes = await openCodeReader(home, name);
  if (!codes) throw new OsteonError("not-indexed", "This centre has no codes to compare with yet.");
  archive.set(view, { name, codes });
  return codes;
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
  answer: async ({ made, version, view, code, k, terms }) => {
    if (known?.version !== version) return null;
    const codes = await codesOf(view, codesNamed(made, view));
    if (view === "lesion" && (await codes.count()) === 0) {
      throw new OsteonError("not-indexed", "This centre has no codes of lesions; ask about the whole image.");
    }
    return answerQuestion(codes, { code, k }, { facts: known.facts, terms });
  },
});
