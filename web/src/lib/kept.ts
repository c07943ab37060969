/** Texts this browser keeps; one that keeps nothing is no reason to fail. */

export function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Return whether it is kept; `null` forgets. */
export function write(key: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** The share of the first of two panes, by the name of the place. */
export function readShare(place: string, otherwise: number): number {
  return Number(read(`judge:share:${place}`)) || otherwise;
}

export function keepShare(place: string, share: number): void {
  write(`judge:share:${place}`, share.toFixed(3));
}
