/** A person's decision on what the reading of tables doubted; patients and cases follow it at once. */
import { OsteonError } from "../../../errors.ts";
import {
  type Decision,
  decideFinding,
  type Home,
  listContradictions,
  listFindings,
  listTableImports,
} from "../../../store/index.ts";
import { readCorrection } from "./correct-rows.ts";
import { refreshClinicalRecords } from "./import-table.ts";

/**
 * Writes a decision down and brings the records up to date.
 *
 * @throws OsteonError `not-found` where nothing has the number, `bad-input` where the correction cannot be taken
 */
export const decideDoubt = async (home: Home, id: string, decision: Decision): Promise<void> => {
  const finding = (await listFindings(home.database)).find((one) => one.id === id);
  if (decision.state === "corrected" && decision.value !== undefined) {
    if (finding === undefined) {
      const isContradiction = (await listContradictions(home.database)).some((one) => one.id === id);
      if (isContradiction) {
        throw new OsteonError(
          "bad-input",
          "A contradiction has no single cell to correct; correct the table and import it again, or accept it.",
        );
      }
    } else if (readCorrection(finding, decision.value, await listTableImports(home.database)) === undefined) {
      throw new OsteonError(
        "bad-input",
        "The correction cannot be read as this column is; say it in the vocabulary's words.",
      );
    }
  }
  if (!(await decideFinding(home.database, id, decision))) {
    throw new OsteonError(
      "not-found",
      `There is no finding or contradiction ${JSON.stringify(id)}; see \`osteon doubts list\`.`,
    );
  }
  await refreshClinicalRecords(home);
};
