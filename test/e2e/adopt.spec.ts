// Opening a server's configuration: the report says what becomes of each line, the folder is kept in the user's data,
// and once it is trusted the site's scripts answer.
import { existsSync } from "node:fs";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

const script = '#!/bin/sh\nprintf \'Content-Type: text/plain\\n\\nadopted %s %s\' "$SCRIPT_NAME" "$GREETING"\n';

test("an Apache's site is read, reported and opened", async ({ window, folder }) => {
  for (const name of ["apache", "programs"]) folder.makeFolder(name);
  folder.write("programs/hello", script);
  folder.makeExecutable("programs/hello");
  folder.write(
    "apache/site.conf",
    `ScriptAlias /run/ ${folder.file("programs")}/\nSetEnv GREETING "good day"\nErrorDocument 404 /none.html\nUnheardOf word\n`,
  );
  const { page } = window;
  await window.isReady();
  await window.runCommand("Open a server’s configuration…");
  const dialog = page.getByRole("dialog", { name: "Open a server’s configuration" });
  const path = dialog.getByLabel("File or folder");
  await path.fill("/nonexistent");
  await dialog.getByRole("button", { name: "Read" }).click();
  await expect(dialog.getByRole("alert")).toContainText("/nonexistent");
  await path.fill(folder.file("apache/site.conf"));
  await expect(dialog.getByRole("alert")).toBeHidden();
  await dialog.getByRole("button", { name: "Read" }).click();
  const part = (name: string) => dialog.getByRole("region", { name });
  await expect(part("Understood: 2")).toContainText("site.conf:1 ScriptAlias /run/");
  await expect(part("Understood: 2")).not.toContainText("good day");
  await expect(part("Approximated: 1")).toContainText("site.conf:3");
  await expect(part("Left out: 1")).toContainText("UnheardOf");
  expect(await examine(page, "open a server's configuration")).toEqual([]);

  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: /^Folder site\.conf-[0-9a-f]{8}$/ })).toBeVisible();
  await window.send("/run/hello");
  await expect(page.getByText("adopted /run/hello good day").first()).toBeVisible();
  expect(existsSync(folder.file("apache/cgi-workbench.json"))).toBe(false);
});
