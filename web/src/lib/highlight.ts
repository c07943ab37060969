/** Python source cut into tokens with class names; the page makes text nodes of them. */

import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/python";

export interface Token {
  readonly text: string;
  readonly classes: string;
}

/** Return the tokens of each line. */
export function highlighted(source: string): Token[][] {
  const lines: Token[][] = [[]];
  highlightCode(
    source,
    parser.parse(source),
    classHighlighter,
    (text, classes) => lines.at(-1)?.push({ text, classes }),
    () => lines.push([]),
  );
  return lines;
}
