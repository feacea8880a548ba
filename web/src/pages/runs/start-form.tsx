/** What is to be started, and what it is told. */

import { type ReactNode, useId, useState } from "react";
import type { TrainingChoices } from "../../../../src/contract/runs.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ClusterAtlasForm } from "../../parts/job-forms/cluster-atlas-form.tsx";
import { EvaluateTransferForm } from "../../parts/job-forms/evaluate-transfer-form.tsx";
import { PretrainForm } from "../../parts/job-forms/pretrain-form.tsx";
import { TrainAtlasForm } from "../../parts/job-forms/train-atlas-form.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useTrainingChoices } from "../../parts/training-choices.ts";
import { useWords } from "../../shell/language.tsx";
import { PrecedentsForm } from "./precedents-form.tsx";
import { useRefreshRuns } from "./queries.ts";
import { useRunNames } from "./run-names.ts";
import styles from "./start-form.module.css";
import { StudyForm } from "./study-form.tsx";
import { runWords } from "./words.ts";

export const startedKinds = [
  "evaluate-precedents",
  "study-precedents",
  "train-precedents",
  "cluster-atlas",
  "train-atlas",
  "pretrain-network",
  "evaluate-transfer",
] as const;
type Kind = (typeof startedKinds)[number];

export const StartForm = ({ onClose }: { readonly onClose: () => void }) => {
  const words = useWords(runWords).start;
  const names = useRunNames();
  const form = useId();
  const refresh = useRefreshRuns();
  const { data, error, refetch } = useTrainingChoices();
  const [chosen, setKind] = useState<Kind>();
  const learnable = data?.targets.filter(({ classes }) => classes >= 2) ?? [];
  const kind = chosen ?? (learnable.length > 0 ? "evaluate-precedents" : "cluster-atlas");
  const onStarted = (): void => {
    void refresh();
    onClose();
  };
  const fields = data && fieldsOf(kind, { form, choices: data, targetName: names.target, onStarted });
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      width="wide"
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={form} data-kind="main" disabled={!fields}>
            {words.begin}
          </button>
        </>
      }
    >
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data && (
        <div className={styles.start}>
          <fieldset className={styles.kinds}>
            <legend>{words.kind}</legend>
            {startedKinds.map((one) => (
              <label key={one}>
                <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
                <span>
                  <strong>{words.kinds[one]}</strong>
                  <span className={styles.hint}>{words.kindHints[one]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {fields ?? <p>{words.nothingToLearn}</p>}
        </div>
      )}
    </Dialog>
  );
};

interface FieldsOptions {
  /** The id of the form. */
  readonly form: string;
  readonly choices: TrainingChoices;
  readonly targetName: (target: string) => string;
  readonly onStarted: () => void;
}

/** The fields of a kind; undefined where the archive has nothing to learn from. */
const fieldsOf = (kind: Kind, { form, choices, targetName, onStarted }: FieldsOptions): ReactNode => {
  const common = { id: form, onStarted };
  switch (kind) {
    case "cluster-atlas":
      return <ClusterAtlasForm {...common} choices={choices.clustering} />;
    case "train-atlas":
      return <TrainAtlasForm {...common} />;
    case "pretrain-network":
      return <PretrainForm {...common} choices={choices.transfer} targetName={targetName} />;
    case "evaluate-transfer":
      return choices.transfer.targets.some(({ classes }) => classes.length >= 2) ? (
        <EvaluateTransferForm {...common} choices={choices.transfer} targetName={targetName} />
      ) : undefined;
    case "study-precedents": {
      const targets = choices.targets.filter(({ classes }) => classes >= 2);
      return targets.length > 0 ? (
        <StudyForm {...common} targets={targets} weightsFiles={choices.transfer.weights} />
      ) : undefined;
    }
    default: {
      const targets = choices.targets.filter(({ classes }) => classes >= 2);
      return targets.length > 0 ? (
        <PrecedentsForm
          {...common}
          kind={kind}
          presets={choices.presets}
          targets={targets}
          weightsFiles={choices.transfer.weights}
        />
      ) : undefined;
    }
  }
};
