/** What somebody has written, kept in this browser: sources and inputs by problem. */

import { read, write } from "./kept.ts";

export interface Draft {
  readonly source: string;
  /** Whether somebody wrote it here; a submission that was opened and a starter can be had again. */
  readonly own: boolean;
  /** Own texts that something else took the place of: each once, the last one first. */
  readonly earlier: readonly string[];
}

const EARLIER = 5; // texts of up to 256 KiB, of the 5 MiB that browsers keep

export interface OwnInput {
  readonly chosen: boolean;
  readonly text: string;
}

const draftKey = (slug: string): string => `judge:draft:${slug}`;
const inputKey = (slug: string): string => `judge:input:${slug}`;

/** Return the draft with another text in it; what was somebody's own stays at hand. */
export function replaced(draft: Draft, source: string, own = false): Draft {
  const { earlier } = draft;
  return { source, own, earlier: draft.own ? remembered(draft.source, earlier) : earlier };
}

/** Return the draft with the last earlier text in it; again and again, all take their turn. */
export function restored(draft: Draft): Draft {
  const { source, own, earlier } = draft;
  const last = earlier.find((one) => one !== source);
  if (last === undefined) return draft;
  const rest = earlier.filter((one) => one !== last && !(own && one === source));
  return { source: last, own: true, earlier: own ? [...rest, source] : rest };
}

/** Return the draft with what another tab has saved at hand, too. */
export function joined(draft: Draft, theirs: Draft): Draft {
  const saved = theirs.own ? [theirs.source, ...theirs.earlier] : theirs.earlier;
  const further = saved.filter((one) => one !== draft.source);
  const earlier = further.reduceRight((list, one) => remembered(one, list), draft.earlier);
  return { ...draft, earlier };
}

function remembered(source: string, earlier: readonly string[]): readonly string[] {
  return [source, ...earlier.filter((one) => one !== source)].slice(0, EARLIER);
}

export function loadDraft(slug: string): Draft | null {
  return readDraft(read(draftKey(slug)));
}

/** Return whether the draft is kept; browsers may refuse. */
export function saveDraft(slug: string, draft: Draft, starter: string): boolean {
  const { source, earlier } = draft;
  if (source === starter && earlier.length === 0) return write(draftKey(slug), null);
  // Where there is no room for all, what is being written counts more than what came before.
  for (let many = earlier.length; many >= 0; many -= 1) {
    const fitting: Draft = { ...draft, earlier: earlier.slice(0, many) };
    if (write(draftKey(slug), JSON.stringify(fitting))) return true;
  }
  return false;
}

/** Hear of drafts that other tabs save; the returned function ends it. */
export function onDraftElsewhere(slug: string, listener: (draft: Draft) => void): () => void {
  const hear = (event: StorageEvent): void => {
    if (event.key !== draftKey(slug)) return;
    const draft = readDraft(event.newValue);
    if (draft !== null) listener(draft);
  };
  addEventListener("storage", hear);
  return () => removeEventListener("storage", hear);
}

export function loadInput(slug: string): OwnInput {
  const found = parsed(read(inputKey(slug))) as Partial<OwnInput> | null;
  return {
    chosen: found?.chosen === true,
    text: typeof found?.text === "string" ? found.text : "",
  };
}

export function saveInput(slug: string, input: OwnInput): void {
  const untouched = !input.chosen && input.text === "";
  write(inputKey(slug), untouched ? null : JSON.stringify(input));
}

function readDraft(text: string | null): Draft | null {
  const found = parsed(text) as Partial<Draft> | null;
  if (typeof found?.source !== "string") return null;
  return {
    source: found.source,
    own: found.own !== false,
    earlier: Array.isArray(found.earlier)
      ? found.earlier.filter((one) => typeof one === "string")
      : [],
  };
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
