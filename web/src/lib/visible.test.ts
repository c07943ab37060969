import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "./visible.ts";

function shown(text: string): string {
  return pieces(text)
    .map((piece) => piece.text)
    .join("");
}

test("ordinary text, line breaks and tabs stay as they are", () => {
  const text = "größer\n\t→ 日本 🎉";

  assert.deepEqual(pieces(text), [{ text, escape: false }]);
});

test("terminal sequences, carriage returns and NUL are written out", () => {
  assert.equal(shown("\u001b[31mred\u0000\r\n"), "\\x1b[31mred\\x00\\r\n");
});

test("what reorders or hides text is written out", () => {
  assert.equal(shown("a\u202eb\u2066c\u200bd\ufeff"), "a\\u202eb\\u2066c\\u200bd\\ufeff");
  assert.equal(shown("\u{e0041}"), "\\U000e0041");
});

test("joiners, selectors and fillers are written out where they hide", () => {
  assert.equal(
    shown("a\u200cb\u200dc\u034fd\u180ee\ufe0ff\u3164"),
    "a\\u200cb\\u200dc\\u034fd\\u180ee\\ufe0ff\\u3164",
  );
  assert.equal(shown("👩\u200dx 👩\u200d\u200d👩 ❤\ufe0f\ufe0f").match(/\\u/g)?.length, 4);
});

test("emoji of several characters stay as they are", () => {
  const text = "👩‍💻 👩🏽‍💻 🏳️‍🌈 ❤️‍🔥";

  assert.deepEqual(pieces(text), [{ text, escape: false }]);
});

test("half of a surrogate pair is written out", () => {
  assert.equal(shown("x\ud800y"), "x\\ud800y");
});

test("only what was written out is marked", () => {
  assert.deepEqual(pieces("a\u0007b"), [
    { text: "a", escape: false },
    { text: "\\x07", escape: true },
    { text: "b", escape: false },
  ]);
});

test("more hidden characters than a page can mark are written out unmarked", () => {
  const text = "a\u0000".repeat(32_000);

  assert.deepEqual(pieces(text), [{ text: "a\\x00".repeat(32_000), escape: false }]);
});
