/** An input of one's own, as it goes into the JSON of a run. */

export type Way = "args" | "stdin";

/** Return how a problem of this kind takes an input; null when it takes none. */
export function wayOf(kind: string): Way | null {
  if (kind === "function") return "args";
  return kind === "program" ? "stdin" : null;
}

/** Return a member of a JSON object, or say what is wrong with the input. */
export function member(way: Way, text: string): { json: string } | { wrong: string } {
  if (way === "stdin") return { json: `"stdin":${JSON.stringify(text)}` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { wrong: `This is not JSON: ${error instanceof Error ? error.message : error}` };
  }
  if (!Array.isArray(value)) {
    return { wrong: "Write a list with one entry per argument, like [[2, 7], 9]." };
  }
  // As it was typed: JavaScript would round integers above 2^53.
  return { json: `"args":${text}` };
}
