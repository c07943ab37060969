/** One problem being worked on: draft, own input, the attempt that is under way. */

import { ask } from "../api/client.ts";
import type { ProblemDetail, Progress, Submission, SubmissionList } from "../api/wire.ts";
import { Attempt } from "./attempt.svelte.ts";
import { loadDraft, loadInput, onDraftElsewhere, saveDraft, saveInput } from "./drafts.ts";
import { member, type Way, wayOf } from "./input.ts";

const SAVE_AFTER_MS = 250;
const RECENT = 20;

export class Work {
  readonly problem: ProblemDetail;
  readonly way: Way | null;
  source = $state("");
  previous = $state<string | null>(null);
  own = $state(false);
  input = $state("");
  inputTrouble = $state<string | null>(null);
  attempt = $state.raw<Attempt | null>(null);
  recent = $state.raw<SubmissionList["submissions"] | null>(null);
  progress = $state<Progress>("new");
  /** False when this browser keeps nothing. */
  kept = $state(true);
  /** What another tab has made of the draft in the meantime. */
  elsewhere = $state<string | null>(null);
  /** Puts a text into the editor, once there is one. */
  show: ((source: string) => void) | null = null;

  #saving: ReturnType<typeof setTimeout> | null = null;
  readonly #leaving = new AbortController();
  readonly #deaf: () => void;

  constructor(problem: ProblemDetail) {
    this.problem = problem;
    this.progress = problem.progress;
    this.way = wayOf(problem.kind);
    const draft = loadDraft(problem.problem);
    this.source = draft?.source ?? problem.starter;
    this.previous = draft?.previous ?? null;
    const input = loadInput(problem.problem);
    this.own = input.chosen && this.way !== null;
    this.input = input.text;
    this.#deaf = onDraftElsewhere(problem.problem, ({ source }) => {
      this.elsewhere = source === this.source ? null : source;
    });
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
    this.source = source;
    this.elsewhere = null;
    if (this.#saving !== null) clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  /** Put another source in place of the draft, which stays at hand. */
  replace(source: string): void {
    if (source === this.source) return;
    this.previous = this.source;
    this.write(source);
    this.save();
    this.show?.(source);
  }

  /** Bring back what was replaced; once more changes them again. */
  restore(): void {
    if (this.previous !== null) this.replace(this.previous);
  }

  save(): void {
    if (this.#saving === null) return;
    clearTimeout(this.#saving);
    this.#saving = null;
    const { problem: slug, starter } = this.problem;
    const { source, previous } = this;
    this.kept = saveDraft(slug, { source, previous }, starter);
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
      if (record.problem === this.problem.problem) this.replace(record.source);
    } catch {
      // The draft that is there is left alone.
    }
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
