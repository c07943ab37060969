import assert from "node:assert/strict";
import { test } from "node:test";
import type { Test } from "../api/wire.ts";
import { ended, heard, NOTHING_YET, type Watching } from "./watching.ts";

const PASSED: Test = {
  name: "short/01",
  group: "short",
  sample: false,
  state: "judged",
  verdict: "AC",
  cpu_seconds: 0,
  memory_mib: 0,
};

function judging(attempt: number): Watching {
  const data = { state: "judging", position: null, reason: null, attempt } as const;
  return heard(NOTHING_YET, { name: "state", data });
}

test("tests are kept at their places, in whatever order they arrive", () => {
  let now = judging(1);
  now = heard(now, { name: "test", data: { index: 2, test: PASSED } });
  now = heard(now, { name: "test", data: { index: 0, test: PASSED } });

  assert.deepEqual(
    ended(now).map(({ index }) => index),
    [0, 2],
  );
});

test("a test that is heard twice counts once", () => {
  let now = judging(1);
  now = heard(now, { name: "test", data: { index: 0, test: PASSED } });
  now = heard(now, { name: "test", data: { index: 0, test: PASSED } });

  assert.equal(ended(now).length, 1);
});

test("a new box makes the tests heard before void", () => {
  let now = heard(judging(1), { name: "collected", data: { total: 18 } });
  now = heard(now, { name: "test", data: { index: 0, test: PASSED } });
  now = heard(now, { name: "phase", data: { name: "box" } });

  assert.deepEqual(ended(now), []);
  assert.equal(now.total, null);
});

test("a higher attempt makes the tests heard before void and keeps why the last one failed", () => {
  let now = heard(judging(1), { name: "test", data: { index: 0, test: PASSED } });
  now = heard(now, { name: "attempt_failed", data: { attempt: 1, message: "the engine is gone" } });
  now = heard(now, {
    name: "state",
    data: { state: "judging", position: null, reason: null, attempt: 2 },
  });

  assert.deepEqual(ended(now), []);
  assert.equal(now.failed, "the engine is gone");
});

test("a move in the queue changes the position and nothing else", () => {
  let now = heard(judging(1), { name: "test", data: { index: 0, test: PASSED } });
  now = heard(now, {
    name: "state",
    data: { state: "judging", position: null, reason: null, attempt: 1 },
  });

  assert.equal(ended(now).length, 1);
});
