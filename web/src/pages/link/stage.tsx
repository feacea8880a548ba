/** Where radiographs are looked at: the query, or two of it and its neighbours side by side. */

import { type Dispatch, type ReactNode, type SetStateAction, useState } from "react";
import type { Box } from "../../../../src/contract/pictures.ts";
import type { Explanation, Query } from "../../../../src/contract/queries.ts";
import { useWords } from "../../shell/language.tsx";
import { Radiograph } from "../../viewer/radiograph.tsx";
import { ViewerToolbar } from "../../viewer/toolbar.tsx";
import { useViewerShortcuts } from "../../viewer/use-viewer-shortcuts.ts";
import { type Tool, type View, wholePicture } from "../../viewer/view.ts";
import styles from "./stage.module.css";
import { heatOf, neighbourOf, type ShownInstead, type Subject, shownSubject } from "./subject.ts";
import { useNeighbourFacts } from "./use-neighbour-facts.ts";
import { linkWords } from "./words.ts";

export interface StageProps {
  readonly query: Query;
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly onBox: (box: Box | null) => void;
  /** Two to be compared, or none: then the query alone. */
  readonly pair: readonly [Subject, Subject] | null;
  readonly onPair: (pair: readonly [Subject, Subject]) => void;
  readonly instead: ShownInstead;
  /** Which neighbour is explained, and why it is one; null where nobody asked. */
  readonly why: { readonly rank: number; readonly explanation: Explanation; readonly opacity: number } | null;
  /** More for the bar of tools. */
  readonly children?: ReactNode;
}

export const Stage = ({ query, tool, onTool, onBox, pair, onPair, instead, why, children }: StageProps) => {
  const words = useWords(linkWords);
  const [left, setLeft] = useState<View>(wholePicture);
  const [right, setRight] = useState<View>(wholePicture);
  const [isTogether, setTogether] = useState(true);
  const onBoth: Dispatch<SetStateAction<View>> = (change) => {
    setLeft(change);
    if (!isTogether) setRight(change);
  };
  useViewerShortcuts({ onTool, onView: onBoth, hasBox: true });

  const name = useSubjectName(query);
  const choices: readonly Subject[] = ["query", ...(query.answer?.neighbours.map(({ rank }) => rank) ?? [])];
  const sides = pair ?? (["query"] as const);

  return (
    <div className={styles.stage}>
      <div className={styles.bar}>
        <ViewerToolbar tool={tool} onTool={onTool} hasBox view={left} onView={onBoth} />
        {children}
        {pair && (
          <label className={styles.together}>
            <input
              type="checkbox"
              checked={isTogether}
              onChange={({ target }) => {
                setTogether(target.checked);
                setRight(left);
              }}
            />
            {words.compare.together}
          </label>
        )}
      </div>
      <div className={styles.sides}>
        {sides.map((subject, i) => {
          const { frame, ...shown } = shownSubject(subject, query, instead);
          const map = why && heatOf(why.explanation, { subject, explained: why.rank, instead });
          const isLeft = i === 0 || isTogether;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a side stays where it is when it shows another radiograph
            <div key={i} className={styles.side} data-frame={frame}>
              <Radiograph
                {...shown}
                name={name(subject)}
                view={isLeft ? left : right}
                onView={isLeft ? setLeft : setRight}
                tool={tool}
                heat={why && map ? { map, opacity: why.opacity } : null}
                {...(subject === "query" ? { lesion: { box: query.box, onBox } } : {})}
              />
              {pair && (
                <select
                  className={styles.choice}
                  aria-label={i === 0 ? words.compare.left : words.compare.right}
                  value={String(subject)}
                  onChange={({ target }) => {
                    const next: Subject = target.value === "query" ? "query" : Number(target.value);
                    onPair(i === 0 ? [next, pair[1]] : [pair[0], next]);
                  }}
                >
                  {choices.map((one) => (
                    <option key={one} value={String(one)}>
                      {name(one)}
                    </option>
                  ))}
                </select>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
};

/** What a side shows, in a few words. */
const useSubjectName = (query: Query): ((subject: Subject) => string) => {
  const words = useWords(linkWords).answer;
  const facts = useNeighbourFacts();
  return (subject) => {
    const neighbour = neighbourOf(query.answer, subject);
    if (!neighbour) return words.undiagnosed;
    return `${neighbour.rank}. ${neighbour.agrees ? "✓ " : ""}${facts.name(neighbour)}`;
  };
};
