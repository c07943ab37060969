import assert from "node:assert/strict";
import { test } from "node:test";
import { type Draft, joined, replaced, restored } from "./drafts.ts";

function own(source: string, ...earlier: string[]): Draft {
  return { source, own: true, earlier };
}

test("two submissions opened in a row leave the draft at hand", () => {
  const draft = replaced(replaced(own("mine"), "first"), "second");

  assert.deepEqual(draft, { source: "second", own: false, earlier: ["mine"] });
  assert.deepEqual(restored(draft), own("mine"));
});

test("an opened submission that was changed is somebody's own", () => {
  const opened = replaced(own("mine"), "first");
  const draft = replaced({ ...opened, source: "first, changed", own: true }, "second");

  assert.deepEqual(draft.earlier, ["first, changed", "mine"]);
});

test("restoring goes back one by one, and comes round", () => {
  const seen: string[] = [];
  let draft = own("now", "before", "long before");
  for (let time = 0; time < 3; time += 1) {
    draft = restored(draft);
    seen.push(draft.source);
  }

  assert.deepEqual(seen, ["before", "long before", "now"]);
  assert.deepEqual(draft, own("now", "before", "long before"));
});

test("five drafts are remembered, each once", () => {
  let draft = own("0");
  for (const source of ["1", "2", "1", "3", "4", "5", "6"]) draft = replaced(draft, source, true);

  assert.deepEqual(draft, own("6", "5", "4", "3", "1", "2"));
});

test("there is nothing to restore but what differs", () => {
  const draft = own("mine", "mine");

  assert.equal(restored(draft), draft);
});

test("what another tab wrote is at hand, and what it opened is not", () => {
  assert.deepEqual(joined(own("a", "old"), own("b", "old")), own("a", "b", "old"));
  const opened: Draft = { source: "a submission", own: false, earlier: ["b"] };
  assert.deepEqual(joined(own("a"), opened), own("a", "b"));
});
