/** True facts that look like errors, so that checks of tables can be tried for crying wolf. */
import { siteTerm } from "../../clinic/vocabulary/sites.ts";
import type { Random } from "../../numeric/random.ts";
import type { Oddity } from "./centre-patient.ts";
import { addDays } from "./days.ts";
import type { CaseDraft, PatientDraft } from "./study-patient.ts";

/** How often each is planted, of all patients. */
const share = 0.004;

type Change = (draft: PatientDraft, other: PatientDraft) => PatientDraft | undefined;

const withCase = (draft: PatientDraft, change: (one: CaseDraft) => CaseDraft | undefined): PatientDraft | undefined => {
  const changed = draft.cases.length === 1 ? change(draft.cases[0]!) : undefined;
  return changed && { ...draft, cases: [changed] };
};

const dateOf = (one: CaseDraft): string | undefined => one.final?.date ?? one.preliminary?.date;

/** Born so many years and days before the diagnosis. */
const bornBefore = (draft: PatientDraft, years: number, days: number): PatientDraft | undefined => {
  const [one] = draft.cases;
  const date = one && dateOf(one);
  if (draft.radiographed || draft.cases.length > 1 || !date || one.ageYears === undefined || !draft.record.birthDate)
    return;
  const birthDate = addDays(`${Number(date.slice(0, 4)) - years}${date.slice(4).replace("02-29", "02-28")}`, -days);
  return {
    ...draft,
    person: { ...draft.person, birthDate },
    record: { ...draft.record, birthDate },
    cases: [{ ...one, ageYears: years }],
  };
};

const changes: Readonly<Partial<Record<Oddity, Change>>> = {
  "older than a hundred years": (draft) => bornBefore(draft, 101 + (draft.person.givenName.length % 4), 40),
  "born in the year of the diagnosis": (draft) => bornBefore(draft, 0, 60),
  "both sides": (draft) =>
    draft.radiographed
      ? undefined
      : withCase(draft, (one) => (one.site && siteTerm(one.site)!.paired ? { ...one, side: "both" } : undefined)),
  twins: (draft, other) => {
    // the second child of the same parents, on the same day
    if (
      draft.radiographed ||
      other.radiographed ||
      !other.record.birthDate ||
      draft.person.givenName === other.person.givenName
    )
      return;
    const [one] = draft.cases;
    const date = one && dateOf(one);
    if (draft.cases.length > 1 || !date || date <= other.record.birthDate || !draft.record.birthDate) return;
    const ageYears =
      Number(date.slice(0, 4)) -
      Number(other.record.birthDate.slice(0, 4)) -
      (date.slice(5) < other.record.birthDate.slice(5) ? 1 : 0);
    if (ageYears < 0 || ageYears > 97) return;
    return {
      ...draft,
      person: { ...draft.person, familyName: other.person.familyName, birthDate: other.record.birthDate },
      record: { ...draft.record, birthDate: other.record.birthDate },
      cases: [{ ...one, ageYears }],
    };
  },
  namesakes: (draft, other) =>
    draft.radiographed || draft.person.birthDate === other.person.birthDate || draft.record.birthDate === undefined
      ? undefined
      : { ...draft, person: { ...other.person, birthDate: draft.person.birthDate } },
  "treated on the day of the diagnosis": (draft) =>
    withCase(draft, (one) => {
      const surgery = one.treatments.findIndex(({ kind }) => kind === "surgery");
      if (surgery !== 0 || one.treatments.length > 1 || draft.radiographed) return;
      return { ...one, treatments: [{ ...one.treatments[0]!, startDate: dateOf(one)! }] };
    }),
};

/** The drafts with a few of each oddity, never two in one patient. */
export const addOddities = (drafts: readonly PatientDraft[], random: Random): PatientDraft[] => {
  const result = [...drafts];
  const order = Array.from(random.permutation(drafts.length));
  const wanted = Math.max(1, Math.round(share * drafts.length));
  for (const [oddity, change] of Object.entries(changes) as [Oddity, Change][]) {
    let planted = 0;
    for (const [turn, i] of order.entries()) {
      if (planted >= wanted) break;
      const other = result[order[(turn + 1) % order.length]!]!;
      const draft = result[i]!;
      if (draft.oddity || draft.exclusion || other.oddity || other === draft) continue;
      const changed = change(draft, other);
      if (changed === undefined) continue;
      result[i] = { ...changed, oddity };
      planted += 1;
    }
  }
  return result;
};
