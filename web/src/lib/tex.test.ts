import assert from "node:assert/strict";
import { test } from "node:test";
import MarkdownIt from "markdown-it";
import { tex } from "./tex.ts";

const markdown = new MarkdownIt({ html: false }).use(tex);

function formulas(source: string): number {
  return markdown.render(source).split('<span class="katex">').length - 1;
}

test("a formula in a line is set, and underscores in it are no emphasis", () => {
  const html = markdown.render("Let $a_1$ and $b_1$ be given.");

  assert.equal(formulas("Let $a_1$ and $b_1$ be given."), 2);
  assert.doesNotMatch(html, /<em>/);
});

test("prices are text", () => {
  assert.equal(formulas("It costs $5 or $6 a day."), 0);
  assert.equal(formulas("It costs \\$5$ or so."), 0);
  assert.equal(formulas("`$x$` is code."), 0);
});

test("a display formula may have a line that begins like a list", () => {
  const html = markdown.render("so\n\n$$F = a\n  + b, \\qquad\n- c$$\n\nthat");

  assert.match(html, /katex-display/);
  assert.doesNotMatch(html, /<ul>/);
});

test("a display formula ends a paragraph and begins one", () => {
  assert.match(markdown.render("so\n$$a$$\nthat"), /<p>so<\/p>\n<div class="tex"/);
});

test("a display formula without an end is text", () => {
  assert.equal(formulas("$$a + b\n\nnext"), 0);
});

test("HTML and links in TeX come out as text", () => {
  const html = markdown.render(
    "$\\href{javascript:alert(1)}{x}$ $<img src=x onerror=alert(1)>$ $\\htmlClass{a}{b}$ <b>c</b>",
  );

  assert.doesNotMatch(html, /<img|<a |href=|class="a"|<b>/);
});

test("a mistake in TeX is shown in place", () => {
  assert.match(markdown.render("$\\nothing{$ and text"), /katex-error.*and text/s);
});
