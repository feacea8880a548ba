/** A new centre: its card, and the fingerprint of its key as it was heard over another channel. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CentreCard, CentreShown, CentreToAdd } from "../../../../src/contract/centres.ts";
import { change } from "../../api/client.ts";
import { Field } from "../../parts/field.tsx";
import { useWords } from "../../shell/language.tsx";
import { centresKey } from "./centres-key.ts";
import { centresWords } from "./centres-words.ts";
import { FormDialog } from "./form-dialog.tsx";
import styles from "./settings.module.css";

export const AddCentreDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const words = useWords(centresWords).form;
  const queries = useQueryClient();
  const [isBadCard, setBadCard] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (centre: CentreToAdd) => change<CentreShown>("POST", "/api/centres", centre),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: centresKey });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    const fields = new FormData(event.currentTarget);
    const card = readCard(String(fields.get("card")));
    setBadCard(card === null);
    if (card === null) return;
    const authority = String(fields.get("authority")).trim();
    mutate({
      card,
      fingerprint: String(fields.get("fingerprint")),
      authority: authority === "" ? null : authority,
      mayAsk: fields.get("mayAsk") !== null,
      isAsked: fields.get("isAsked") !== null,
    });
  };
  return (
    <FormDialog
      title={words.addTitle}
      action={words.add}
      isPending={isPending}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={words.card} hint={words.cardHint} problem={isBadCard ? words.badCard : undefined}>
        <textarea name="card" required rows={6} spellCheck={false} className={styles.hash} />
      </Field>
      <Field label={words.fingerprint} hint={words.fingerprintHint}>
        <input name="fingerprint" required maxLength={200} spellCheck={false} className={styles.hash} />
      </Field>
      <label className={styles.check}>
        <input name="mayAsk" type="checkbox" defaultChecked />
        {words.mayAsk}
      </label>
      <label className={styles.check}>
        <input name="isAsked" type="checkbox" defaultChecked />
        {words.isAsked}
      </label>
      <Field label={words.authority} hint={words.authorityHint}>
        <textarea name="authority" rows={3} spellCheck={false} className={styles.hash} />
      </Field>
    </FormDialog>
  );
};

/** The card as it was sent; null for what is none. The server looks closer. */
const readCard = (text: string): CentreCard | null => {
  try {
    const card = JSON.parse(text) as CentreCard | null;
    return typeof card === "object" && card !== null && card.format === "osteon-centre-1" ? card : null;
  } catch {
    return null;
  }
};
