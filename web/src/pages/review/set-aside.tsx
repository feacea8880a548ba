/** Files that imports set aside: looked at by reason, and imported anyway, left out or deleted. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { SetAsideDecisions, SetAsideFile, SetAsideOutcome } from "../../../../src/contract/review.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Pager } from "../../parts/pager.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import desk from "./desk.module.css";
import { type DeskState, decideFiles, pageSize, type Reason, useDesk, useSetAside, wholeDesk } from "./review-data.ts";
import { SetAsideDetail } from "./set-aside-detail.tsx";
import { StateChoice } from "./state-choice.tsx";
import { useReasonSentence } from "./use-reason-sentence.ts";
import { reasonName, reviewWords } from "./words.ts";

type Decision = SetAsideDecisions["decision"];

/** What is asked before it is done. */
interface Question {
  readonly decision: "delete" | "leave out";
  readonly files: readonly SetAsideFile[];
}

export const SetAside = () => {
  const words = useWords(reviewWords);
  const { number } = useFormats();
  const sentenceOf = useReasonSentence();
  const queries = useQueryClient();
  const [state, setState] = useState<DeskState>("open");
  const [reason, setReason] = useState<Reason>();
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [said, setSaid] = useState("");
  const [question, setQuestion] = useState<Question>();
  const summary = useDesk();
  const { data, error, refetch } = useSetAside({ state, reason }, offset);
  const files = data?.files ?? [];
  const at = Math.min(chosen, Math.max(files.length - 1, 0));
  const file = files[at];

  const deciding = useMutation({
    mutationFn: ({ ids, decision }: { ids: readonly string[]; decision: Decision }) => decideFiles(ids, decision),
    onSuccess: async (outcome, { decision }) => {
      setSaid(outcomeSentence(outcome, decision));
      setQuestion(undefined);
      await queries.invalidateQueries(wholeDesk);
    },
  });
  const outcomeSentence = ({ decided, imported, refused }: SetAsideOutcome, decision: Decision): string =>
    [
      decision === "import anyway" ? words.importedCount(number(imported)) : words.done[decision](number(decided)),
      ...refused.map(({ code }) => `${words.refused} ${reasonName(words, code)}`),
    ].join(" ");
  const act = (decision: Decision, some: readonly SetAsideFile[]): void => {
    if (some.length > 0 && !deciding.isPending) deciding.mutate({ ids: some.map(({ id }) => id), decision });
  };
  const isOpen = file !== undefined && file.decision === null;
  const mayReopen = file?.decision?.decision === "left out";
  const move = (by: number) => () => setChosen(Math.min(Math.max(at + by, 0), Math.max(files.length - 1, 0)));
  useShortcuts(words.titles.files, [
    { keys: "j", does: words.next, run: move(1) },
    { keys: "k", does: words.previous, run: move(-1) },
    {
      keys: "a",
      does: words.importAnyway,
      run: () => file && act("import anyway", [file]),
      enabled: file?.mayImport ?? false,
    },
    { keys: "x", does: words.leaveOut, run: () => file && act("leave out", [file]), enabled: isOpen },
    { keys: "o", does: words.reopen, run: () => file && act("open", [file]), enabled: mayReopen },
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is begun at its beginning
  useEffect(() => {
    setOffset(0);
    setChosen(0);
  }, [state, reason]);

  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data || !summary.data) return null;
  const groups = summary.data.setAside;
  if (groups.length === 0) return <EmptyState title={words.noFiles}>{words.noFilesHint}</EmptyState>;
  return (
    <div className={desk.desk}>
      <div className={desk.bar}>
        <StateChoice state={state} onState={setState} />
        <label>
          {words.reason}{" "}
          <select
            value={reason ? `${reason.code} ${reason.detail}` : ""}
            onChange={({ target }) =>
              setReason(groups.find(({ code, detail }) => `${code} ${detail}` === target.value))
            }
          >
            <option value="">{words.allReasons}</option>
            {groups.map(({ code, detail, open, decided }) => (
              <option key={`${code} ${detail}`} value={`${code} ${detail}`}>
                {reasonName(words, code)} ({number(state === "open" ? open : decided)}): {sentenceOf(detail).text}
              </option>
            ))}
          </select>
        </label>
        {state === "open" && reason && files.length > 1 && (
          <button type="button" onClick={() => setQuestion({ decision: "leave out", files })}>
            {words.leaveAllOut(number(files.length))}
          </button>
        )}
        <span role="status" className={desk.said}>
          {said}
        </span>
      </div>
      {deciding.error && <ProblemNote error={deciding.error} />}
      {file ? (
        <div className={desk.columns}>
          <div className={desk.listColumn}>
            <nav aria-label={words.titles.files} className={desk.list}>
              <ul>
                {files.map(({ id, name, code, decision }, position) => (
                  <li key={id}>
                    <button
                      type="button"
                      aria-current={position === at ? "true" : undefined}
                      ref={(button) => {
                        if (position === at) button?.scrollIntoView({ block: "nearest" });
                      }}
                      onClick={() => setChosen(position)}
                    >
                      <span className={desk.what}>{name}</span>
                      <span className={desk.facts}>
                        {reasonName(words, code)}
                        {decision && <> · {words.decisions[decision.decision]}</>}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </nav>
            <Pager
              offset={offset}
              size={pageSize}
              total={data.total}
              onOffset={(next) => {
                setOffset(next);
                setChosen(0);
              }}
            />
          </div>
          <SetAsideDetail
            key={file.id}
            file={file}
            isBusy={deciding.isPending}
            onDecide={(decision) => {
              if (decision === "delete") setQuestion({ decision, files: [file] });
              else act(decision, [file]);
            }}
          />
        </div>
      ) : (
        <EmptyState title={words.nothingOpen}>{words.nothingOpenHint}</EmptyState>
      )}
      {question && (
        <ConfirmDialog
          title={question.decision === "delete" ? words.deleteFile : words.leaveOut}
          question={
            question.decision === "delete"
              ? words.deleteQuestion
              : words.leaveAllOutQuestion(number(question.files.length))
          }
          confirm={question.decision === "delete" ? words.deleteFile : words.leaveOut}
          isBusy={deciding.isPending}
          onConfirm={() => act(question.decision, question.files)}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </div>
  );
};
