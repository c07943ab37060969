/** Words for what the API says in codes. */

import type { Progress, State, Verdict } from "../api/wire.ts";

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  AC: "accepted",
  WA: "wrong answer",
  TLE: "time limit exceeded",
  MLE: "memory limit exceeded",
  OLE: "output limit exceeded",
  RE: "run-time error",
  CE: "compile error",
  JE: "judge error",
};

export const STATES: Readonly<Record<State, string>> = {
  queued: "queued",
  judging: "judging",
  judged: "judged",
  cancelled: "cancelled",
};

export const PROGRESS: Readonly<Record<Progress, string>> = {
  new: "new",
  tried: "tried",
  solved: "solved",
};

export const PROGRESS_ORDER: readonly Progress[] = ["new", "tried", "solved"];
export const DIFFICULTIES: readonly string[] = ["easy", "medium", "hard"];

const PHASES: Readonly<Record<string, string>> = {
  image: "looking for the image",
  grader: "starting the grader",
  box: "starting a fresh box",
  tests: "running the tests",
  example: "looking for the smallest input that fails",
};

/** Return what a phase is in words; one that this page has not heard of is called by its name. */
export function phaseWords(name: string | null): string {
  return name === null ? "starting" : (PHASES[name] ?? name);
}

/** Return a message without a first line that only repeats the verdict beside it. */
export function messageBeside(verdict: Verdict | null, message: string | null): string | null {
  if (message === null || verdict === null) return message;
  const [first, ...rest] = message.split("\n");
  return first === VERDICTS[verdict] ? rest.join("\n") || null : message;
}

/** Return where somebody in the queue stands. */
export function positionWords(position: number | null): string {
  if (position === null) return "waiting";
  if (position === 0) return "next in line";
  return position === 1 ? "1 submission is before it" : `${position} submissions are before it`;
}
