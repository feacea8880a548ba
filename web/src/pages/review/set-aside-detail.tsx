/** One set-aside file: what it shows, why it was set aside, and what a person may do with it. */

import { useState } from "react";
import type { SetAsideDecisions, SetAsideFile } from "../../../../src/contract/review.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import desk from "./desk.module.css";
import { pictureAddress } from "./review-data.ts";
import { useReasonSentence } from "./use-reason-sentence.ts";
import { reasonName, reviewWords } from "./words.ts";

interface SetAsideDetailProps {
  readonly file: SetAsideFile;
  readonly isBusy: boolean;
  readonly onDecide: (decision: SetAsideDecisions["decision"]) => void;
}

export const SetAsideDetail = ({ file, isBusy, onDecide }: SetAsideDetailProps) => {
  const words = useWords(reviewWords);
  const { time } = useFormats();
  const sentence = useReasonSentence()(file.detail);
  const { id, name, code, setAsideAt, kept, hasPicture, mayImport, decision } = file;
  return (
    <section aria-label={name} className={desk.detail}>
      <header>
        <h2>{name}</h2>
        <p>
          <strong>{reasonName(words, code)}</strong> {words.reasons[code]?.sentence}
        </p>
        <p lang={sentence.lang} className={desk.facts}>
          {sentence.text}
        </p>
        <p className={desk.facts}>{words.setAsideAt(time(setAsideAt))}</p>
      </header>
      <p role="status">
        {decision && words.decidedBy(words.decisions[decision.decision], decision.by, time(decision.at))}
      </p>
      <div className={desk.actions}>
        {mayImport && (
          <button type="button" data-kind="main" disabled={isBusy} onClick={() => onDecide("import anyway")}>
            {words.importAnyway} <kbd>a</kbd>
          </button>
        )}
        {decision === null && (
          <button type="button" disabled={isBusy} onClick={() => onDecide("leave out")}>
            {words.leaveOut} <kbd>x</kbd>
          </button>
        )}
        {decision?.decision === "left out" && (
          <button type="button" disabled={isBusy} onClick={() => onDecide("open")}>
            {words.reopen} <kbd>o</kbd>
          </button>
        )}
        {kept === "kept" && decision?.decision !== "imported" && (
          <button type="button" disabled={isBusy} onClick={() => onDecide("delete")}>
            {words.deleteFile}
          </button>
        )}
      </div>
      {hasPicture && <Preview id={id} />}
      {kept === "kept" && !hasPicture && <p>{words.noPreview}</p>}
      {kept !== "kept" && decision === null && <p>{words.notKept[kept]}</p>}
    </section>
  );
};

const Preview = ({ id }: { id: string }) => {
  const words = useWords(reviewWords);
  const [state, setState] = useState<"loading" | "shown" | "none">("loading");
  if (state === "none") return <p>{words.noPreview}</p>;
  return (
    <div className={desk.preview}>
      <img
        src={pictureAddress(id)}
        alt={state === "shown" ? words.preview : words.loadingPreview}
        onLoad={() => setState("shown")}
        onError={() => setState("none")}
      />
    </div>
  );
};
