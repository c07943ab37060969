/** Text of a program, cut so that what would be invisible or would reorder the line can be shown. */

// Control characters but newline and tab, line and paragraph separators, whatever Unicode calls
// ignorable by default (spaces without width, marks that reorder text, fillers, tags), and halves of
// surrogate pairs. Two ignorable ones are honest: a joiner between emoji, a selector after one.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb]|(?!(?<=\p{ExtPict}(?:\p{EMod}|\ufe0f)?)\u200d(?=\p{ExtPict})|(?<=\p{ExtPict})\ufe0f)\p{DI}|\p{Surrogate}/gu;
const MOST = 2000; // of a text; each is an element of the page, which stands still over 60,000

export interface Piece {
  readonly text: string;
  /** Whether this stands for a character that cannot be shown itself. */
  readonly escape: boolean;
}

/** Return the pieces of a text, one where they are too many; joined they read as Python writes. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > done) found.push({ text: text.slice(done, match.index), escape: false });
    found.push({ text: escaped(match[0]), escape: true });
    done = match.index + match[0].length;
  }
  if (done < text.length) found.push({ text: text.slice(done), escape: false });
  if (found.length <= MOST) return found;
  return [{ text: found.map((piece) => piece.text).join(""), escape: false }];
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0d) return "\\r";
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}
