/**
 * Cornerstone3D, started once: every radiograph on the page is a viewport of one rendering engine with one WebGL context,
 * because browsers take contexts away from pages that have many. Where there is no WebGL, Cornerstone draws on the CPU.
 */

import { Enums, getShouldUseCPURendering, init, RenderingEngine, type Types } from "@cornerstonejs/core";
import { registerPictureLoader } from "./picture-loader.ts";

let engine: RenderingEngine | undefined;

const renderingEngine = (): RenderingEngine => {
  if (!engine) {
    init({ rendering: { webGlContextCount: 1 }, debug: { statsOverlay: false } });
    registerPictureLoader();
    engine = new RenderingEngine("workbench");
  }
  return engine;
};

/** Makes an element show radiographs. */
export const openViewport = (element: HTMLDivElement, viewportId: string): Types.IStackViewport => {
  const rendering = renderingEngine();
  rendering.enableElement({
    viewportId,
    element,
    type: Enums.ViewportType.STACK,
    defaultOptions: { background: [0, 0, 0] },
  });
  element.removeAttribute("tabindex"); // the part around it takes the keyboard
  return rendering.getViewport(viewportId) as Types.IStackViewport;
};

export const closeViewport = (viewportId: string): void => {
  if (engine?.getViewport(viewportId)) engine.disableElement(viewportId);
};

/** To be told when the elements' sizes have changed. */
export const fitToElements = (): void => {
  if (!drawsOnCpu()) engine?.resize(true, false);
  else for (const { canvas } of engine?.getViewports() ?? []) sharpen(canvas);
};

/** On the CPU, Cornerstone's own resizing leaves screens with more than one pixel per CSS pixel blurred. */
const sharpen = (canvas: HTMLCanvasElement): void => {
  canvas.width = Math.round(canvas.clientWidth * window.devicePixelRatio);
  canvas.height = Math.round(canvas.clientHeight * window.devicePixelRatio);
};

/** Whether there is no WebGL here. */
export const drawsOnCpu = (): boolean => getShouldUseCPURendering();
