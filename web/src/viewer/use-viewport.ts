/** A radiograph drawn by Cornerstone into an element, as a view says. */

import type { Types } from "@cornerstonejs/core";
import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { Picture } from "../../../src/contract/pictures.ts";
import { imageIdOf, loadImage, loadPicture, spacingOf } from "./picture-loader.ts";
import { closeViewport, drawsOnCpu, fitToElements, openViewport } from "./rendering.ts";
import { greyRange, halvingsOf, placementOf, type Shown, type Size, showsInverted, type View } from "./view.ts";

/** What is drawn: nothing yet, the picture, or why there is none. */
export interface Drawing {
  readonly picture: Picture | null;
  readonly problem: Error | null;
  readonly size: Size;
  /** Whether the picture has been drawn once. */
  readonly isDrawn: boolean;
}

const noSize: Size = { width: 0, height: 0 };

/** Keeps the element showing the radiograph at an address. */
export const useViewport = (element: RefObject<HTMLDivElement | null>, address: string, view: View): Drawing => {
  const viewportId = useId();
  const viewport = useRef<Types.IStackViewport>(null);
  const drawn = useRef<string>(null); // the image that the viewport holds
  const [size, setSize] = useState(noSize);
  const [drawnAddress, setDrawnAddress] = useState<string | null>(null);
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
      drawn.current = null;
      closeViewport(viewportId);
    };
  }, [element, viewportId]);

  useEffect(() => {
    let isWanted = true;
    const show = (picture: Picture | null, problem: Error | null): void => {
      if (isWanted) setLoaded({ address, picture, problem });
    };
    loadPicture(address).then(
      (picture) => show(picture, null),
      (problem) => show(null, problem as Error),
    );
    return () => {
      isWanted = false;
    };
  }, [address]);

  const current = loaded?.address === address ? loaded : null;
  const picture = current?.picture ?? null;

  useLayoutEffect(() => {
    if (!picture || size.width === 0 || size.height === 0) return;
    let isWanted = true;
    const shown: Shown = { picture, size, density: window.devicePixelRatio };
    const halvings = halvingsOf(placementOf(view, shown), shown.density);
    const image = imageIdOf(address, halvings);
    const show = async (): Promise<void> => {
      if (drawn.current !== image) {
        await loadImage(image);
        if (!isWanted || !viewport.current) return;
        await viewport.current.setStack([image]);
        drawn.current = image;
      }
      if (!isWanted || !viewport.current) return;
      draw(viewport.current, view, { shown, halvings });
      setDrawnAddress(address);
    };
    show().catch((problem: Error) => {
      if (isWanted) setLoaded({ address, picture: null, problem });
    });
    return () => {
      isWanted = false;
    };
  }, [address, picture, size, view]);

  return { picture, problem: current?.problem ?? null, size, isDrawn: drawnAddress === address };
};

const draw = (
  viewport: Types.IStackViewport,
  view: View,
  { shown, halvings }: { shown: Shown; halvings: number },
): void => {
  const { picture, size, density } = shown;
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
      ? { scale: scaleY * density * Math.min(1, column / row) * 2 ** halvings } // of the axis with the smaller spacing
      : { position: [middle[0], middle[1], -1], parallelScale: (size.height / 2 / scaleY) * row }),
  });
  viewport.render();
};
