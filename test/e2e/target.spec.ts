// A script for a router on a desktop: its command is missing, an answer is recorded in one step, and the script runs.
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

const script = `#!/bin/sh
printf 'Content-Type: text/plain\\n\\n'
ip=$(workbenchuci get network.lan.ipaddr) || exit 1
echo "The router is $ip."
`;
const file = ".cgi-workbench/commands-of-the-target/workbenchuci";

test("a missing command gets a recorded answer, the script runs, and undo", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/lan.sh", script);
  workspace.makeExecutable("cgi-bin/lan.sh");
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.send("/cgi-bin/lan.sh");
  await window.tab("Doctor");
  const finding = page.locator('article[data-rule="command-not-found"]');
  await finding.getByRole("button", { name: "Record an answer…" }).click();
  const form = finding.getByRole("group", { name: "Record an answer" });
  await expect(form.getByRole("textbox", { name: "Command" })).toHaveValue("workbenchuci get network.lan.ipaddr");
  await page.keyboard.type("192.168.1.1");
  expect(await examine(page, "an answer to record")).toEqual([]);
  await form.getByRole("button", { name: "Record and send again" }).click();
  const doctor = page.getByRole("region", { name: "Doctor" });
  await expect(doctor.locator('[data-proof="gone"]')).toBeVisible();
  await expect(page.locator('article[data-rule="recorded-answer"]')).toContainText(
    "workbenchuci get network.lan.ipaddr",
  );
  expect(workspace.read(file)).toBe("$ workbenchuci get network.lan.ipaddr\n192.168.1.1\n");
  await doctor.getByRole("button", { name: file }).click();
  await expect(window.editor).toContainText("192.168.1.1");
  await doctor.getByRole("button", { name: "Undo" }).click();
  await expect(doctor.locator("[data-proof]")).toHaveCount(0);
  expect(() => workspace.read(file)).toThrow();
});
