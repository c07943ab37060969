/** One Submit or Run as the page follows it, from the click to the outcome. */

import { ask, complaint } from "../api/client.ts";
import { follow } from "../api/follow.ts";
import type { Run, Submission } from "../api/wire.ts";
import { newKey } from "./key.ts";
import { heard, NOTHING_YET, type Watching } from "./watching.ts";

type Kind = "submission" | "run";
type Judged = Submission | Run;

export class Attempt {
  readonly kind: Kind;
  readonly begun: number;
  /** What the judge has last said; null until it has accepted the source. */
  record = $state.raw<Judged | null>(null);
  watching = $state.raw<Watching>(NOTHING_YET);
  complaint = $state<string | null>(null);
  cancelling = $state(false);
  /** Said once, when the outcome is known. */
  onend: (() => void) | null = null;

  #stop: (() => void) | null = null;
  #left = false;

  private constructor(kind: Kind, begun: number) {
    this.kind = kind;
    this.begun = begun;
  }

  /** Hand in; `content` is the inside of a JSON object. */
  static begin(kind: Kind, content: string): Attempt {
    const attempt = new Attempt(kind, Date.now());
    void attempt.#send(`{${content},"key":${JSON.stringify(newKey())}}`);
    return attempt;
  }

  /** Go on with one that exists. */
  static of(kind: Kind, record: Judged): Attempt {
    const attempt = new Attempt(kind, Date.parse(record.created_at));
    attempt.#accept(record);
    return attempt;
  }

  get over(): boolean {
    if (this.complaint !== null) return true;
    return this.record?.state === "judged" || this.record?.state === "cancelled";
  }

  /** Stop listening; what was asked of the judge is asked to the end, and the judge goes on. */
  leave(): void {
    this.#left = true;
    this.#stop?.();
  }

  async cancel(): Promise<void> {
    this.cancelling = true;
    if (this.record === null || this.over) return; // it is asked as soon as the judge knows of it
    try {
      const path = `${this.#path(this.record.id)}/cancel`;
      const record = await ask<Judged>(path, { body: "{}" });
      if (record.state === "cancelled" && !this.over) this.#end(record);
    } catch {
      this.cancelling = false; // judged in the meantime: the stream says so
    }
  }

  async #send(body: string): Promise<void> {
    try {
      this.#accept(await ask<Judged>(`/api/${this.kind}s`, { body }));
    } catch (error) {
      this.complaint = complaint(error);
      if (this.complaint !== null) this.onend?.();
    }
  }

  #accept(record: Judged): void {
    this.record = record;
    const { state, position, reason, attempts } = record;
    this.watching = { ...NOTHING_YET, state, position, reason, attempt: attempts };
    if (this.over) {
      this.onend?.();
      return;
    }
    if (this.cancelling) void this.cancel();
    if (this.#left) return;
    this.#stop = follow<Judged>(this.#path(record.id), {
      anew: () => {
        this.watching = { ...this.watching, phase: null, total: null, tests: [] };
      },
      heard: (name, data) => {
        this.watching = heard(this.watching, { name, data } as Parameters<typeof heard>[1]);
      },
      done: (judged) => this.#end(judged),
      refused: (error) => {
        this.complaint = complaint(error);
        this.onend?.();
      },
    });
  }

  #end(record: Judged): void {
    this.#stop?.();
    this.record = record;
    this.cancelling = false;
    this.onend?.();
  }

  #path(id: number): string {
    return `/api/${this.kind}s/${id}`;
  }
}
