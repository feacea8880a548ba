/** Other centres, for administrators: who this centre is to them, the network in common, the terms, and who they are. */

import { useQuery } from "@tanstack/react-query";
import type { CentreSettings } from "../../../../src/contract/centres.ts";
import { get } from "../../api/client.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { CentreCardView } from "./centre-card.tsx";
import { CentreList } from "./centre-list.tsx";
import { CentreTerms } from "./centre-terms.tsx";
import { centresKey } from "./centres-key.ts";
import { centresWords } from "./centres-words.ts";
import { CommonNetwork } from "./common-network.tsx";
import styles from "./settings.module.css";

export const Centres = () => {
  const words = useWords(centresWords);
  const { data, error } = useQuery({ queryKey: centresKey, queryFn: () => get<CentreSettings>("/api/centres") });
  if (error) return <ProblemNote error={error} />;
  if (!data) return null;
  return (
    <>
      <p className={`${styles.plain} ${styles.soft}`}>{words.about}</p>
      <CentreList centres={data.centres} />
      <div className={styles.columns}>
        <CentreCardView card={data.card} fingerprint={data.fingerprint} />
        <CommonNetwork network={data.network} />
      </div>
      <CentreTerms policy={data.policy} publicAddress={data.publicAddress} entities={data.entities} />
    </>
  );
};
