/** A doubted radiograph as large as it goes, with where the atlas model looks for either label. */

import { useQuery } from "@tanstack/react-query";
import type { MemberVerdict } from "../../../../../src/contract/atlas-guide.ts";
import type { AtlasModelState } from "../../../../../src/contract/atlas-model.ts";
import { get } from "../../../api/client.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { GradCamFigure } from "../../../parts/grad-cam-figure.tsx";
import { useWords } from "../../../shell/language.tsx";
import { useShortcuts } from "../../../shell/shortcuts.tsx";
import { Keys } from "../../../shell/shortcuts-overlay.tsx";
import { WholeRadiograph } from "../whole-radiograph.tsx";
import styles from "./doubt-dialog.module.css";
import type { Doubt } from "./doubt-tiles.tsx";
import { checkWords } from "./words.ts";

interface DoubtDialogProps {
  readonly doubt: Doubt;
  readonly verdict: MemberVerdict;
  readonly nameOf: (label: string) => string;
  readonly onMove: (by: number) => void;
  readonly onDecide: (verdict: MemberVerdict) => void;
  readonly onClose: () => void;
}

export const DoubtDialog = ({ doubt, verdict, nameOf, onMove, onDecide, onClose }: DoubtDialogProps) => {
  const words = useWords(checkWords);
  const { image, cluster, given, looksLike, evidence } = doubt;
  useShortcuts(words.enlarge, [
    { keys: "ArrowLeft", does: words.previous, run: () => onMove(-1), inDialogs: true },
    { keys: "ArrowRight", does: words.next, run: () => onMove(1), inDialogs: true },
  ]);
  const isOpen = verdict === "open";
  return (
    <Dialog
      title={words.looksLike(nameOf(given), nameOf(looksLike))}
      onClose={onClose}
      width="wide"
      actions={
        <>
          <span role="status" className={styles.verdict}>
            {isOpen ? "" : words.verdicts[verdict]}
          </span>
          <button type="button" disabled={!isOpen} onClick={() => onDecide("apart")}>
            {words.apart} <Keys keys="a" />
          </button>
          <button type="button" disabled={!isOpen} onClick={() => onDecide("belongs")}>
            {words.belongs} <Keys keys="b" />
          </button>
        </>
      }
    >
      <div className={styles.doubt}>
        <div className={styles.picture}>
          <WholeRadiograph key={image} image={image} name={words.picture} />
        </div>
        <div className={styles.side}>
          <p>
            {words.cluster(cluster)} · {evidence}
          </p>
          <Attention image={image} labels={[given, looksLike]} nameOf={nameOf} />
        </div>
      </div>
    </Dialog>
  );
};

interface AttentionProps {
  readonly image: string;
  readonly labels: readonly string[];
  readonly nameOf: (label: string) => string;
}

/** Nothing where no model is trained, or where it has learned neither label. */
const Attention = ({ image, labels, nameOf }: AttentionProps) => {
  const words = useWords(checkWords);
  const { data } = useQuery({
    queryKey: ["atlas", "model"],
    queryFn: ({ signal }) => get<AtlasModelState>("/api/atlas/model", {}, signal),
  });
  const model = data?.model;
  const learned = labels.filter((label) => model?.regions.includes(label));
  if (!model || learned.length === 0) return null;
  return (
    <section className={styles.attention}>
      <h3>{words.attention}</h3>
      {learned.map((label) => (
        <GradCamFigure
          key={label}
          question={{ run: model.run, image, label }}
          name={nameOf(label)}
          size={384}
          isHeatShown
        />
      ))}
      <p>{words.attentionNote}</p>
    </section>
  );
};
