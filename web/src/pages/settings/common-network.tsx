/** The network that centres have in common: made of this centre's own or taken over, and the archive's codes by it. */

import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { CommonNetworkShown } from "../../../../src/contract/centres.ts";
import type { JobRequest } from "../../../../src/contract/jobs.ts";
import { startJob } from "../../api/jobs.ts";
import { upload } from "../../api/upload.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { centresWords } from "./centres-words.ts";
import styles from "./settings.module.css";

type Settings = Extract<JobRequest, { readonly kind: "index-centres" }>["settings"];

export const CommonNetwork = ({ network }: { readonly network: CommonNetworkShown | null }) => {
  const words = useWords(centresWords).network;
  const { number, percent } = useFormats();
  const file = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState<number | null>(null);
  const starting = useMutation({ mutationFn: (settings: Settings) => startJob({ kind: "index-centres", settings }) });
  const adopting = useMutation({
    mutationFn: async (chosen: File) => {
      try {
        const { id } = await upload(chosen, { onProgress: setSent });
        return await startJob({ kind: "index-centres", settings: { upload: id } });
      } finally {
        setSent(null);
      }
    },
  });
  const isBusy = starting.isPending || adopting.isPending;
  const problem = starting.error ?? adopting.error;
  return (
    <section className={styles.section}>
      <h2>{words.title}</h2>
      <p className={`${styles.plain} ${styles.soft}`}>{words.about}</p>
      {network ? (
        <>
          <p className={styles.plain}>
            {words.state(number(network.bits), words.targets[network.target] ?? network.target)} (
            {network.isOwn ? words.own : words.foreign}).
          </p>
          <p className={`${styles.plain} ${styles.hash}`}>{network.network.slice(0, 16)}</p>
          <p className={styles.plain}>
            {network.codes
              ? words.codes(
                  number(network.codes.radiographs),
                  number(network.codes.patients),
                  number(network.codes.lesions),
                )
              : words.noCodes}{" "}
            {network.codes && network.codes.missing > 0 && words.missing(number(network.codes.missing))}
          </p>
        </>
      ) : (
        <p className={styles.plain}>{words.none}</p>
      )}
      <div className={styles.row}>
        {network && (
          <button
            type="button"
            data-kind={network.codes === null || network.codes.missing > 0 ? "main" : undefined}
            disabled={isBusy}
            onClick={() => starting.mutate({})}
          >
            {words.update}
          </button>
        )}
        <button type="button" disabled={isBusy} onClick={() => starting.mutate({ network: "own" })}>
          {words.make}
        </button>
        <button type="button" disabled={isBusy} onClick={() => file.current!.click()}>
          {words.adopt}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".safetensors"
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            if (chosen) adopting.mutate(chosen);
            target.value = ""; // the same file may be chosen again
          }}
        />
        {network && (
          <a className={styles.link} href="/api/centres/network/export" download="common-network.safetensors">
            {words.download}
          </a>
        )}
      </div>
      {network?.isOwn && <p className={`${styles.plain} ${styles.soft}`}>{words.warning}</p>}
      {sent !== null && <p className={styles.plain}>{words.adopting(percent(sent))}</p>}
      {(starting.isSuccess || adopting.isSuccess) && (
        <p role="status" className={styles.done}>
          {words.started}
        </p>
      )}
      {problem && <ProblemNote error={problem} />}
    </section>
  );
};
