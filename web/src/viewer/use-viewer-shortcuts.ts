/** The keys of the viewer's tools and actions, on the page that has it. */

import type { Dispatch, SetStateAction } from "react";
import { useWords } from "../shell/language.tsx";
import { useShortcuts } from "../shell/shortcuts.tsx";
import { viewActions, viewerKeys } from "./toolbar.tsx";
import { type Tool, tools, type View } from "./view.ts";
import { viewerWords } from "./words.ts";

export interface ViewerShortcuts {
  /** Told too where the tool was chosen already: the keyboard then goes to the radiograph. */
  readonly onTool: (tool: Tool) => void;
  readonly onView: Dispatch<SetStateAction<View>>;
  readonly hasBox: boolean;
}

export const useViewerShortcuts = ({ onTool, onView, hasBox }: ViewerShortcuts): void => {
  const words = useWords(viewerWords);
  useShortcuts(words.toolbar, [
    ...tools
      .filter((tool) => hasBox || tool !== "box")
      .map((tool) => ({
        keys: viewerKeys[tool],
        does: words.tools[tool],
        run: () => {
          onTool(tool);
          focusRadiograph();
        },
      })),
    ...(["invert", "fit", "actual", "reset"] as const).map((action) => ({
      keys: viewerKeys[action],
      does: words[action],
      run: () => onView(viewActions[action]),
    })),
  ]);
};

/** So that the arrow keys do what the chosen tool says; a radiograph that has the focus keeps it. */
const focusRadiograph = (): void => {
  if (!document.activeElement?.closest("[data-tool]"))
    document.querySelector<HTMLElement>("[data-tool]")?.focus({ preventScroll: true });
};
