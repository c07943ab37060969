/** Searching and filtering problems by what stands in an address. */

import type { ProblemSummary } from "../api/wire.ts";
import { DIFFICULTIES, PROGRESS_ORDER } from "./words.ts";

export const FILTERS = ["topic", "difficulty", "kind", "progress"] as const;
export type FilterName = (typeof FILTERS)[number];

/** Return the problems that fit every filter and every word of the search. */
export function fitting(
  problems: readonly ProblemSummary[],
  query: URLSearchParams,
): ProblemSummary[] {
  const words = (query.get("search") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return problems.filter((problem) => {
    const { title, problem: slug, tags, topics } = problem;
    const text = [title, slug, ...tags, ...topics].join("\n").toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      FILTERS.every((name) => {
        const wanted = query.get(name);
        return !wanted || values(problem, name).includes(wanted);
      })
    );
  });
}

/** Return what a filter can be set to, and what it is set to even where nothing fits. */
export function choices(
  problems: readonly ProblemSummary[],
  name: FilterName,
  current: string,
): string[] {
  const found = new Set(problems.flatMap((problem) => values(problem, name)));
  if (current !== "") found.add(current);
  const order: readonly string[] = name === "difficulty" ? DIFFICULTIES : PROGRESS_ORDER;
  const rank = (value: string): number =>
    order.includes(value) ? order.indexOf(value) : order.length;
  return [...found].sort(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b, "en", { numeric: true }),
  );
}

function values(problem: ProblemSummary, name: FilterName): readonly string[] {
  if (name === "topic") return problem.topics;
  const value = problem[name];
  return value === null ? [] : [value];
}
