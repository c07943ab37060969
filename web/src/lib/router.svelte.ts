/** Where the page is: the address bar as state, and links that do not load the page anew. */

export class Router {
  path = $state(location.pathname);
  search = $state(location.search);
  /** Whether somebody has gone from one view to another since the page was loaded. */
  moved = false;

  constructor() {
    addEventListener("popstate", () => this.#read());
    document.addEventListener("click", (event) => this.#click(event));
  }

  go(address: string): void {
    history.pushState(null, "", address);
    this.#read();
    scrollTo(0, 0);
  }

  /** Change what stands behind the question mark, without a step in the history. */
  setQuery(query: URLSearchParams): void {
    const text = query.toString();
    this.search = text === "" ? "" : `?${text}`;
    try {
      history.replaceState(null, "", `${this.path}${this.search}`);
    } catch {
      // Safari allows so many in a while; the address follows with the next change.
    }
  }

  #read(): void {
    this.moved = true;
    this.path = location.pathname;
    this.search = location.search;
  }

  #click(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target !== "" || link.origin !== location.origin || link.hash !== "") return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }
}

export const router = new Router();
