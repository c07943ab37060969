import assert from "node:assert/strict";
import { test } from "node:test";
import { member } from "./input.ts";

test("integers travel as they were typed, however large", () => {
  assert.deepEqual(member("args", "[[9007199254740993], 1]"), {
    json: '"args":[[9007199254740993], 1]',
  });
});

test("what is not a JSON list is refused in words", () => {
  assert.match((member("args", "[1, ") as { wrong: string }).wrong, /not JSON/);
  assert.match((member("args", '{"a": 1}') as { wrong: string }).wrong, /a list/);
  assert.match((member("args", '[1], "key": "x"') as { wrong: string }).wrong, /not JSON/);
});

test("the input of a program is sent to the letter", () => {
  assert.deepEqual(member("stdin", 'a "b"\n'), { json: '"stdin":"a \\"b\\"\\n"' });
});
