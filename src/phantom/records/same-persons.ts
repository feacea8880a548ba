/** Some people come to the centre twice and get a second number, as if they were somebody else. */
import type { Random } from "../../numeric/random.ts";
import { yearsBetween } from "./days.ts";
import type { PatientDraft } from "./study-patient.ts";

const suits = (draft: PatientDraft): boolean =>
  !draft.radiographed &&
  !draft.oddity &&
  !draft.exclusion &&
  draft.cases.length === 1 &&
  draft.record.birthDate !== undefined &&
  draft.record.deathDate === undefined;

/** The drafts, of which `count` pairs are one person each under two numbers; the second has the first's name and birthday. */
export const joinPersons = (drafts: readonly PatientDraft[], count: number, random: Random): PatientDraft[] => {
  const result = [...drafts];
  const free = Array.from(random.permutation(drafts.length)).filter((i) => suits(drafts[i]!));
  for (let pair = 0; pair < count; pair++) {
    const first = free.shift();
    if (first === undefined) break;
    const { person, record } = result[first]!;
    const at = free.findIndex((i) => {
      const [one] = result[i]!.cases;
      const date = one?.final?.date ?? one?.preliminary?.date ?? "";
      const age = date === "" ? -1 : yearsBetween(person.birthDate, date);
      return age >= 0 && age <= 97;
    });
    if (at < 0) break;
    const [second] = free.splice(at, 1);
    const draft = result[second!]!;
    const [one] = draft.cases;
    const ageYears = yearsBetween(person.birthDate, (one!.final?.date ?? one!.preliminary?.date)!);
    const { sex: _, ...rest } = draft.record;
    result[second!] = {
      ...draft,
      person,
      record: { ...rest, birthDate: person.birthDate, ...(record.sex ? { sex: record.sex } : {}) },
      cases: [{ ...one!, ageYears }],
      samePersonAs: record.patient,
    };
  }
  return result;
};
