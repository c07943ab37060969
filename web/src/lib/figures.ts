/** Numbers and times as people read them. */

/** Return CPU time with as many digits as mean something. */
export function seconds(value: number): string {
  if (value < 0.0005) return "0 ms";
  if (value < 1) return `${Math.max(1, Math.round(value * 1000))} ms`;
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

export function memory(mib: number): string {
  return mib < 0.5 ? "–" : `${Math.round(mib)} MiB`;
}

export function kib(value: number): string {
  return value >= 1024 && value % 1024 === 0 ? `${value / 1024} MiB` : `${value} KiB`;
}

/** Return a duration that is still growing. */
export function elapsed(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes} min ${String(whole % 60).padStart(2, "0")} s`;
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** Return when something happened: the clock alone for today. */
export function when(moment: string, now: Date = new Date()): string {
  const date = new Date(moment);
  const today = date.toDateString() === now.toDateString();
  return today ? `today, ${CLOCK.format(date)}` : DAY.format(date);
}
