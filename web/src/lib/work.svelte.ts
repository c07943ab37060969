/** One problem being worked on: draft, own input, the attempt that is under way. */

import { ask } from "../api/client.ts";
import type { ProblemDetail, Progress, Submission, SubmissionList } from "../api/wire.ts";
import { Attempt } from "./attempt.svelte.ts";
import {
  type Draft,
  joined,
  loadDraft,
  loadInput,
  onDraftElsewhere,
  replaced,
  restored,
  saveDraft,
  saveInput,
} from "./drafts.ts";
import { member, type Way, wayOf } from "./input.ts";

const SAVE_AFTER_MS = 250;
const RECENT = 20;

export class Work {
  readonly problem: ProblemDetail;
  readonly way: Way | null;
  draft: Draft;
  own = $state(false);
  input = $state("");
  inputTrouble = $state<string | null>(null);
  attempt = $state.raw<Attempt | null>(null);
  recent = $state.raw<SubmissionList["submissions"] | null>(null);
  progress = $state<Progress>("new");
  /** False when this browser keeps nothing. */
  kept = $state(true);
  /** What another tab has made of the draft in the meantime. */
  elsewhere = $state.raw<Draft | null>(null);
  /** Puts a text into the editor, once there is one. */
  show: ((source: string) => void) | null = null;

  #saving: ReturnType<typeof setTimeout> | null = null;
  /** What this tab knows to be kept, as JSON. */
  #known: string;
  readonly #leaving = new AbortController();
  readonly #deaf: () => void;

  constructor(problem: ProblemDetail) {
    this.problem = problem;
    this.progress = problem.progress;
    this.way = wayOf(problem.kind);
    const kept = loadDraft(problem.problem);
    this.#known = JSON.stringify(kept);
    this.draft = $state.raw(kept ?? { source: problem.starter, own: false, earlier: [] });
    const input = loadInput(problem.problem);
    this.own = input.chosen && this.way !== null;
    this.input = input.text;
    this.#deaf = onDraftElsewhere(problem.problem, (theirs) => {
      this.elsewhere = theirs.source === this.source ? null : theirs;
    });
  }

  get source(): string {
    return this.draft.source;
  }

  /** Whether an earlier draft can be brought back. */
  get restorable(): boolean {
    return restored(this.draft) !== this.draft;
  }

  get busy(): boolean {
    return this.attempt !== null && !this.attempt.over;
  }

  leave(): void {
    this.save();
    this.#deaf();
    this.#leaving.abort();
    this.attempt?.leave();
  }

  write(source: string): void {
    if (source === this.source) return; // the editor repeats what was put into it
    this.#change({ ...this.draft, source, own: true });
  }

  /** Put another source in place of the draft, which stays at hand. */
  replace(source: string): void {
    if (source !== this.source) this.#put(replaced(this.draft, source));
  }

  takeElsewhere(): void {
    if (this.elsewhere === null) return;
    const { source, own } = this.elsewhere;
    this.#put(replaced(this.draft, source, own));
  }

  /** Bring back what was replaced; once more, what was replaced before that. */
  restore(): void {
    this.#put(restored(this.draft));
  }

  save(): void {
    if (this.#saving === null) return;
    clearTimeout(this.#saving);
    this.#saving = null;
    const { problem: slug, starter } = this.problem;
    const found = loadDraft(slug);
    // Another tab has saved something; it may have done so while this one was asleep.
    if (found !== null && JSON.stringify(found) !== this.#known) {
      this.draft = joined(this.draft, found);
    }
    this.kept = saveDraft(slug, this.draft, starter);
    this.#known = JSON.stringify(loadDraft(slug));
  }

  setInput(own: boolean, text: string): void {
    this.own = own;
    this.input = text;
    this.inputTrouble = null;
    saveInput(this.problem.problem, { chosen: own, text });
  }

  run(): void {
    if (this.busy) return;
    let content = this.#content();
    if (this.own && this.way !== null) {
      const input = member(this.way, this.input);
      if ("wrong" in input) {
        this.inputTrouble = input.wrong;
        return;
      }
      content += `,${input.json}`;
    }
    this.#follow(Attempt.begin("run", content));
  }

  submit(): void {
    if (this.busy) return;
    const attempt = Attempt.begin("submission", this.#content());
    attempt.onend = () => void this.#judged();
    this.#follow(attempt);
  }

  /** Load the newest submissions, and go on with one that is still under way. */
  async loadRecent(): Promise<void> {
    const { problem: slug } = this.problem;
    const query = new URLSearchParams({ problem: slug, limit: String(RECENT) });
    const signal = this.#leaving.signal;
    try {
      const { submissions } = await ask<SubmissionList>(`/api/submissions?${query}`, { signal });
      this.recent = submissions;
      const newest = submissions[0];
      const open = newest?.state === "queued" || newest?.state === "judging";
      if (this.attempt !== null || newest === undefined || !open) return;
      const record = await ask<Submission>(`/api/submissions/${newest.id}`, { signal });
      if (this.attempt !== null) return; // somebody was faster
      const attempt = Attempt.of("submission", record);
      attempt.onend = () => void this.#judged();
      this.#follow(attempt);
    } catch {
      // What the judge refuses here it refuses in the middle of the page as well, with words.
    }
  }

  /** Put a submission's source into the editor. */
  async open(id: string): Promise<void> {
    try {
      const signal = this.#leaving.signal;
      const record = await ask<Submission>(`/api/submissions/${id}`, { signal });
      if (record.problem !== this.problem.problem) return;
      // Lines end as the editor ends them, or it would say that somebody has changed the text.
      this.replace(record.source.replace(/\r\n?/g, "\n"));
    } catch {
      // The draft that is there is left alone.
    }
  }

  #change(draft: Draft): void {
    this.draft = draft;
    this.elsewhere = null;
    if (this.#saving !== null) clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  #put(draft: Draft): void {
    this.#change(draft);
    this.save();
    this.show?.(draft.source);
  }

  async #judged(): Promise<void> {
    const path = `/api/problems/${encodeURIComponent(this.problem.problem)}`;
    await this.loadRecent();
    try {
      const { progress } = await ask<ProblemDetail>(path, { signal: this.#leaving.signal });
      this.progress = progress;
    } catch {
      // It is right again when the page is loaded the next time.
    }
  }

  #content(): string {
    this.save();
    const { problem } = this.problem;
    return `"problem":${JSON.stringify(problem)},"source":${JSON.stringify(this.source)}`;
  }

  #follow(attempt: Attempt): void {
    this.attempt?.leave();
    this.attempt = attempt;
  }
}
