// A script compared with the saved file, with what somebody else saved, and with what a trace ran.
import { copyWorkspace } from "../support/temp-workspace.js";
import { begin, choose, comparison, menu } from "./explorer.js";
import { expect, test } from "./shell.js";

test("edits compared with the saved file, then with what somebody else saved", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.openFile("cgi-bin/env.sh");
  await expect(window.editor).toContainText("The environment");
  await window.type("# mine\n");
  await window.page.getByRole("tab", { name: "env.sh" }).click({ button: "right" });
  await menu(window)
    .getByRole("menuitem", { name: /saved file/ })
    .click();
  const shown = comparison(window, "env.sh");
  await expect(shown.getByRole("status")).toHaveText("1 difference");
  await expect(shown).toContainText("# mine");
  await shown.getByRole("button", { name: "Close comparison" }).click();
  await expect(shown).toHaveCount(0);
  await expect(window.editor).toContainText("# mine");

  // The bar of a conflict offers the comparison; both ways out of it are still there.
  workspace.write("cgi-bin/env.sh", "#!/bin/sh\n# Theirs.\nprintf 'Content-Type: text/plain\\n\\nnew\\n'\n");
  await window.conflict.getByRole("button", { name: "Compare" }).click();
  await expect(shown).toContainText("Theirs.");
  await expect(shown).toContainText("# mine");
  await expect(shown.getByRole("status")).toHaveText(/^\d differences?$/);
  await shown.getByRole("button", { name: "Next difference" }).click();
  workspace.write("cgi-bin/env.sh", "#!/bin/sh\n# Theirs, later.\nprintf 'Content-Type: text/plain\\n\\nnew\\n'\n");
  await expect(shown).toContainText("Theirs, later.");
  await window.conflict.getByRole("button", { name: "Overwrite with my edits" }).click();
  await expect(shown.getByRole("status")).toHaveText("No differences");
  await expect.poll(() => workspace.read("cgi-bin/env.sh")).toContain("# mine");
});

test("a script compared with what a trace ran", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  await begin(window, workspace);
  await window.openFile("cgi-bin/hello.py");
  const first = await window.send();
  const whole = workspace.read("cgi-bin/hello.py");
  await window.rewrite(whole.replace("Hello, {name}!", "Good day, {name}."));
  await expect.poll(() => workspace.read("cgi-bin/hello.py")).toContain("Good day");
  const second = await window.send();
  expect(second).toBeGreaterThan(first);
  await window.row(first).click();
  await expect(window.traceHeading).toHaveAccessibleName(new RegExp(`^#${first} `));
  await choose(window, "cgi-bin/hello.py", /the version that ran/);
  const shown = comparison(window, "hello.py");
  await expect(shown).toContainText(`as request #${first} ran it`);
  await expect(shown.getByRole("status")).toHaveText("1 difference");
  await expect(shown).toContainText("Hello, {name}!");
  await expect(shown).toContainText("Good day, {name}.");
  await window.row(second).click();
  await window.chooseForTrace("Compare the version that ran with the file", "Versions of the script");
  await expect(shown).toContainText(`as request #${second} ran it`);
  await expect(shown.getByRole("status")).toHaveText("No differences");

  // Blanks at the ends of a line and line ends are differences, too.
  const ran = workspace.read("cgi-bin/hello.py");
  workspace.write("cgi-bin/hello.py", ran.replace("print()", "    print()"));
  await expect(shown.getByRole("status")).toHaveText("1 difference");
  workspace.write("cgi-bin/hello.py", ran.replaceAll("\n", "\r\n"));
  await expect(shown.getByRole("status")).toHaveText("Only the line ends differ");
});
