/** A person's decision on what the reading of tables doubted; patients and cases follow corrections. */
import { OsteonError } from "../../../errors.ts";
import {
  type Database,
  type Decision,
  type DecisionToWrite,
  decideFinding,
  type Home,
  listTableImports,
  readDoubt,
} from "../../../store/index.ts";
import { readCorrection } from "./correct-rows.ts";
import { refreshClinicalRecords } from "./import-table.ts";

/**
 * Writes a decision down and brings the records up to date.
 *
 * @throws OsteonError `not-found` where nothing has the number, `bad-input` where the correction cannot be taken
 */
export const decideDoubt = async (home: Home, id: string, decision: Decision): Promise<void> => {
  await writeDecision(home.database, id, { decision });
  await refreshClinicalRecords(home);
};

/**
 * Writes a decision down. Patients and cases stay behind a correction until they are refreshed.
 *
 * @throws OsteonError as {@link decideDoubt}
 */
export const writeDecision = async (database: Database, id: string, made: DecisionToWrite<Decision>): Promise<void> => {
  const { decision } = made;
  const doubt = await readDoubt(database, id);
  if (doubt && decision.state === "corrected" && decision.value !== undefined) {
    if (!("table" in doubt)) {
      throw new OsteonError(
        "bad-input",
        "A contradiction has no single cell to correct; correct the table and import it again, or accept it.",
      );
    }
    if (readCorrection(doubt, decision.value, await listTableImports(database)) === undefined) {
      throw new OsteonError(
        "bad-input",
        "The correction cannot be read as this column is; say it in the vocabulary's words.",
      );
    }
  }
  if (!doubt || !(await decideFinding(database, id, made))) {
    throw new OsteonError(
      "not-found",
      `There is no finding or contradiction ${JSON.stringify(id)}; see \`osteon doubts list\`.`,
    );
  }
};
