/** One radiograph with its regions of text: chosen, moved, resized, drawn and removed by mouse or keyboard. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Box, Picture } from "../../../../src/contract/pictures.ts";
import type { BurnedInText } from "../../../../src/contract/review.ts";
import { get } from "../../api/client.ts";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { boxAround } from "../../viewer/boxes.ts";
import { Radiograph } from "../../viewer/radiograph.tsx";
import { ViewerToolbar } from "../../viewer/toolbar.tsx";
import { useViewerShortcuts } from "../../viewer/use-viewer-shortcuts.ts";
import { type Tool, type View, wholePicture } from "../../viewer/view.ts";
import desk from "./desk.module.css";
import { isChangeOf } from "./is-change-of.ts";
import styles from "./text-regions.module.css";
import { reviewWords } from "./words.ts";

interface TextRegionsProps {
  readonly text: BurnedInText;
  readonly isBusy: boolean;
  /** An empty list where there is no text; null takes the decision back. */
  readonly onDecide: (regions: readonly Box[] | null) => void;
}

export const TextRegions = ({ text, isBusy, onDecide }: TextRegionsProps) => {
  const words = useWords(reviewWords);
  const { time, percent } = useFormats();
  const { image, found, by, at, state } = text;
  const [regions, setRegions] = useState<readonly Box[]>(text.regions ?? found.map(plainBox));
  const [chosen, setChosen] = useState<number | null>(null);
  const [view, setView] = useState<View>(wholePicture);
  const [tool, setTool] = useState<Tool>("box");
  const address = `/api/images/${encodeURIComponent(image)}`;
  const { data: picture } = useQuery({
    queryKey: ["picture", image],
    queryFn: () => get<Picture>(`${address}/picture`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isDecided = by !== null;
  useViewerShortcuts({ onTool: setTool, onView: setView, hasBox: true });
  useShortcuts(words.titles.text, [
    { keys: "a", does: words.confirmText, run: () => onDecide(regions), enabled: regions.length > 0 },
    { keys: "n", does: words.noTextHere, run: () => onDecide([]) },
    { keys: "o", does: words.reopen, run: () => onDecide(null), enabled: isDecided },
    { keys: "d", does: words.addRegion, run: () => add() },
  ]);
  const box = chosen === null ? null : (regions[chosen] ?? null);
  const change = (next: Box | null): void => {
    if (next === null) {
      setRegions(regions.filter((_, i) => i !== chosen));
      setChosen(null);
    } else if (box !== null && isChangeOf(box, next)) setRegions(regions.map((one, i) => (i === chosen ? next : one)));
    else {
      setRegions([...regions, next]);
      setChosen(regions.length);
    }
  };
  const add = (): void => {
    if (!picture) return;
    setRegions([...regions, boxAround({ x: picture.width / 2, y: picture.height / 2 }, picture, picture)]);
    setChosen(regions.length);
  };
  const scoreOf = (region: Box): string => {
    const one = found.find((other) => isSame(other, region));
    return one ? words.sure(percent(one.score)) : words.drawn;
  };
  return (
    <section aria-label={words.radiographWithText} className={desk.detail}>
      <div className={desk.actions}>
        <button
          type="button"
          data-kind="main"
          disabled={isBusy || regions.length === 0}
          onClick={() => onDecide(regions)}
        >
          {words.confirmText} <kbd>a</kbd>
        </button>
        <button type="button" disabled={isBusy} onClick={() => onDecide([])}>
          {words.noTextHere} <kbd>n</kbd>
        </button>
        {isDecided && (
          <button type="button" disabled={isBusy} onClick={() => onDecide(null)}>
            {words.reopen} <kbd>o</kbd>
          </button>
        )}
        <span>{isDecided && at && words.decidedBy(words.textStates[state], by, time(at))}</span>
      </div>
      <div className={styles.work}>
        <div className={styles.stage}>
          <ViewerToolbar tool={tool} onTool={setTool} hasBox boxName={words.regionTool} view={view} onView={setView} />
          <div className={styles.radiograph}>
            <Radiograph
              address={address}
              name={words.radiographWithText}
              view={view}
              onView={setView}
              tool={tool}
              lesion={{ box, onBox: change, name: words.regionBox }}
              marks={regions.filter((_, i) => i !== chosen)}
            />
          </div>
        </div>
        <div className={styles.regions}>
          <h3>{words.regions}</h3>
          <ol>
            {regions.map((region, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a region goes by its place
              <li key={i}>
                <button type="button" aria-pressed={i === chosen} onClick={() => setChosen(i === chosen ? null : i)}>
                  {words.region(i + 1)} <span className={desk.facts}>{scoreOf(region)}</span>
                </button>
                <button
                  type="button"
                  aria-label={words.removeRegion(i + 1)}
                  onClick={() => {
                    setRegions(regions.filter((_, j) => j !== i));
                    setChosen(null);
                  }}
                >
                  ✕
                </button>
              </li>
            ))}
          </ol>
          <button type="button" disabled={!picture} onClick={add}>
            {words.addRegion} <kbd>d</kbd>
          </button>
          <p className={desk.facts}>{words.regionsHint}</p>
        </div>
      </div>
    </section>
  );
};

const plainBox = ({ x, y, width, height }: Box): Box => ({ x, y, width, height });

const isSame = (a: Box, b: Box): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
