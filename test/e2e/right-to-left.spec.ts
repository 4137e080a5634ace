// Scripts that are written from right to left, in the byte view: they read as they should, and the pointer selects the
// characters that it passes over.
import type { Locator } from "@playwright/test";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

const lines = ["abc مرحبا بالعالم xyz 123", "שלום 123 עולם, end", "(مرحبا) بكم"];
const script = `#!/bin/sh\nprintf 'Content-Type: text/plain; charset=utf-8\\n\\n${lines.join("\\n")}'\n`;
const rightToLeft = /[\u0590-\u08ff]/;

/** Where each character of a row stands, in the order of the bytes. */
const boxesOf = (row: Locator) =>
  row.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const boxes: { character: string; left: number; right: number; y: number }[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.closest("[data-from]") === null) continue;
      for (const [index, character] of [...(node.nodeValue ?? "")].entries()) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        boxes.push({ character, left, right, y: (top + bottom) / 2 });
      }
    }
    return boxes;
  });

test("Arabic and Hebrew are shown from right to left, and the pointer selects what it passes over", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/right.sh", script);
  workspace.makeExecutable("cgi-bin/right.sh");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/right.sh");
  await window.tab("Response");
  const bytes = window.bytes("Response");
  await window.showAs(bytes, "Text");
  const rows = bytes.locator('[data-row="text"]');
  await expect(rows.nth(lines.length - 1)).toContainText("بكم");
  const { mouse } = window.page;
  for (const [index, line] of lines.entries()) {
    const row = rows.nth(index);
    const boxes = (await boxesOf(row)).slice(0, line.length);
    expect(boxes.map(({ character }) => character).join("")).toBe(line);
    const [word] = /[\u0590-\u08ff]{3,}/.exec(line) ?? [""];
    const first = boxes[line.indexOf(word)];
    expect(first?.left).toBeGreaterThan(boxes[line.indexOf(word) + 1]?.left ?? 0); // as a person reads it
    const letters = boxes.flatMap(({ character }, at) => (/[\p{L}\p{N}]/u.test(character) ? [at] : []));
    for (const [from, to] of letters.flatMap((at, place) => {
      const further = letters[place + 4];
      return further === undefined ? [] : [[at, further] as const];
    })) {
      const [begin, end] = [boxes[from], boxes[to]];
      if (!begin || !end) throw new Error("no box");
      // A quarter of its width within the first character, and the last one.
      const edge = ({ character, left, right }: typeof begin, isEnd: boolean): number =>
        rightToLeft.test(character) === isEnd ? left + (right - left) / 4 : right - (right - left) / 4;
      await mouse.move(edge(begin, false), begin.y);
      await mouse.down();
      await mouse.move(edge(end, true), end.y);
      await mouse.up();
      expect((await row.locator(".byte-selected").allTextContents()).join("")).toBe(line.slice(from, to + 1));
    }
  }
});
