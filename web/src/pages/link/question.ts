/** What is asked of the archive besides the radiograph, as the form holds it. */

import type { Box } from "../../../../src/contract/pictures.ts";
import type { LinkAnswer, LinkRequest } from "../../../../src/contract/queries.ts";

export interface Question {
  readonly k: number;
  readonly exact: boolean;
  /** Empty fields are no filter. */
  readonly ageFrom: string;
  readonly ageTo: string;
  readonly sex: string;
  readonly site: string;
  /** Only what was known before the radiograph was taken. */
  readonly earlier: boolean;
  /** Only patients with a final diagnosis. */
  readonly final: boolean;
  /** How often the set of diagnoses is to be right. */
  readonly coverage: number;
  readonly byLabel: boolean;
}

export const usualQuestion: Question = {
  k: 5,
  exact: false,
  ageFrom: "",
  ageTo: "",
  sex: "",
  site: "",
  earlier: true,
  final: true,
  coverage: 0.9,
  byLabel: false,
};

/** What may be asked for. */
export const coverages = [0.8, 0.9, 0.95, 0.99] as const;

const oldest = 150;

/** As the server takes it. */
export const requestOf = (question: Question, box: Box | null): LinkRequest & { filters: LinkAnswer["filters"] } => {
  const { k, exact, ageFrom, ageTo, sex, site, earlier, final, coverage, byLabel } = question;
  const from = ageFrom === "" ? 0 : Number(ageFrom);
  const to = ageTo === "" ? oldest : Number(ageTo);
  return {
    k,
    exact,
    box,
    filters: {
      ageYears: ageFrom === "" && ageTo === "" ? null : [Math.min(from, to), Math.max(from, to)],
      sex: sex === "" ? null : sex,
      site: site === "" ? null : site,
    },
    references: { earlier, final },
    prediction: { coverage, byLabel },
  };
};

/** The question that an answer answered, so that the form shows it again. */
export const questionOf = ({ k, exact, filters, references, wish }: LinkAnswer): Question => ({
  k,
  exact,
  earlier: references.earlier,
  final: references.final,
  ...wish,
  ageFrom: filters.ageYears && filters.ageYears[0] > 0 ? String(filters.ageYears[0]) : "",
  ageTo: filters.ageYears && filters.ageYears[1] < oldest ? String(filters.ageYears[1]) : "",
  sex: filters.sex ?? "",
  site: filters.site ?? "",
});

/** Whether an answer is to this question. */
export const isAnswered = (answer: LinkAnswer, question: Question): boolean =>
  JSON.stringify(requestOf(question, null)) === JSON.stringify(requestOf(questionOf(answer), null));
