/** Radiographs with text in their pixels: the detector's regions, which a person confirms, corrects or rejects. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Box } from "../../../../src/contract/pictures.ts";
import type { BurnedInText, BurnedInTextState } from "../../../../src/contract/review.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Pager } from "../../parts/pager.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Thumbnail } from "../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import desk from "./desk.module.css";
import { decideText, pageSize, useDesk, useTexts, wholeDesk } from "./review-data.ts";
import { TextRegions } from "./text-regions.tsx";
import { TextSearch } from "./text-search.tsx";
import { reviewWords } from "./words.ts";

const states: readonly BurnedInTextState[] = ["open", "text", "no text", "none found", "unreadable"];

export const Texts = () => {
  const words = useWords(reviewWords);
  const { number } = useFormats();
  const queries = useQueryClient();
  const [state, setState] = useState<BurnedInTextState>("open");
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [said, setSaid] = useState("");
  const summary = useDesk();
  const { data, error, refetch } = useTexts(state, offset);
  const images = data?.images ?? [];
  const at = Math.min(chosen, Math.max(images.length - 1, 0));
  const shown = images[at];
  const deciding = useMutation({
    mutationFn: ({ image, regions }: { image: string; regions: readonly Box[] | null }) => decideText(image, regions),
    onSuccess: async (_, { regions }) => {
      setSaid(regions === null ? words.textDone.open : regions.length > 0 ? words.textDone.text : words.textDone.none);
      await queries.invalidateQueries(wholeDesk);
    },
  });
  const move = (by: number) => () => setChosen(Math.min(Math.max(at + by, 0), Math.max(images.length - 1, 0)));
  useShortcuts(words.titles.text, [
    { keys: "j", does: words.next, run: move(1) },
    { keys: "k", does: words.previous, run: move(-1) },
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is begun at its beginning
  useEffect(() => {
    setOffset(0);
    setChosen(0);
  }, [state]);
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data || !summary.data) return null;
  const { burnedInText } = summary.data;
  return (
    <div className={desk.desk}>
      <div className={desk.bar}>
        <label>
          {words.state}{" "}
          <select
            value={state}
            onChange={({ target }) => setState(states.find((one) => one === target.value) ?? "open")}
          >
            {states.map((one) => (
              <option key={one} value={one}>
                {words.textStates[one]} ({number(countOf(burnedInText, one))})
              </option>
            ))}
          </select>
        </label>
        <TextSearch left={burnedInText.notLookedAt} />
        <span role="status" className={desk.said}>
          {said}
        </span>
      </div>
      {deciding.error && <ProblemNote error={deciding.error} />}
      {shown ? (
        <div className={desk.columns}>
          <div className={desk.listColumn}>
            <nav aria-label={words.titles.text} className={desk.list}>
              <ul>
                {images.map(({ image, found, regions }, position) => (
                  <li key={image}>
                    <button
                      type="button"
                      data-kind="picture"
                      aria-current={position === at ? "true" : undefined}
                      ref={(button) => {
                        if (position === at) button?.scrollIntoView({ block: "nearest" });
                      }}
                      onClick={() => setChosen(position)}
                    >
                      <span className={desk.small}>
                        <Thumbnail image={image} size={96} alt="" />
                      </span>
                      <span>
                        {words.radiographNumber(number(offset + position + 1))}
                        <span className={desk.facts}> {words.regionCount((regions ?? found).length)}</span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </nav>
            <Pager
              offset={offset}
              size={pageSize}
              total={data.total}
              onOffset={(next) => {
                setOffset(next);
                setChosen(0);
              }}
            />
          </div>
          <TextRegions
            key={keyOf(shown)}
            text={shown}
            isBusy={deciding.isPending}
            onDecide={(regions) => {
              if (!deciding.isPending) deciding.mutate({ image: shown.image, regions });
            }}
          />
        </div>
      ) : (
        <EmptyState title={words.noTexts}>
          {burnedInText.notLookedAt > 0 ? words.notLookedHint(number(burnedInText.notLookedAt)) : words.noTextsHint}
        </EmptyState>
      )}
    </div>
  );
};

/** Another decision begins with other regions. */
const keyOf = ({ image, at }: BurnedInText): string => `${image} ${at}`;

const countOf = (
  counts: Readonly<Record<"open" | "text" | "noText" | "noneFound" | "unreadable", number>>,
  state: BurnedInTextState,
): number => {
  const names = {
    open: "open",
    text: "text",
    "no text": "noText",
    "none found": "noneFound",
    unreadable: "unreadable",
  } as const;
  return counts[names[state]];
};
