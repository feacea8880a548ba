/**
 * A radiograph that one works on: the mouse does what the chosen tool says (the middle button always moves, the right one and
 * the wheel zoom), the arrow keys do the same, and over it lie the lesion's box, marks, rulers and the heat map.
 */

import {
  type Dispatch,
  type KeyboardEvent,
  type PointerEvent,
  type SetStateAction,
  useEffect,
  useRef,
  useState,
} from "react";
import type { Box } from "../../../src/contract/pictures.ts";
import { useFormats, useWords } from "../shell/language.tsx";
import { arrowOf } from "./arrow-keys.ts";
import { boxAround, boxBetween, isMeant } from "./boxes.ts";
import { type Heat, HeatOverlay } from "./heat-overlay.tsx";
import { LesionBox } from "./lesion-box.tsx";
import overlay from "./overlay.module.css";
import { follow } from "./pointer.ts";
import styles from "./radiograph.module.css";
import { type Measurement, Ruler } from "./ruler.tsx";
import { useViewport } from "./use-viewport.ts";
import {
  greyRange,
  type Placement,
  type Point,
  panBy,
  placementOf,
  placementStyle,
  pointAt,
  type Shown,
  type Tool,
  type View,
  windowBy,
  zoomBy,
} from "./view.ts";
import { viewerWords } from "./words.ts";

export interface RadiographProps {
  /** On the server, such as `/api/queries/7`. */
  readonly address: string;
  /** What it is, for those who do not see it. */
  readonly name: string;
  readonly view: View;
  readonly onView: Dispatch<SetStateAction<View>>;
  readonly tool: Tool;
  /** The lesion, where this radiograph has one that may be changed. */
  readonly lesion?: {
    readonly box: Box | null;
    readonly onBox: (box: Box | null) => void;
    /** What the box is, where it is no lesion's. */
    readonly name?: (box: Box) => string;
  };
  /** Boxes to be seen alone. */
  readonly marks?: readonly Box[];
  readonly heat?: Heat | null;
}

const noMarks: readonly Box[] = [];

