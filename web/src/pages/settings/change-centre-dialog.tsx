/** A centre that changes: where it is, whether it may ask and is asked, and whether it may ask again after a pause. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CentreChange, CentreShown } from "../../../../src/contract/centres.ts";
import { change } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { inGroups } from "./centre-card.tsx";
import { centresKey } from "./centres-key.ts";
import { centresWords } from "./centres-words.ts";
import { FormDialog } from "./form-dialog.tsx";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

interface ChangeCentreDialogProps {
  readonly centre: CentreShown;
  readonly onClose: () => void;
}

export const ChangeCentreDialog = ({ centre, onClose }: ChangeCentreDialogProps) => {
  const words = useWords(centresWords);
  const { save } = useWords(settingsWords);
  const { time } = useFormats();
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
  const submit = (event: FormEvent<HTMLFormElement>): void => {
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
    <FormDialog
      title={words.form.changeTitle(centre.name)}
      action={save}
      isPending={saving.isPending}
      error={saving.error ?? removing.error}
      onSubmit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
};
