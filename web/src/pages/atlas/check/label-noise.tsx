/** Labels that the labels of all other clusters speak against: how many, which are taken for which, and their radiographs. */

import { useState } from "react";
import type { LabelNoise as Noise } from "../../../../../src/contract/atlas-guide.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { Spoken } from "../../../parts/spoken.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { DoubtTiles } from "./doubt-tiles.tsx";
import styles from "./label-noise.module.css";
import { useDecisions } from "./use-decisions.ts";
import { checkWords } from "./words.ts";

interface LabelNoiseProps {
  readonly clustering: string;
  readonly noise: Noise;
  readonly nameOf: (label: string) => string;
  readonly onOpen: (cluster: number) => void;
}

type Pair = Pick<Noise["pairs"][number], "given" | "suggested">;

export const LabelNoise = ({ clustering, noise, nameOf, onOpen }: LabelNoiseProps) => {
  const words = useWords(checkWords);
  const { number, percent } = useFormats();
  const decisions = useDecisions(clustering);
  const [pair, setPair] = useState<Pair>();
  if (noise.images.length === 0) return <EmptyState title={words.noNoise}>{words.noNoiseText}</EmptyState>;
  const doubts = noise.images
    .filter(({ given, suggested }) => !pair || (given === pair.given && suggested === pair.suggested))
    .map(({ image, cluster, given, suggested, selfConfidence }) => ({
      image,
      cluster,
      given,
      looksLike: suggested,
      evidence: words.selfConfidence(percent(selfConfidence)),
    }));
  return (
    <div className={styles.noise}>
      <div className={styles.side}>
        <p>
          <strong>{words.noiseShare(percent(noise.share, 1), number(noise.judgedImages))}</strong> {words.noiseNote}
        </p>
        {noise.notJudged.length > 0 && <p>{words.notJudged(noise.notJudged.map(nameOf).join(", "))}</p>}
        {noise.clusters.length > 0 && <Slips noise={noise} nameOf={nameOf} onOpen={onOpen} />}
        {noise.pairs.length > 0 && <Pairs pairs={noise.pairs} pair={pair} onPair={setPair} nameOf={nameOf} />}
      </div>
      <DoubtTiles
        key={`${pair?.given} ${pair?.suggested}`}
        title={words.sections.noise(number(doubts.length))}
        doubts={doubts}
        nameOf={nameOf}
        decisions={decisions}
        onOpen={onOpen}
      />
    </div>
  );
};

const Slips = ({ noise, nameOf, onOpen }: Pick<LabelNoiseProps, "noise" | "nameOf" | "onOpen">) => {
  const words = useWords(checkWords);
  const { number } = useFormats();
  return (
    <section>
      <h2>{words.slips}</h2>
      <p>{words.slipsNote}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.given}</th>
            <th scope="col">{words.suggested}</th>
            <th scope="col">{words.doubted}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {noise.clusters.map(({ cluster, given, suggested, doubted, images }) => (
            <tr key={cluster}>
              <th scope="row">{nameOf(given)}</th>
              <td>{nameOf(suggested)}</td>
              <td>
                {number(doubted)}/{number(images)}
              </td>
              <td>
                <button type="button" onClick={() => onOpen(cluster)}>
                  {words.cluster(cluster)}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

interface PairsProps {
  readonly pairs: Noise["pairs"];
  readonly pair: Pair | undefined;
  readonly onPair: (pair: Pair | undefined) => void;
  readonly nameOf: (label: string) => string;
}

const Pairs = ({ pairs, pair, onPair, nameOf }: PairsProps) => {
  const words = useWords(checkWords);
  const { number } = useFormats();
  const isChosen = ({ given, suggested }: Pair): boolean => given === pair?.given && suggested === pair?.suggested;
  return (
    <section>
      <h2>{words.pairs}</h2>
      <p>{words.pairsNote}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.given}</th>
            <th scope="col">{words.suggested}</th>
            <th scope="col">{words.images}</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((one) => (
            <tr key={`${one.given} ${one.suggested}`} data-chosen={isChosen(one)}>
              <th scope="row">{nameOf(one.given)}</th>
              <td>{nameOf(one.suggested)}</td>
              <td>
                <button
                  type="button"
                  aria-pressed={isChosen(one)}
                  onClick={() => onPair(isChosen(one) ? undefined : one)}
                >
                  {number(one.images)} <Spoken>{words.onlyPair(nameOf(one.given), nameOf(one.suggested))}</Spoken>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pair && (
        <button type="button" onClick={() => onPair(undefined)}>
          {words.all}
        </button>
      )}
    </section>
  );
};
