/** Statements: Markdown with TeX to HTML that can do nothing but be read. */

import "katex/dist/katex.css";
import MarkdownIt from "markdown-it";
import { highlighted } from "./highlight.ts";
import { tex } from "./tex.ts";

const markdown = new MarkdownIt({ html: false, linkify: false, highlight: code }).use(tex);
const { escapeHtml } = markdown.utils;

markdown.renderer.rules.table_open = () => '<div class="wide" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => "</table></div>\n";
markdown.renderer.rules.link_open = (tokens, at, options, _env, self) => {
  tokens[at]?.attrSet("target", "_blank");
  tokens[at]?.attrSet("rel", "noopener noreferrer");
  return self.renderToken(tokens, at, options);
};

function code(source: string, language: string): string {
  if (language !== "python") return ""; // markdown-it escapes it then
  const lines = highlighted(source).map((line) =>
    line.map((one) => `<span class="${one.classes}">${escapeHtml(one.text)}</span>`).join(""),
  );
  return lines.join("\n");
}

/** Return HTML; raw HTML of the statement comes out as text. */
export function statementHtml(source: string): string {
  return markdown.render(source);
}
