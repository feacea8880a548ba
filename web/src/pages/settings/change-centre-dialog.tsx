/** A centre that changes: where it is, whether it may ask and is asked, and whether it may ask again after a pause. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { CentreChange, CentreShown } from "../../../../src/contract/centres.ts";
import { change } from "../../api/client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { inGroups } from "./centre-card.tsx";
import { centresKey } from "./centres-key.ts";
import { centresWords } from "./centres-words.ts";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

interface ChangeCentreDialogProps {
  readonly centre: CentreShown;
  readonly onClose: () => void;
}

export const ChangeCentreDialog = ({ centre, onClose }: ChangeCentreDialogProps) => {
  const words = useWords(centresWords);
  const { save, cancel } = useWords(settingsWords);
  const { time } = useFormats();
  const form = useId();
  const queries = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const address = `/api/centres/${encodeURIComponent(centre.id)}`;
  const onSuccess = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: centresKey });
    onClose();
  };
  const saving = useMutation({
    mutationFn: (changes: CentreChange) => change<CentreShown>("PATCH", address, changes),
    onSuccess,
  });
  const removing = useMutation({ mutationFn: () => change<void>("DELETE", address), onSuccess });
  const problem = saving.error ?? removing.error;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string): string => String(fields.get(name)).trim();
    saving.mutate({
      name: text("name"),
      address: text("address"),
      contact: text("contact"),
      mayAsk: fields.get("mayAsk") !== null,
      isAsked: fields.get("isAsked") !== null,
      ...(text("authority") === "" ? {} : { authority: text("authority") }),
    });
  };
  return (
    <Dialog
      title={words.form.changeTitle(centre.name)}
      onClose={onClose}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {cancel}
          </button>
          <button type="submit" form={form} data-kind="main" disabled={saving.isPending}>
            {save}
          </button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} autoComplete="off">
        {centre.pausedAt !== null && (
          <div className={styles.section}>
            <p className={`${styles.plain} ${styles.refused}`}>{words.form.isPaused(time(centre.pausedAt))}</p>
            <div>
              <button type="button" disabled={saving.isPending} onClick={() => saving.mutate({ isPaused: false })}>
                {words.form.resume}
              </button>
            </div>
          </div>
        )}
        <p className={`${styles.plain} ${styles.hash}`}>{inGroups(centre.id)}</p>
        <Field label={words.list.name}>
          <input name="name" required maxLength={80} defaultValue={centre.name} />
        </Field>
        <Field label={words.list.address}>
          <input name="address" type="url" required maxLength={300} defaultValue={centre.address} />
        </Field>
        <Field label={words.terms.contact}>
          <input name="contact" maxLength={300} defaultValue={centre.contact} />
        </Field>
        <label className={styles.check}>
          <input name="mayAsk" type="checkbox" defaultChecked={centre.mayAsk} />
          {words.form.mayAsk}
        </label>
        <label className={styles.check}>
          <input name="isAsked" type="checkbox" defaultChecked={centre.isAsked} />
          {words.form.isAsked}
        </label>
        <Field
          label={words.form.authority}
          hint={centre.hasAuthority ? words.form.keepAuthority : words.form.authorityHint}
        >
          <textarea name="authority" rows={3} spellCheck={false} className={styles.hash} />
        </Field>
        <div>
          <button
            type="button"
            disabled={removing.isPending}
            onClick={() => (isRemoving ? removing.mutate() : setRemoving(true))}
          >
            {isRemoving ? words.form.reallyRemove : words.form.remove}
          </button>
        </div>
        {problem && <ProblemNote error={problem} />}
      </form>
    </Dialog>
  );
};
