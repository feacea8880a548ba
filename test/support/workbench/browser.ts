/** Chromium as the machine has it, and pages in it that tell what went wrong in them. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const places = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];

/** Where Chromium lies; undefined where it is not installed. */
export const chromiumPath = places
  .filter((place) => place !== "")
  .flatMap((place) => names.map((name) => join(place, name)))
  .find((path) => existsSync(path));

if (chromiumPath === undefined)
  process.stderr.write("Chromium is not installed, so the tests in a browser are left out.\n");

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium without a window; scroll bars are there only where they are asked for. */
export const openBrowser = ({ scrollBars = false } = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath!,
    headless: true,
    args: flags,
    ...(scrollBars ? { ignoreDefaultArgs: ["--hide-scrollbars"] } : {}),
  });

/** What a page's browser is like. */
export interface PageOptions {
  /** The browser's language. Default English. */
  readonly language?: "en" | "de";
  /** What the user chose here earlier. Default: nothing, so dark. */
  readonly theme?: "dark" | "light" | "system";
  /** Width and height. Default 1280 x 720. */
  readonly size?: readonly [number, number];
  /** Messages of the console that belong to the test, such as the refusal of a request. */
  readonly tolerate?: RegExp;
  /** More for the context, such as `colorScheme` or `acceptDownloads`. */
  readonly context?: BrowserContextOptions;
}

/** A page of a browser that knows nothing yet, and what went wrong in it so far. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of the console, exceptions, and what the content security policy refused. */
  readonly problems: readonly string[];
}

/** Opens a page in a context of its own; nothing is loaded yet. */
export const openPage = async (
  browser: Browser,
  { language = "en", theme, size: [width, height] = [1280, 720], tolerate, context }: PageOptions = {},
): Promise<WatchedPage> => {
  const opened = await browser.newContext({ locale: language, viewport: { width, height }, ...context });
  if (theme) await opened.addInitScript((chosen) => localStorage.setItem("osteon.theme", chosen), theme);
  const page = await opened.newPage();
  page.setDefaultTimeout(30_000); // of a machine that does much else
  const problems: string[] = [];
  const keep = (text: string): void => {
    if (!tolerate?.test(text)) problems.push(text);
  };
  page.on("pageerror", (error) => keep(`exception: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") keep(`console: ${message.text()} at ${message.location().url}`);
  });
  return { page, problems };
};
