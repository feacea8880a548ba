/** Docstrings as text: the comment at the top of a file, and comments as Markdown. */

import type { Docstring } from "./declared.ts";

/** A comment, from its first star to its last, as text and tags. */
export const docstringOf = (comment: string): Docstring => {
  const lines = comment
    .trim()
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n");
  const text = lines.map((line) => line.replace(/^\s*\* ?/, "").trimEnd()).join("\n");
  const [description = "", ...tags] = text.trim().split(/^@(?=\w)/m);
  return {
    text: description.trim(),
    tags: tags.map((tag) => {
      const [, name = "", rest = ""] = /^(\w+)\s*(.*)$/s.exec(tag) ?? [];
      return { name, text: name === "example" ? rest.trim() : rest.trim().replaceAll("\n  ", "\n") };
    }),
  };
};

/** The text of the comment that a source file begins with; empty where there is none. */
export const headerOf = (source: string): string => docstringOf(/^\/\*\*.*?\*\//s.exec(source)?.[0] ?? "").text;

/** A link to what a name means, or undefined where the reference has nothing of that name. */
export type LinkTo = (name: string) => string | undefined;

/** Markdown of a docstring: `{@link name}` becomes a link, paragraphs of indented lines, formulas mostly, become code. */
export const toMarkdown = (text: string, linkTo: LinkTo): string =>
  text
    .split(/\n\n+/)
    .map((paragraph) => {
      const lines = paragraph.split("\n");
      if (!lines.every((line) => line.startsWith("  ")))
        return paragraph.replaceAll(/\{@link (\S+?)\}/g, (_, name: string) => linkTo(name) ?? `\`${name}\``);
      return ["```text", ...lines.map((line) => line.slice(2)), "```"].join("\n");
    })
    .join("\n\n");
