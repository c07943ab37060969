/** TeX between dollar signs, as rules of markdown-it; KaTeX does the setting. */

import katex from "katex";
import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

const SETTINGS = {
  throwOnError: false, // a mistake is shown in place, the rest of the statement stays readable
  trust: false, // no \href, no \includegraphics
  strict: "ignore",
  errorColor: "inherit",
  maxSize: 20,
  maxExpand: 500,
} as const;

export function tex(markdown: MarkdownIt): void {
  markdown.inline.ruler.after("escape", "tex", inline);
  markdown.block.ruler.after("blockquote", "tex_block", block, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  const { escapeHtml } = markdown.utils;
  markdown.renderer.rules.tex = (tokens, at) =>
    rendered(tokens[at]?.content ?? "", false, escapeHtml);
  markdown.renderer.rules.tex_display = (tokens, at) =>
    `<span class="tex">${rendered(tokens[at]?.content ?? "", true, escapeHtml)}</span>`;
  markdown.renderer.rules.tex_block = (tokens, at) =>
    `<div class="tex" tabindex="0">${rendered(tokens[at]?.content ?? "", true, escapeHtml)}</div>\n`;
}

function rendered(
  source: string,
  displayMode: boolean,
  escapeHtml: (text: string) => string,
): string {
  try {
    return katex.renderToString(source, { ...SETTINGS, displayMode });
  } catch {
    return `<code>${escapeHtml(source)}</code>`;
  }
}

/** `$x$`: nothing blank inside the signs and no digit behind them, so that "$5 and $6" is text. */
function inline(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== "$") return false;
  const mark = src.startsWith("$$", pos) ? "$$" : "$";
  const start = pos + mark.length;
  const end = closing(src, start, posMax, mark);
  if (end < 0) return false;
  const content = src.slice(start, end);
  if (mark === "$" && (content !== content.trim() || /\d/.test(src[end + 1] ?? ""))) return false;
  if (content.trim() === "") return false;
  if (!silent) {
    const token = state.push(mark === "$" ? "tex" : "tex_display", "math", 0);
    token.content = content;
  }
  state.pos = end + mark.length;
  return true;
}

function closing(src: string, from: number, until: number, mark: string): number {
  for (let at = src.indexOf(mark, from); at >= 0 && at < until; at = src.indexOf(mark, at + 1)) {
    if (src[at - 1] !== "\\") return at;
  }
  return -1;
}

/** `$$ … $$` on lines of its own, whatever those lines begin with. */
function block(state: StateBlock, first: number, last: number, silent: boolean): boolean {
  const opening = line(state, first);
  if (!opening.startsWith("$$")) return false;
  const parts = [opening.slice(2)];
  let at = first;
  while (!parts.at(-1)?.trimEnd().endsWith("$$")) {
    at += 1;
    if (at >= last || state.isEmpty(at)) return false;
    parts.push(line(state, at));
  }
  const content = parts.join("\n").trimEnd().slice(0, -2);
  if (content.includes("$$")) return false; // two formulas and text between them: a paragraph
  if (silent) return true;
  const token = state.push("tex_block", "math", 0);
  token.block = true;
  token.content = content;
  token.map = [first, at + 1];
  state.line = at + 1;
  return true;
}

function line(state: StateBlock, at: number): string {
  return state.src.slice((state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0), state.eMarks[at]);
}
