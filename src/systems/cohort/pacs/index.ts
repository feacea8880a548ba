/** Picture archives of a hospital: radiographs fetched from them, and received from them. */

export { type ArchiveUrl, parseArchiveUrl } from "../../../pacs/archive-url.ts";
export { basic, bearer, type CredentialText } from "../../../pacs/credentials.ts";
export { aeTitle, parseAllowList } from "../../../pacs/dimse/ae-title.ts";
export { statusMeaning } from "../../../pacs/dimse/status.ts";
export { parseStudyQuery } from "../../../pacs/study-query.ts";
export { type ArchiveImportReport, importFromArchive } from "./import-from-archive.ts";
export { openArchive } from "./open-archive.ts";
export { type ReceiveEvent, receiveRadiographs } from "./receive-radiographs.ts";
