/**
 * The workbench for end-to-end tests: a real server on a real home, in a real browser.
 *
 * @example
 * const workbench = useWorkbench();
 * browserTest("the archive shows every radiograph", async () => {
 *   const page = await workbench.open("/archive");
 *   await page.getByRole("heading", { name: "Archive" }).waitFor();
 *   await expectAccessible(page);
 * });
 */

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { chromiumPath, openBrowser, openPage, type PageOptions, type WatchedPage } from "./workbench/browser.ts";
import { type PhantomHome, phantomHome } from "./workbench/phantom-home.ts";
import { type ServerProcess, startWorkbench } from "./workbench/server-process.ts";

export { expectAccessible } from "./workbench/accessibility.ts";
export { chromiumPath, openBrowser, openPage, type PageOptions, type WatchedPage } from "./workbench/browser.ts";
export { builtPages } from "./workbench/built-pages.ts";
export { type PhantomHome, phantomCentre, phantomHome } from "./workbench/phantom-home.ts";
export { takeScreenshots } from "./workbench/screenshots.ts";
export { type ServerProcess, startWorkbench } from "./workbench/server-process.ts";

/** A test that needs Chromium; left out where there is none. */
export const browserTest = test.skipIf(chromiumPath === undefined);

/** What a test file works with. */
export interface Workbench {
  /** The server that runs now. */
  readonly server: ServerProcess;
  readonly phantom: PhantomHome;
  readonly browser: Browser;
  /** Opens an address such as `/archive` in a browser that knows nothing yet; what goes wrong in it fails the test. */
  open(address: string, options?: PageOptions): Promise<Page>;
  /** Starts the server again on the same port and home, after {@link ServerProcess.kill} or a stop. */
  restart(): Promise<void>;
}

/** How a file's workbench is made. */
export interface WorkbenchOptions {
  /** More words for `osteon serve`. */
  readonly args?: readonly string[];
  /** The home that the file's copy is of; one of a small centre in which everything was done once by default. */
  readonly home?: () => Promise<PhantomHome>;
  /** What happens to the file's copy of the home before the server starts. */
  readonly prepare?: (phantom: PhantomHome) => Promise<void>;
}

/** Starts a workbench on a home of its own before the tests of a file, and ends it after them. */
export const useWorkbench = ({ args = [], home = phantomHome, prepare }: WorkbenchOptions = {}): Workbench => {
  let made: { server: ServerProcess; phantom: PhantomHome; browser: Browser } | undefined;
  let pages: WatchedPage[] = [];
  const there = () => {
    if (!made) throw new Error("The workbench runs only while tests do.");
    return made;
  };
  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    const phantom = await home();
    await prepare?.(phantom);
    const [server, browser] = await Promise.all([startWorkbench({ home: phantom.home, args }), openBrowser()]);
    made = { server, phantom, browser };
  }, 600_000);
  afterEach(async () => {
    const problems = pages.flatMap((one) => one.problems);
    await Promise.all(pages.map(({ page }) => page.context().close()));
    pages = [];
    expect(problems).toEqual([]);
  });
  afterAll(async () => {
    await made?.browser.close();
    await made?.server.stop();
    await made?.phantom.remove();
  });
  return {
    get server() {
      return there().server;
    },
    get phantom() {
      return there().phantom;
    },
    get browser() {
      return there().browser;
    },
    open: async (address, options) => {
      const { browser, server } = there();
      const watched = await openPage(browser, options);
      pages.push(watched);
      await watched.page.goto(`${server.url}${address}`);
      return watched.page;
    },
    restart: async () => {
      const { phantom, server, ...rest } = there();
      made = { ...rest, phantom, server: await startWorkbench({ home: phantom.home, args, port: server.port }) };
    },
  };
};
