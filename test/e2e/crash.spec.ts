// A program in C dies of a signal: its line is found without leaving the window, and the program comes back with Undo.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { overflowing } from "../support/overflowing-c.js";
import { copyWorkspace, program } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

test.skip(!program("cc"), "needs cc");

test("the line of a crash, the earlier program again, and the compiler's messages", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/greet.c", overflowing);
  const file = workspace.file("cgi-bin/greet");
  execFileSync("cc", ["-O0", "-w", "-fstack-protector-all", "-o", file, workspace.file("cgi-bin/greet.c")]);
  const before = readFileSync(file);
  await window.openQuietly(workspace.path);
  const { page, editor } = window;
  await window.send(`/cgi-bin/greet?${"x".repeat(300)}`);
  await window.tab("Doctor");
  await page.getByRole("button", { name: "Compile with -fsanitize=address and send again…" }).first().click();
  const form = page.getByRole("group", { name: "Compile with -fsanitize=address" });
  await expect(form).toContainText("-fsanitize=address");
  expect(await examine(page, "compiling after a crash")).toEqual([]);
  await form.getByRole("button", { name: "Compile and send again" }).click();
  const finding = page.locator('article[data-rule="address-sanitizer"]');
  await expect(finding.getByRole("heading")).toContainText("greet.c, line 7");
  await expect(page.locator('[data-proof="found"]')).toBeVisible();
  await finding.getByRole("button", { name: "cgi-bin/greet.c:7" }).click();
  await expect(page.getByRole("tab", { name: /greet\.c/ })).toHaveAttribute("aria-selected", "true");
  await expect(editor).toContainText("strcpy(name, query);");
  await page.getByRole("region", { name: "Doctor" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => readFileSync(file).equals(before)).toBe(true);

  workspace.write("cgi-bin/greet.c", overflowing.replace("name, query", "name, nothing"));
  await expect(editor).toContainText("strcpy(name, nothing);");
  await window.runCommand("Compile the open C or C++ source");
  const dialog = page.getByRole("dialog", { name: "Compile cgi-bin/greet.c" });
  await expect(dialog).toContainText("-o cgi-bin/greet cgi-bin/greet.c");
  await dialog.getByRole("button", { name: "Compile" }).click();
  await expect(dialog.getByRole("list", { name: "What the compiler says" })).toContainText("nothing");
  expect(await examine(page, "the compiler's messages")).toEqual([]);
  await dialog.getByRole("button", { name: "cgi-bin/greet.c:7" }).first().click();
  await expect(dialog).toHaveCount(0);
});
