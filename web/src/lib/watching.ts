/** What is known of a submission or run while it is judged: events in, one picture out. */

import type { Events, State, Test } from "../api/wire.ts";

export interface Watching {
  readonly state: State;
  readonly position: number | null;
  readonly reason: string | null;
  readonly attempt: number;
  readonly phase: string | null;
  readonly total: number | null;
  /** By index; a test that has not been heard of yet is a hole. */
  readonly tests: readonly (Test | undefined)[];
  /** Why the attempt before this one came to nothing. */
  readonly failed: string | null;
}

export const NOTHING_YET: Watching = {
  state: "queued",
  position: null,
  reason: null,
  attempt: 0,
  phase: null,
  total: null,
  tests: [],
  failed: null,
};

type Heard = {
  [Name in Exclude<keyof Events<never>, "done">]: { name: Name; data: Events<never>[Name] };
}[Exclude<keyof Events<never>, "done">];

/** Return the picture after one more event. */
export function heard(before: Watching, event: Heard): Watching {
  switch (event.name) {
    case "state": {
      const { state, position, reason, attempt } = event.data;
      // A further attempt begins from nothing: what was heard of the one before is void.
      const anew = attempt > before.attempt || (state === "queued" && before.state !== "queued");
      const base = anew ? { ...before, phase: null, total: null, tests: [] } : before;
      return { ...base, state, position, reason, attempt: Math.max(attempt, before.attempt) };
    }
    case "phase": {
      const anew = event.data.name === "box";
      const base = anew ? { ...before, total: null, tests: [] } : before;
      return { ...base, phase: event.data.name };
    }
    case "collected":
      return { ...before, total: event.data.total };
    case "test": {
      const tests = [...before.tests];
      tests[event.data.index] = event.data.test;
      return { ...before, tests };
    }
    case "attempt_failed":
      return { ...before, failed: event.data.message };
  }
}

/** Return the tests that have ended, with their places. */
export function ended(watching: Watching): { index: number; test: Test }[] {
  return watching.tests.flatMap((test, index) => (test === undefined ? [] : [{ index, test }]));
}
