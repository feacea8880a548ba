/** Markdown of one entry point's page. */

import type { Declared, Place } from "./declared.ts";
import { type LinkTo, toMarkdown } from "./docstring-text.ts";
import type { EntryPoint } from "./entry-points.ts";
import type { Layout, Section } from "./layout.ts";

/** What a page is made of. */
export interface Page {
  readonly entry: EntryPoint;
  /** What the entry point's own file says of it. */
  readonly docs: string;
  readonly layout: Layout;
  /** A link to a type or a function, from this page. */
  readonly link: (place: Place) => string | undefined;
  /** A link to what docstrings call by this name. */
  readonly linkTo: LinkTo;
}

const onExamples =
  "Examples leave out what they import. Where they do not make them, `network`, `inputShape`, `state`, `x` and the like stand for yours.";

/** The page as Markdown. */
export const renderPage = (page: Page): string => {
  const { entry, docs, layout } = page;
  const parts = [
    `# ${entry.name}`,
    `<!-- Written by \`npm run docs\` from the docstrings of ${entry.file}; change those instead. -->`,
    toMarkdown(docs, page.linkTo),
    onExamples,
    "## Contents",
    layout.sections.map(contentsOf).join("\n"),
    ...layout.sections.map((section) => renderSection(section, page)),
  ];
  return `${joined(parts)}\n`;
};

const contentsOf = ({ title, anchor, entries }: Section): string =>
  `- [${title}](#${anchor}): ${entries.map((entry) => `[\`${entry.declared.path}\`](#${entry.anchor})`).join(", ")}`;

const renderSection = ({ title, file, introduction, entries }: Section, page: Page): string => {
  const told = new Set<string>(); // a type is linked where its section names it first
  const render = (declared: Declared, level: string): string => {
    const links = declared.types.map((place) => page.link(place)).filter((link) => link && !told.has(link));
    for (const link of links) told.add(link!);
    const types = links.length > 0 ? `**Types** ${links.join(", ")}` : "";
    return joined([renderDeclared(declared, level, page), types]);
  };
  return joined([
    `## ${file ? `[${title}](../../../${file})` : title}`,
    toMarkdown(introduction, page.linkTo),
    ...entries.flatMap(({ declared }) => [
      render(declared, "###"),
      ...declared.members.map((member) => render(member, "####")),
    ]),
  ]);
};

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");

const renderDeclared = ({ path, signature, docs }: Declared, level: string, page: Page): string => {
  const tagged = (name: string): readonly string[] =>
    docs.tags.filter((tag) => tag.name === name).map(({ text }) => text);
  return joined([
    `${level} \`${path}\``,
    fence(signature),
    toMarkdown(docs.text, page.linkTo),
    tagged("param")
      .map((text) => parameter(text, page))
      .join("\n"),
    ...tagged("returns").map((text) => `**Returns** ${toMarkdown(text, page.linkTo)}`),
    ...tagged("throws").map((text) => `**Throws** ${toMarkdown(text, page.linkTo)}`),
    ...tagged("example").map((text) => `**Example**\n\n${fence(text)}`),
  ]);
};

/** The text of `@param`: the parameter's name, then what is said of it. */
const parameter = (text: string, page: Page): string => {
  const [, name, description] = /^(\S+)\s*-?\s*(.*)$/s.exec(text)!;
  return `- \`${name}\`: ${toMarkdown(description!, page.linkTo).replaceAll("\n", "\n  ")}`;
};

const fence = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;
