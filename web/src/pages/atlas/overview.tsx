/** The whole clustering: a map of all clusters, the readers, how far they agree, the regions so far. */

import type { AtlasRegion } from "../../../../src/contract/atlas.ts";
import { useFormats, useLanguage, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import type { KnownOverview } from "./atlas-data.ts";
import { type CellState, ClusterMap } from "./cluster-map.tsx";
import styles from "./overview.module.css";
import { discard, regionName } from "./regions.ts";
import { StartClustering } from "./start-clustering.tsx";
import type { Labelling } from "./use-labelling.ts";
import { atlasWords } from "./words.ts";

interface OverviewProps {
  readonly overview: KnownOverview;
  readonly regions: readonly AtlasRegion[];
  readonly labelling: Labelling;
  readonly onOpen: (cluster: number) => void;
}

export const Overview = ({ overview, regions, labelling, onOpen }: OverviewProps) => {
  const words = useWords(atlasWords);
  const { number, time } = useFormats();
  const mayStart = useMay("researcher");
  const { clustering, clusters } = overview;
  const cells = clusters.map(({ cluster, settled, disputed, others }) => {
    const mine = labelling.labelOf(cluster);
    const label = mine ?? settled;
    return { cluster, label, state: stateOf({ label, disputed, others, isMine: mine !== null }) };
  });
  return (
    <div className={styles.overview}>
      <section className={styles.map}>
        <h2>{words.map}</h2>
        <p className={styles.note}>{words.mapNote}</p>
        <ClusterMap cells={cells} regions={regions} onOpen={onOpen} />
      </section>
      <div className={styles.tables}>
        <Readers overview={overview} />
        <Agreements overview={overview} />
        <Regions
          regions={regions}
          labels={clusters.map(({ cluster, settled, images }) => ({
            label: labelling.labelOf(cluster) ?? settled,
            images,
          }))}
        />
        <section>
          <h2>{words.clustering}</h2>
          <p className={styles.note}>
            {words.made(number(clustering.clusters), number(clustering.images), time(clustering.madeAt))}
          </p>
          {mayStart && (
            <>
              <p>
                <a href={`/api/atlas/clusterings/${encodeURIComponent(clustering.id)}/labels.csv`} download>
                  {words.export}
                </a>
                <br />
                <span className={styles.note}>{words.exportNote}</span>
              </p>
              <details>
                <summary>{words.startAgain}</summary>
                <p className={styles.note}>{words.startAgainNote}</p>
                <StartClustering title={words.startAgain} />
              </details>
            </>
          )}
        </section>
      </div>
    </div>
  );
};

const stateOf = ({
  label,
  disputed,
  others,
  isMine,
}: {
  readonly label: string | null;
  readonly disputed: boolean;
  readonly others: number;
  readonly isMine: boolean;
}): CellState => {
  if (disputed) return "disputed";
  if (label === discard) return "discarded";
  if (isMine) return "labelled";
  return others > 0 ? "read" : "open";
};

const Readers = ({ overview: { readers, clusters } }: { readonly overview: KnownOverview }) => {
  const words = useWords(atlasWords);
  const { number, percent } = useFormats();
  if (readers.length === 0) return null;
  return (
    <section>
      <h2>{words.readers}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.reader}</th>
            <th scope="col">{words.labelled}</th>
            <th scope="col">{words.discardedColumn}</th>
          </tr>
        </thead>
        <tbody>
          {readers.map(({ id, name, labelled, discarded }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>
                {number(labelled)} ({percent(labelled / clusters.length)})
              </td>
              <td>{number(discarded)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Agreements = ({ overview: { agreements } }: { readonly overview: KnownOverview }) => {
  const words = useWords(atlasWords);
  const { number, percent } = useFormats();
  if (agreements.length === 0) return null;
  return (
    <section>
      <h2>{words.agreement}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.readers}</th>
            <th scope="col">{words.both}</th>
            <th scope="col">{words.equal}</th>
            <th scope="col">{words.kappa}</th>
            <th scope="col">{words.interval}</th>
          </tr>
        </thead>
        <tbody>
          {agreements.map(({ readers: [first, second], clusters, agreement, kappa, interval }) => (
            <tr key={`${first.id} ${second.id}`}>
              <th scope="row">
                {first.name}, {second.name}
              </th>
              <td>{number(clusters)}</td>
              <td>{agreement === null ? words.alone : percent(agreement, 1)}</td>
              <td>{kappa === null ? words.alone : number(kappa, 3)}</td>
              <td>{interval === null ? words.alone : interval.map((end) => number(end, 3)).join(" – ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{words.agreementNote}</p>
    </section>
  );
};

interface RegionsProps {
  readonly regions: readonly AtlasRegion[];
  /** Of every cluster, as far as this reader may know. */
  readonly labels: readonly { readonly label: string | null; readonly images: number }[];
}

const Regions = ({ regions, labels }: RegionsProps) => {
  const words = useWords(atlasWords);
  const { language } = useLanguage();
  const { number } = useFormats();
  const counts = [...regions.map((region) => ({ label: region.name, name: regionName(region, language) }))]
    .concat({ label: discard, name: words.discarded })
    .map(({ label, name }) => {
      const own = labels.filter((one) => one.label === label);
      return { label, name, clusters: own.length, images: own.reduce((sum, { images }) => sum + images, 0) };
    })
    .filter(({ clusters }) => clusters > 0);
  if (counts.length === 0) return null;
  return (
    <section>
      <h2>{words.regions}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.region}</th>
            <th scope="col">{words.clusterCount}</th>
            <th scope="col">{words.imageCount}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map(({ label, name, clusters, images }) => (
            <tr key={label}>
              <th scope="row">{name}</th>
              <td>{number(clusters)}</td>
              <td>{number(images)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{words.regionsNote}</p>
    </section>
  );
};
