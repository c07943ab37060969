/** The words of the API that the page uses; the generated types are the truth. */

import type { State, Test } from "../api.gen.ts";

export type {
  Counterexample,
  Judgement,
  NewReport,
  Pitfall,
  ProblemDetail,
  ProblemList,
  ProblemSummary,
  Progress,
  Report,
  Run,
  State,
  Submission,
  SubmissionList,
  SubmissionSummary,
  Test,
  Trial,
  Verdict,
} from "../api.gen.ts";

/** What a stream of events says, by the name of the event; `done` carries the whole record. */
export interface Events<Done> {
  state: { state: State; position: number | null; reason: string | null; attempt: number };
  phase: { name: string };
  collected: { total: number };
  test: { index: number; test: Test };
  attempt_failed: { attempt: number; message: string };
  done: Done;
}
