/** What somebody has written, kept in this browser: sources and inputs by problem. */

import { read, write } from "./kept.ts";

export interface Draft {
  readonly source: string;
  /** What stood in the editor before it was replaced as a whole. */
  readonly previous: string | null;
}

export interface OwnInput {
  readonly chosen: boolean;
  readonly text: string;
}

const draftKey = (slug: string): string => `judge:draft:${slug}`;
const inputKey = (slug: string): string => `judge:input:${slug}`;

export function loadDraft(slug: string): Draft | null {
  return readDraft(read(draftKey(slug)));
}

/** Return whether the draft is kept; browsers may refuse. */
export function saveDraft(slug: string, draft: Draft, starter: string): boolean {
  const untouched = draft.source === starter && draft.previous === null;
  return write(draftKey(slug), untouched ? null : JSON.stringify(draft));
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
    previous: typeof found.previous === "string" ? found.previous : null,
  };
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