export const Radiograph = ({ address, name, view, onView, tool, lesion, marks, heat }: RadiographProps) => {
  const words = useWords(viewerWords);
  const part = useRef<HTMLElement>(null);
  const element = useRef<HTMLDivElement>(null);
  const { picture, problem, size, isDrawn } = useViewport(element, address, view);
  const [draft, setDraft] = useState<Box | null>(null);
  const [rulers, setRulers] = useState<readonly Measurement[]>([]);
  const shown: Shown | null =
    picture && size.width > 0 && size.height > 0 ? { picture, size, density: window.devicePixelRatio } : null;
  const placement = shown && placementOf(view, shown);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured belongs to the picture of before
  useEffect(() => setRulers([]), [address]);

  useEffect(() => {
    const zoomAtPointer = (event: WheelEvent): void => {
      event.preventDefault();
      if (shown) onView((now) => zoomBy(now, 1.0015 ** -event.deltaY, shown, positionOf(event, part.current!)));
    };
    const around = part.current!;
    around.addEventListener("wheel", zoomAtPointer, { passive: false }); // React's own listener may not prevent scrolling
    return () => around.removeEventListener("wheel", zoomAtPointer);
  });

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (!shown || !placement) return;
    const gesture = ({ 1: "pan", 2: "zoom" } as const)[event.button] ?? tool;
    const start = pointAt(placement, positionOf(event.nativeEvent, part.current!));
    const at = ({ clientX, clientY }: { clientX: number; clientY: number }): Point =>
      pointAt(placement, positionOf({ clientX, clientY }, part.current!));
    if (gesture === "window") {
      follow(event, {
        onMove: ({ x, y }) => onView((now) => windowBy(now, { x: x / size.width, y: -y / size.height })),
      });
    } else if (gesture === "pan") {
      follow(event, { onMove: (by) => onView((now) => panBy(now, by, shown)) });
    } else if (gesture === "zoom") {
      const position = positionOf(event.nativeEvent, part.current!);
      follow(event, { onMove: ({ y }) => onView((now) => zoomBy(now, 1.008 ** -y, shown, position)) });
    } else if (gesture === "box" && lesion) {
      let drawn: Box | null = null;
      follow(event, {
        onMove: (_, moved) => {
          drawn = boxBetween(start, at(moved), shown.picture);
          setDraft(drawn);
        },
        onEnd: () => {
          setDraft(null);
          if (drawn && isMeant(drawn)) lesion.onBox(drawn);
        },
      });
    } else if (gesture === "ruler") {
      const key = nextKey();
      follow(event, {
        onMove: (_, moved) =>
          setRulers((before) => [...before.filter((one) => one.key !== key), { key, ends: [start, at(moved)] }]),
      });
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!shown || !placement || event.target !== event.currentTarget) return;
    const act = keyAction(event, { tool, shown });
    if (act) onView(act);
    else if (event.key === "Enter" && (tool === "box" || tool === "ruler")) {
      const middle = pointAt(placement, { x: size.width / 2, y: size.height / 2 });
      const seen = { width: size.width / placement.scaleX, height: size.height / placement.scaleY };
      if (tool === "ruler") {
        const reach = Math.min(seen.width, shown.picture.width) / 6;
        const ends: Measurement["ends"] = [
          { x: middle.x - reach, y: middle.y },
          { x: middle.x + reach, y: middle.y },
        ];
        setRulers((before) => [...before, { key: nextKey(), ends }]);
      } else if (lesion && !lesion.box) {
        const { width, height } = shown.picture;
        const around = { width: Math.min(seen.width, width), height: Math.min(seen.height, height) };
        lesion.onBox(boxAround(middle, around, shown.picture));
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const box = draft ?? lesion?.box ?? null;
  return (
    <section
      ref={part}
      className={styles.radiograph}
      data-tool={tool}
      data-state={problem ? "failed" : isDrawn ? "shown" : "loading"}
      aria-label={name}
      aria-description={words.arrows[tool]}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the arrow keys
      tabIndex={0}
      onPointerDown={onPointerDown}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
    >
      <div ref={element} className={styles.canvas} />
      {shown && placement && (
        <>
          {heat && <HeatOverlay heat={heat} placement={placement} picture={shown.picture} />}
          {(marks ?? noMarks).map((mark) => (
            <div
              key={`${mark.x} ${mark.y} ${mark.width} ${mark.height}`}
              className={overlay.mark}
              style={placementStyle(placement, mark)}
            />
          ))}
          {box && lesion && (
            <LesionBox
              box={box}
              placement={placement}
              picture={shown.picture}
              isHeld={tool === "box"}
              {...(lesion.name ? { name: lesion.name(box) } : {})}
              onDraft={setDraft}
              onBox={(next) => {
                setDraft(null);
                lesion.onBox(next);
                if (!next) part.current?.focus();
              }}
            />
          )}
          {rulers.map((measurement) => (
            <Ruler
              key={measurement.key}
              measurement={measurement}
              placement={placement}
              picture={shown.picture}
              onChange={(ends) => {
                setRulers((before) =>
                  before.flatMap((one) => (one.key !== measurement.key ? [one] : ends ? [{ ...one, ends }] : [])),
                );
                if (!ends) part.current?.focus();
              }}
            />
          ))}
          <Readout view={view} shown={shown} placement={placement} />
        </>
      )}
      {!picture && !problem && <p className={styles.note}>{words.loading}</p>}
      {problem && (
        <p className={styles.note} role="alert">
          {words.failed} {problem.message}
        </p>
      )}
    </section>
  );
};

const Readout = ({ view, shown, placement }: { view: View; shown: Shown; placement: Placement }) => {
  const words = useWords(viewerWords);
  const { number, percent } = useFormats();
  const { lower, upper } = greyRange(view, shown.picture);
  return (
    <p className={styles.readout}>
      <span title={words.window}>
        C {number((lower + upper) / 2)} W {number(upper - lower)}
      </span>
      <span>{percent(placement.scaleY * shown.density)}</span>
      {view.inverted && <span>{words.inverted}</span>}
    </p>
  );
};

/** What a key does to the view; undefined where nothing. */
const keyAction = (
  { key, shiftKey }: KeyboardEvent,
  { tool, shown }: { tool: Tool; shown: Shown },
): ((view: View) => View) | undefined => {
  if (key === "+" || key === "=") return (view) => zoomBy(view, 1.25, shown);
  if (key === "-") return (view) => zoomBy(view, 0.8, shown);
  const by = arrowOf(key, shiftKey ? 4 : 1);
  if (!by) return undefined;
  if (tool === "window") return (view) => windowBy(view, { x: by.x / 40, y: -by.y / 40 });
  if (tool === "zoom") return (view) => zoomBy(view, 1.1 ** (by.x - by.y), shown);
  return (view) => panBy(view, { x: by.x * 24, y: by.y * 24 }, shown);
};

const positionOf = ({ clientX, clientY }: { clientX: number; clientY: number }, part: HTMLElement): Point => {
  const { left, top } = part.getBoundingClientRect();
  return { x: clientX - left - part.clientLeft, y: clientY - top - part.clientTop };
};

let lastKey = 0;
const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};
