/** Whether the judge answers, lets us in and speaks our version; the frame of the page shows it. */

const PATIENCE_MS = 700; // a stream that is opened anew at once is nothing to talk about
const LONGEST_PAUSE_MS = 15_000;

class Connection {
  /** No answer came; somebody is trying again. */
  lost = $state(false);
  /** The judge wants a key that this browser does not have. */
  locked = $state(false);
  /** The judge speaks a newer version of the API than this page. */
  outdated = $state(false);

  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #sleepers = new Set<() => void>();

  failed(): void {
    this.#timer ??= setTimeout(() => {
      this.lost = true;
    }, PATIENCE_MS);
  }

  answered(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.lost = false;
  }

  /** Wait before try number `attempt`, counted from 0; longer each time, and never in step. */
  pause(attempt: number, signal?: AbortSignal): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE_MS, 400 * 2 ** attempt);
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, longest * (0.6 + 0.4 * Math.random()));
      this.#sleepers.add(wake);
      signal?.addEventListener("abort", wake, { once: true });
    });
  }

  /** Everybody who waits tries again now. */
  hurry(): void {
    for (const wake of [...this.#sleepers]) wake();
  }
}

export const connection = new Connection();

addEventListener("online", () => connection.hurry());
