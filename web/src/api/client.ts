/** Requests to the judge: asked again until there is an answer, refusals as exceptions. */

import { connection } from "../lib/connection.svelte.ts";

const API_VERSION = "1"; // see judge.wire.base
const ANSWER_WITHIN_MS = 20_000;
const API_HEADER = "Judge-Api"; // in all that the judge itself says

/** The judge answered and said no. */
export class Refused extends Error {
  readonly status: number;
  readonly parts: readonly string[];

  constructor(status: number, detail: string, parts: readonly string[] = []) {
    super(detail);
    this.status = status;
    this.parts = parts;
  }
}

/** Whoever asked does not want the answer any more. */
export class Abandoned extends Error {}

interface Asking {
  /** A JSON text; makes it a POST. One that must not happen twice carries a key of its own. */
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Return what the judge says; waits for ever while it cannot be reached. */
export async function ask<Answer>(path: string, asking: Asking = {}): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await once(path, asking);
      // Without the header something before the judge speaks, while that is away.
      if (answer.status < 502 || answer.headers.has(API_HEADER)) {
        const said: unknown = await answer.json();
        connection.answered();
        return settled<Answer>(answer, said);
      }
    } catch (error) {
      if (asking.signal?.aborted) throw new Abandoned();
      if (error instanceof Refused) throw error;
      if (error instanceof SyntaxError) throw new Refused(0, "The answer is not JSON.");
    }
    connection.failed();
    await connection.pause(attempt, asking.signal);
    if (asking.signal?.aborted) throw new Abandoned();
  }
}

function once(path: string, { body, signal }: Asking): Promise<Response> {
  const late = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const common = { signal: signal ? AbortSignal.any([signal, late]) : late };
  if (body === undefined) return fetch(path, common);
  return fetch(path, {
    ...common,
    method: "POST",
    body,
    headers: { "Content-Type": "application/json" },
  });
}

function settled<Answer>(answer: Response, said: unknown): Answer {
  const version = answer.headers.get(API_HEADER);
  if (version !== null && version !== API_VERSION) connection.outdated = true;
  if (answer.ok) return said as Answer;
  if (answer.status === 401) connection.locked = true;
  const { detail, errors } = said as { detail?: unknown; errors?: unknown };
  throw new Refused(
    answer.status,
    typeof detail === "string" ? detail : `The judge answered with status ${answer.status}.`,
    Array.isArray(errors) ? errors.map(({ where, what }) => `${where}: ${what}`) : [],
  );
}

/** Return what to tell somebody about a failure; null when there is nothing to tell. */
export function complaint(error: unknown): string | null {
  if (error instanceof Abandoned) return null;
  if (error instanceof Refused) {
    const { message, parts } = error;
    // Where one field is wrong the judge says so twice, the second time with the field's name.
    const said = parts.some((part) => part.endsWith(message)) ? parts : [message, ...parts];
    return said.join("\n");
  }
  return error instanceof Error ? error.message : String(error);
}
