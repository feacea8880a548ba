/** The tools of one radiograph, or of several that are looked at together. */

import type { Dispatch, SetStateAction } from "react";
import { useWords } from "../shell/language.tsx";
import { Icon, type IconName } from "./icons.tsx";
import styles from "./toolbar.module.css";
import { type Tool, tools, type View, wholePicture } from "./view.ts";
import { viewerWords } from "./words.ts";

/** The key that chooses each tool and does each action. */
export const viewerKeys = {
  window: "w",
  zoom: "z",
  pan: "p",
  ruler: "r",
  box: "b",
  invert: "i",
  fit: "f",
  actual: "x",
  reset: "0",
} as const satisfies Readonly<Record<IconName, string>>;

/** What the buttons without a tool do to the view. */
export const viewActions = {
  invert: (view) => ({ ...view, inverted: !view.inverted }),
  fit: (view) => ({ ...view, zoom: 1, middle: [0.5, 0.5] }),
  actual: (view) => ({ ...view, zoom: "actual" }),
  reset: () => wholePicture,
} as const satisfies Readonly<Record<string, (view: View) => View>>;

export interface ViewerToolbarProps {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  /** Whether there is a lesion box to draw. */
  readonly hasBox: boolean;
  /** What the box is, where it is no lesion's. */
  readonly boxName?: string;
  readonly view: View;
  readonly onView: Dispatch<SetStateAction<View>>;
}

export const ViewerToolbar = ({ tool, onTool, hasBox, boxName, view, onView }: ViewerToolbarProps) => {
  const words = useWords(viewerWords);
  const names = { ...words.tools, ...(boxName === undefined ? {} : { box: boxName }) };
  return (
    <div role="toolbar" aria-label={words.toolbar} className={styles.toolbar}>
      {tools
        .filter((one) => hasBox || one !== "box")
        .map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={tool === one}
            aria-label={names[one]}
            title={titleOf(names[one], viewerKeys[one])}
            onClick={() => onTool(one)}
          >
            <Icon name={one} />
          </button>
        ))}
      <span className={styles.gap} />
      {(["invert", "fit", "actual", "reset"] as const).map((action) => (
        <button
          key={action}
          type="button"
          {...(action === "invert" ? { "aria-pressed": view.inverted } : {})}
          aria-label={words[action]}
          title={titleOf(words[action], viewerKeys[action])}
          onClick={() => onView(viewActions[action])}
        >
          <Icon name={action} />
        </button>
      ))}
    </div>
  );
};

const titleOf = (name: string, key: string): string => `${name} (${key.toUpperCase()})`;
