/** What is told of a neighbour in few words: what it is, "23 years, female" and "femur, metaphyseal". */

import type { LinkNeighbour } from "../../../../src/contract/queries.ts";
import { useVocabulary } from "../../parts/vocabulary.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { shortOfAll } from "./short-of-all.ts";
import { useLabelName } from "./use-label-name.ts";
import { linkWords } from "./words.ts";

export interface NeighbourFacts {
  /** What it votes for, or else the entity that is known. */
  readonly name: (neighbour: LinkNeighbour) => string;
  /** Lines of a card. */
  readonly lines: (neighbour: LinkNeighbour) => readonly string[];
  /** Of past links, as a percentage; null where too few can say. */
  readonly closerThan: (neighbour: LinkNeighbour) => string | null;
}

export const useNeighbourFacts = (): NeighbourFacts => {
  const words = useWords(linkWords).answer;
  const { number, percent } = useFormats();
  const labelName = useLabelName();
  const { entity, sex, site, position } = useVocabulary();
  return {
    name: ({ label, entity: known }) =>
      label !== null ? labelName(label) : known !== null ? entity(known) : words.noLabel,
    lines: ({ label, entity: known, ...told }) => {
      const vote =
        label === null ? (known === null ? [] : [words.doesNotVote]) : known !== label && known ? [entity(known)] : [];
      const patient = [
        ...(told.ageYears === null ? [] : [words.years(number(told.ageYears))]),
        ...(told.sex === null ? [] : [sex(told.sex)]),
      ];
      const place = [
        ...(told.site === null ? [] : [site(told.site)]),
        ...(told.position === null ? [] : [position(told.position)]),
      ];
      return [...vote, patient.join(", "), place.join(", ")].filter((line) => line !== "");
    },
    closerThan: ({ closerThan }) => (closerThan === null ? null : percent(shortOfAll(closerThan))),
  };
};
