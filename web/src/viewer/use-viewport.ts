/** A radiograph drawn by Cornerstone into an element, as a view says. */

import type { Types } from "@cornerstonejs/core";
import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { Picture } from "../../../src/contract/pictures.ts";
import { imageIdOf, loadPicture, spacingOf } from "./picture-loader.ts";
import { closeViewport, drawsOnCpu, fitToElements, openViewport } from "./rendering.ts";
import { greyRange, placementOf, type Shown, type Size, showsInverted, type View } from "./view.ts";

/** What is drawn: nothing yet, the picture, or why there is none. */
export interface Drawing {
  readonly picture: Picture | null;
  readonly problem: Error | null;
  readonly size: Size;
}

const noSize: Size = { width: 0, height: 0 };

/** Keeps the element showing the radiograph at an address. */
export const useViewport = (element: RefObject<HTMLDivElement | null>, address: string, view: View): Drawing => {
  const viewportId = useId();
  const viewport = useRef<Types.IStackViewport>(null);
  const [size, setSize] = useState(noSize);
  const [loaded, setLoaded] = useState<{ address: string; picture: Picture | null; problem: Error | null } | null>(
    null,
  );

  useLayoutEffect(() => {
    const part = element.current!;
    const opened = openViewport(part, viewportId);
    viewport.current = opened;
    const observer = new ResizeObserver(() => {
      fitToElements();
      setSize({ width: part.clientWidth, height: part.clientHeight });
    });
    observer.observe(part);
    return () => {
      observer.disconnect();
      viewport.current = null;
      closeViewport(viewportId);
    };
  }, [element, viewportId]);

  useEffect(() => {
    let isWanted = true;
    const show = async (): Promise<void> => {
      try {
        const picture = await loadPicture(address);
        if (!isWanted || !viewport.current) return;
        await viewport.current.setStack([imageIdOf(address)]);
        if (isWanted) setLoaded({ address, picture, problem: null });
      } catch (problem) {
        if (isWanted) setLoaded({ address, picture: null, problem: problem as Error });
      }
    };
    void show();
    return () => {
      isWanted = false;
    };
  }, [address]);

  const current = loaded?.address === address ? loaded : null;
  const picture = current?.picture ?? null;

  useLayoutEffect(() => {
    if (viewport.current && picture && size.width > 0 && size.height > 0)
      draw(viewport.current, view, { picture, size });
  }, [picture, size, view]);

  return { picture, problem: current?.problem ?? null, size };
};

const draw = (viewport: Types.IStackViewport, view: View, shown: Shown): void => {
  const { picture, size } = shown;
  const [row, column] = spacingOf(picture);
  const { scaleY } = placementOf(view, shown);
  viewport.setProperties({ voiRange: greyRange(view, picture), invert: showsInverted(view, picture) });
  // Cornerstone's world has its origin in the middle of the first pixel, millimetres as its unit, and y downwards.
  const middle: Types.Point3 = [
    (view.middle[0] * picture.width - 0.5) * column,
    (view.middle[1] * picture.height - 0.5) * row,
    0,
  ];
  viewport.setCamera({
    focalPoint: middle,
    ...(drawsOnCpu()
      ? { scale: scaleY * window.devicePixelRatio * Math.min(1, column / row) } // of the axis with the smaller spacing
      : { position: [middle[0], middle[1], -1], parallelScale: (size.height / 2 / scaleY) * row }),
  });
  viewport.render();
};
