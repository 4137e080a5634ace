// What cannot work is said in words, and nothing is lost by it.
import { chmodSync, mkdirSync } from "node:fs";
import { occupiedPort } from "../support/free-port.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";

test("a folder that is not there", async ({ window, folder }) => {
  await window.askForFolder(folder.file("no-such-folder"));
  await expect(window.failure(/no-such-folder/)).toBeVisible();
});

test("a folder without permission", async ({ window, folder }) => {
  test.skip(process.getuid?.() === 0, "root may read every folder");
  mkdirSync(folder.file("closed"));
  chmodSync(folder.file("closed"), 0o000);
  try {
    await window.askForFolder(folder.file("closed"));
    await expect(window.failure(/permission|may not|not allowed/i)).toBeVisible();
  } finally {
    chmodSync(folder.file("closed"), 0o755);
  }
});

test("a folder that cannot be opened leaves the one before open", async ({ window, folder }) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.askForAnotherFolder(folder.file("no-such-folder"));
  await expect(window.failure(/no-such-folder/)).toBeVisible();
  await window.dismiss();
  await expect(window.file("index.html")).toBeVisible();
  await window.send("/cgi-bin/hello.py");
  await expect(window.status).toContainText("200");
});

test("the configured port is in use: said, with the port", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const taken = await occupiedPort();
  try {
    workspace.write("cgi-workbench.json", JSON.stringify({ server: { port: taken.port } }));
    await window.openFolder(workspace.path);
    await expect(window.server).toHaveAccessibleName("Server: Not serving");
    await window.server.click();
    await expect(window.failure(new RegExp(`\\b${taken.port}\\b.* in use`))).toBeVisible();
  } finally {
    await taken.release();
  }
});

test("the usual port is in use: the next free one is taken, and said", async ({ window, anotherWindow }) => {
  using workspace = copyWorkspace("basic");
  using other = copyWorkspace("odd");
  await window.openFolder(workspace.path);
  const first = await window.serverAddress();
  const second = await anotherWindow();
  await second.openFolder(other.path);
  const moved = new URL(await second.serverAddress()).port;
  expect(moved).not.toBe(new URL(first).port);
  await second.server.click();
  await expect(second.page.getByText(new RegExp(`^Port \\d+ is in use .* uses port ${moved} instead`))).toBeVisible();
  await second.dismiss();
  await second.send("/cgi-bin/target.sh?moved");
  await expect(second.status).toContainText("200");
});

for (const [script, words] of [
  ["locked.cgi", /execut/i],
  ["crlf.sh", /carriage return|CR\b|line end/i],
  ["missing-interpreter.py", /no-such-python|interpreter/i],
  ["not-a-program.cgi", /shebang|program|format/i],
] as const) {
  test(`a script that cannot be executed: ${script}`, async ({ window }) => {
    using workspace = copyWorkspace("odd");
    await window.openFolder(workspace.path);
    const seq = await window.send(`/cgi-bin/${script}`);
    await expect(window.row(seq)).not.toHaveAttribute("data-outcome", "ok");
    await window.tab("X-ray");
    await expect(window.trace).toContainText(words);
  });
}

test("a file that is not text is shown as what it is", async ({ window }) => {
  using workspace = copyWorkspace("odd");
  await window.openFolder(workspace.path);
  await window.openFile("picture.bin");
  await expect(window.page.getByText(/not text|binary/i).first()).toBeVisible();
  await expect(window.editor).toHaveCount(0);
});

test("NUL and invalid UTF-8 are shown as they are", async ({ window }) => {
  using workspace = copyWorkspace("languages");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/echo.sh");
  await window.tab("Stderr");
  const stderr = window.bytes("Stderr");
  await window.showAs(stderr, "Text"); // bytes that are not text begin as hex
  await expect(stderr.locator('[data-control="NUL"]')).toBeVisible();
  await expect(stderr.locator('[data-invalid="ff"]')).toBeVisible();
});

test("a mistake in the configuration is shown with its line, and the last good one stays", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-workbench.json", JSON.stringify({ variables: { SEASON: "winter" } }));
  workspace.write("cgi-bin/season.sh", `printf 'Content-Type: text/plain\\n\\nSEASON=%s' "$SEASON"\n`);
  await window.openFolder(workspace.path);
  workspace.write("cgi-workbench.json", '{\n  "variables": {\n');
  await window.statusBar.getByRole("button", { name: /^\d+ problems?$/ }).click();
  await expect(
    window.page.getByRole("dialog").filter({ hasText: /cgi-workbench\.json.*line \d+|line \d+.*cgi-workbench\.json/ }),
  ).toBeVisible();
  await window.dismiss();
  await window.send("/cgi-bin/season.sh");
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("SEASON=winter");
});

test("two windows on one workspace: the second joins, a save of the first is not overwritten", async ({
  window,
  anotherWindow,
}) => {
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/env.sh");
  await expect(window.editor).toContainText("The environment, as it is.");
  const second = await anotherWindow();
  await second.openFolder(workspace.path);
  await expect(second.statusBar.getByRole("button", { name: "open in two windows" })).toBeVisible();
  await second.openFile("cgi-bin/env.sh");
  await expect(second.editor).toContainText("The environment, as it is.");

  await second.type("# of the second\n");
  await window.type("# of the first\n");
  await window.page.keyboard.press("ControlOrMeta+S");
  await expect.poll(() => workspace.read("cgi-bin/env.sh")).toContain("# of the first");
  await second.page.keyboard.press("ControlOrMeta+S");
  await expect(second.conflict).toBeVisible();
  expect(workspace.read("cgi-bin/env.sh")).toContain("# of the first");
  await expect(second.editor).toContainText("# of the second");
  await second.send("/cgi-bin/hello.py");
  await expect(second.status).toContainText("200");
});
