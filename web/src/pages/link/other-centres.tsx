/** What other centres know: asked by the code of this radiograph or lesion, each answer shown as it comes. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import type { CentreOutcome, Inquiry } from "../../../../src/contract/centres.ts";
import type { Query } from "../../../../src/contract/queries.ts";
import { change, get } from "../../api/client.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { centresWords } from "./centres-words.ts";
import styles from "./other-centres.module.css";
import { queryAddress } from "./queries.ts";
import { useLabelName } from "./use-label-name.ts";

/** How soon a page looks again while centres are waited for. */
const lookMs = 700;

const isOpen = (inquiry: Inquiry | undefined): boolean =>
  inquiry?.last?.outcomes.some(({ state }) => state === "waiting") ?? false;

/** Nothing where there is no centre to ask and none was asked. */
export const OtherCentres = ({ query }: { readonly query: Query }) => {
  const words = useWords(centresWords);
  const { number, percent, time } = useFormats();
  const heading = useId();
  const client = useQueryClient();
  const key = ["centres", query.id];
  const address = `${queryAddress(query.id)}/centres`;
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: () => get<Inquiry>(address),
    refetchInterval: ({ state }) => (isOpen(state.data) ? lookMs : false),
  });
  const asking = useMutation({
    mutationFn: () => change<Inquiry>("POST", address, { box: query.box }),
    onSuccess: (inquiry) => client.setQueryData(key, inquiry),
  });
  const mayAsk = data !== undefined && data.hindrance === null && query.problem === null && !asking.isPending;
  useShortcuts(words.title, [{ keys: "o", does: words.key, run: () => asking.mutate(), enabled: mayAsk }]);
  if (error) return <ProblemNote error={error} />;
  if (!data || (data.hindrance === "no-centres" && data.last === null)) return null;
  const { last, centres, hindrance } = data;
  const ended = last?.outcomes.filter(({ state }) => state !== "waiting").length ?? 0;
  return (
    <section className={styles.centres} aria-labelledby={heading}>
      <h3 id={heading}>{words.title}</h3>
      <p className={styles.soft}>
        {words.leaves(last && number(last.bits))}{" "}
        {last && last.flippedShare > 0 && words.flipped(percent(last.flippedShare))}
      </p>
      {hindrance === "no-network" && <p>{words.noNetwork}</p>}
      {centres.length > 0 && hindrance === null && (
        <div>
          <button type="button" disabled={!mayAsk} onClick={() => asking.mutate()}>
            {asking.isPending ? words.asking : last ? words.askAgain : words.ask(centres.length)} <kbd>O</kbd>
          </button>
        </div>
      )}
      {asking.error && <ProblemNote error={asking.error} />}
      {last && (
        <>
          <p role="status" className={styles.soft}>
            {words.progress(ended, last.outcomes.length)} · {time(last.at)}
          </p>
          <ul className={styles.outcomes}>
            {last.outcomes.map((outcome) => (
              <li key={outcome.centre} data-state={outcome.state}>
                <Outcome outcome={outcome} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};

const Outcome = ({ outcome: { name, answer, problem, state } }: { readonly outcome: CentreOutcome }) => {
  const words = useWords(centresWords);
  const { number } = useFormats();
  const labelName = useLabelName();
  const reason = problem && (words.problems[problem.code] ?? words.otherProblem);
  const minutes = problem?.retrySeconds ? words.again(number(Math.ceil(problem.retrySeconds / 60))) : null;
  return (
    <>
      <strong>{name}</strong> {state === "waiting" && <span className={styles.soft}>{words.waiting}</span>}
      {reason && (
        <span className={styles.failed}>
          {reason}
          {minutes && ` (${minutes})`}
        </span>
      )}
      {answer && answer.neighbours.length === 0 && <span>{words.nobodyNear}</span>}
      {answer && answer.neighbours.length > 0 && (
        <ol aria-label={words.neighbours(name)} className={styles.neighbours}>
          {answer.neighbours.map(({ entity, distance }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two patients may be told of in the same words, and the order stays
            <li key={i}>
              {labelName(entity)}{" "}
              <span className={styles.soft}>
                {answer.terms.distanceStep > 0 ? words.within(number(distance, 2)) : words.exactly(number(distance, 3))}
              </span>
            </li>
          ))}
        </ol>
      )}
      {answer && (
        <p className={styles.soft}>
          {answer.contact !== "" && `${words.contact} ${answer.contact}. `}
          {answer.terms.smallestGroup > 1 && `${words.smallGroups(number(answer.terms.smallestGroup))} `}
          {words.tooFar(number(answer.terms.farthest, 2))} {answer.terms.someEntities && words.someEntities}
        </p>
      )}
    </>
  );
};
