/** A new centre: its card, and the fingerprint of its key as it was heard over another channel. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { CentreCard, CentreShown, CentreToAdd } from "../../../../src/contract/centres.ts";
import { change } from "../../api/client.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { centresKey } from "./centres-key.ts";
import { centresWords } from "./centres-words.ts";
import styles from "./settings.module.css";
import { settingsWords } from "./words.ts";

export const AddCentreDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const words = useWords(centresWords).form;
  const { cancel } = useWords(settingsWords);
  const form = useId();
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
    event.preventDefault();
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
    <Dialog
      title={words.addTitle}
      onClose={onClose}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {cancel}
          </button>
          <button type="submit" form={form} data-kind="main" disabled={isPending}>
            {words.add}
          </button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} autoComplete="off">
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
        {error && <ProblemNote error={error} />}
      </form>
    </Dialog>
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
