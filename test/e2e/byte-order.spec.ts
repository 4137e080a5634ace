// Scripts that are written from right to left, in the byte view: their bytes stand in their order.
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

const rightToLeft = (lines: readonly string[]): string =>
  `#!/bin/sh\nprintf 'Content-Type: text/plain; charset=utf-8\\n\\n${lines.join("\\n")}'\n`;
/** At least as wide as one character. */
const characterPx = 12;
const boxOf = (element: Element): { readonly left: number; readonly right: number; readonly y: number } => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, y: (top + bottom) / 2 };
};

test("Arabic and Hebrew stand in the order of their bytes, and the pointer selects what it passes over", async ({
  window,
}) => {
  using workspace = copyWorkspace("basic");
  const lines = ["abc مرحبا بالعالم xyz 123", "שלום 123 עולם, end", "مرحبا بكم"];
  workspace.write("cgi-bin/right.sh", rightToLeft(lines));
  workspace.makeExecutable("cgi-bin/right.sh");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/right.sh");
  await window.tab("Response");
  const bytes = window.bytes("Response");
  await window.showAs(bytes, "Text");
  const rows = bytes.locator('[data-row="text"]');
  await expect(rows.nth(lines.length - 1)).toContainText("بكم");
  for (const [index, line] of lines.entries()) {
    const row = rows.nth(index);
    const { left, right, y } = await row.locator("[data-from]").first().evaluate(boxOf);
    const { mouse } = window.page;
    // From the line's beginning to each eighth of it, and from there to its end.
    let least = 0;
    for (let n = 1; n < 8; n++) {
      const x = left + ((right - left) * n) / 8;
      await mouse.move(left, y);
      await mouse.down();
      await mouse.move(x, y);
      await mouse.up();
      const passed = (await row.locator(".byte-selected").allTextContents()).join("");
      expect(line.startsWith(passed), `${line} to ${n}/8: ${passed}`).toBe(true);
      expect(passed.length, `${line} to ${n}/8: ${passed}`).toBeGreaterThanOrEqual(least);
      least = passed.length;
      const selected = await row.locator(".byte-selected").first().evaluate(boxOf);
      expect(Math.abs(selected.left - left)).toBeLessThan(characterPx);
      expect(Math.abs(selected.right - x)).toBeLessThan(characterPx);
    }
    expect(least).toBeGreaterThan(line.length / 2);
  }
});
