/** Asks before something is done that cannot, or not easily, be taken back. */

import { Dialog } from "../../parts/dialog.tsx";
import { useWords } from "../../shell/language.tsx";
import { reviewWords } from "./words.ts";

interface ConfirmDialogProps {
  readonly title: string;
  readonly question: string;
  /** What the button says that does it. */
  readonly confirm: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export const ConfirmDialog = ({ title, question, confirm, isBusy, onConfirm, onClose }: ConfirmDialogProps) => {
  const words = useWords(reviewWords);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="button" data-kind="main" disabled={isBusy} onClick={onConfirm}>
            {confirm}
          </button>
        </>
      }
    >
      <p>{question}</p>
    </Dialog>
  );
};
