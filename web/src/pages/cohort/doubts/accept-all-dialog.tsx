/** Asks before every open doubt of a rule is accepted. */

import { useMutation } from "@tanstack/react-query";
import { Dialog } from "../../../parts/dialog.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { acceptRule } from "./doubt-data.ts";
import { doubtWords, ruleName } from "./doubt-words.ts";

interface AcceptAllDialogProps {
  readonly rule: string;
  readonly table: string;
  readonly open: number;
  readonly onClose: () => void;
  readonly onDone: (decided: number) => void;
}

export const AcceptAllDialog = ({ rule, table, open, onClose, onDone }: AcceptAllDialogProps) => {
  const words = useWords(doubtWords);
  const { number } = useFormats();
  const accept = useMutation({
    mutationFn: () => acceptRule(rule, table, open),
    onSuccess: ({ decided }) => onDone(decided),
  });
  return (
    <Dialog
      title={words.acceptAll}
      onClose={onClose}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="button" data-kind="main" disabled={accept.isPending} onClick={() => accept.mutate()}>
            {words.acceptCount(number(open))}
          </button>
        </>
      }
    >
      <p>{words.acceptAllQuestion(number(open), ruleName(words, rule))}</p>
      <p>{words.acceptAllUndo}</p>
      {accept.error && <ProblemNote error={accept.error} />}
    </Dialog>
  );
};
