/** Listening to a submission or run while it is judged and looked at, through cut connections. */

import { connection } from "../lib/connection.svelte.ts";
import { Abandoned, ask, Refused } from "./client.ts";
import type { Events, Run, Submission } from "./wire.ts";

const SILENCE_MS = 20_000; // then ask: a connection can die without a word

type Sayable = Exclude<keyof Events<never>, "done">;
const NAMES: readonly Sayable[] = ["state", "phase", "collected", "test", "attempt_failed"];

interface Listener<Judged> {
  /** A stream begins from its first event; what was heard before comes once more. */
  anew(): void;
  heard<Name extends Sayable>(name: Name, data: Events<never>[Name]): void;
  done(record: Judged): void;
  refused(error: unknown): void;
}

/** Listen until `done`; the returned function stops it earlier. */
export function follow<Judged extends Submission | Run>(
  path: string,
  listener: Listener<Judged>,
): () => void {
  const stopping = new AbortController();
  let stream: EventSource | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    stopping.abort();
    stream?.close();
    clearTimeout(silence);
  }

  function finish(record: Judged): void {
    if (stopping.signal.aborted) return;
    stop();
    listener.done(record);
  }

  function listen(): void {
    if (stopping.signal.aborted || document.hidden) return;
    stream?.close();
    listener.anew();
    const opened = new EventSource(`${path}/events`);
    stream = opened;
    opened.onopen = () => {
      connection.answered();
      expectWord();
    };
    for (const name of NAMES) {
      opened.addEventListener(name, (event: MessageEvent<string>) => {
        expectWord();
        listener.heard(name, JSON.parse(event.data));
      });
    }
    opened.addEventListener("done", (event: MessageEvent<string>) => {
      connection.answered();
      finish(JSON.parse(event.data));
    });
    // While it is CONNECTING the browser goes on by itself and says which event was the last.
    opened.onerror = () => {
      connection.failed();
      if (opened.readyState === EventSource.CLOSED) void check();
    };
    expectWord();
  }

  function expectWord(): void {
    clearTimeout(silence);
    silence = setTimeout(() => void check(), SILENCE_MS);
  }

  /** Ask how it stands; listen again where nobody listens any more. */
  async function check(): Promise<void> {
    try {
      const record = await ask<Judged>(path, { signal: stopping.signal });
      if (record.state === "judged" || record.state === "cancelled") {
        finish(record);
      } else if (stream?.readyState === EventSource.CLOSED) {
        await connection.pause(2, stopping.signal); // it answers, and ended the stream all the same
        listen();
      } else {
        expectWord();
      }
    } catch (error) {
      if (error instanceof Abandoned) return;
      if (error instanceof Refused && error.status >= 500) {
        await connection.pause(4, stopping.signal); // the judge is in trouble, the submission is not
        listen();
      } else {
        stop();
        listener.refused(error);
      }
    }
  }

  // A browser opens six connections to a host; tabs that nobody looks at would leave none to others.
  function look(): void {
    stream?.close();
    clearTimeout(silence);
    listen();
  }

  document.addEventListener("visibilitychange", look, { signal: stopping.signal });
  listen();
  return stop;
}
