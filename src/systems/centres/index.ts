/** What centres tell each other of their precedents without telling of their patients: codes, by a network that they share. */

export {
  answerQuestion,
  type CodeAnswer,
  coarse,
  countEntities,
  type ToldNeighbour,
  toldEntities,
} from "./answer-question.ts";
export { codesSystem, networkName, networkSystem } from "./artefacts.ts";
export { codeFromText, codeToText, shareOfDifferingBits } from "./code-bytes.ts";
export { CodeMaker, type MarkedLesion } from "./code-maker.ts";
export { chooseCodeDatabases } from "./codes-in-databases.ts";
export {
  type CentreView,
  type CommonNetwork,
  decodeCommonNetwork,
  encodeCommonNetwork,
  type Fingerprints,
  fingerprintsOf,
  hyperplanesThrough,
} from "./common-network.ts";
export { type Disguise, disguiseCode, disguiseSecret } from "./disguise-code.ts";
export { fingerprintOf, isFingerprint, publicKeyOf, readPublicKey } from "./identity.ts";
export { type CodesReport, findCodes, indexForCentres } from "./index-archive.ts";
export { type CodeReader, type CodesHome, type CodeWriter, codesNamed, imageOf, type NearName } from "./kept-codes.ts";
export { openCodeReader, openCodeWriter } from "./open-codes.ts";
export {
  type AnswerTerms,
  type CentrePolicy,
  commonBits,
  defaultPolicy,
  type QuestionLimits,
} from "./policy.ts";
export {
  adoptNetwork,
  type CentreWorkOptions,
  findNetwork,
  type NetworkReport,
  readNetwork,
  shareNetwork,
} from "./share-network.ts";
export { isSignedBy, type MessagePurpose, type Signed, signMessage } from "./signed-message.ts";
export { type AskedBefore, isProbing, judgeQuestion } from "./watch-questions.ts";
