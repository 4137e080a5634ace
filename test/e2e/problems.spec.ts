// The problems of every script in the folder, before any of them runs.

import { fixTitle } from "../support/fix-title.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

test("all scripts are checked; a problem opens its script at the line, and a check again sees that it is gone", async ({
  window,
  folder,
}) => {
  folder.makeFolder("site/cgi-bin");
  const scripts = {
    "a.py": '#!/usr/bin/env python3\nprint("Content-Type: text/plain\\n")\nif True\n    print("x")\n',
    "a.pl": '#!/usr/bin/perl\nprint "Content-Type: text/plain\\n\\n";\n', // whose syntax cannot be checked
    "b.sh": "#!/bin/sh\r\necho Content-Type: text/plain\necho\n",
    "fine.sh": "#!/bin/sh\necho Content-Type: text/plain\necho\n",
  };
  for (const [name, text] of Object.entries(scripts)) {
    folder.write(`site/cgi-bin/${name}`, text);
    folder.makeExecutable(`site/cgi-bin/${name}`);
  }
  await window.openFolder(folder.file("site"));
  await window.runCommand("Show problems in all scripts…");
  const dialog = window.page.getByRole("dialog", { name: "Problems in all scripts" });
  await expect(dialog.getByRole("status")).toHaveText("4 scripts checked: 2 errors.");
  await expect(dialog.getByRole("heading", { level: 3 })).toHaveText(["cgi-bin/a.py", "cgi-bin/b.sh", "cgi-bin/a.pl"]);
  expect(await examine(window.page, "problems")).toEqual([]);

  await dialog.getByRole("searchbox").fill("a.py");
  await window.page.keyboard.press("ArrowDown");
  await window.page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(window.editor).toContainText("if True");
  await expect(window.statusBar).toContainText("Ln 3");
  await window.rewrite(scripts["a.py"].replace("True", "True:"));
  await expect.poll(() => folder.read("site/cgi-bin/a.py")).toContain("True:");

  await window.runCommand("Show problems in all scripts…");
  await expect(dialog.getByRole("status")).toHaveText("4 scripts checked: 1 error.");
  await expect(dialog.getByRole("listitem")).toHaveCount(2);
});

test(".htaccess files are listed with what they ask for; a click opens the file", async ({ window, folder }) => {
  folder.makeFolder("site/conf");
  folder.write("site/index.html", "<p>hello</p>\n");
  folder.write("site/.htaccess", "# nothing is asked for\n");
  folder.write("site/conf/.htaccess", "# passwords\nRequire all denied\nphp_value memory_limit 8M\n");
  await window.openFolder(folder.file("site"));
  await window.runCommand("Show problems in all scripts…");
  const dialog = window.page.getByRole("dialog", { name: "Problems in all scripts" });
  await expect(dialog.getByRole("status")).toHaveText("2 .htaccess files checked: 1 hint.");
  await expect(dialog.getByRole("heading", { level: 3 })).toHaveText(["conf/.htaccess"]);
  await dialog.getByRole("button", { name: "This .htaccess file has no effect here" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(window.editor).toContainText("Require all denied");
  await expect(window.statusBar).toContainText("Ln 2");
  await window.rewrite("# passwords\n");
  await expect.poll(() => folder.read("site/conf/.htaccess")).toBe("# passwords\n");
  await window.runCommand("Show problems in all scripts…");
  await expect(dialog.getByRole("status")).toHaveText("2 .htaccess files checked: no problems found.");
});

test("a problem of several scripts is fixed in all of them, and one Undo takes that back", async ({
  window,
  folder,
}) => {
  folder.makeFolder("site/cgi-bin");
  const crlf = "#!/bin/sh\r\necho Content-Type: text/plain\r\necho\r\n";
  const scripts = ["a.sh", "b.sh", "c.sh"].map((name) => `site/cgi-bin/${name}`);
  for (const path of scripts) {
    folder.write(path, crlf);
    folder.makeExecutable(path);
  }
  const texts = () => scripts.map((path) => folder.read(path));
  await window.openFolder(folder.file("site"));
  await window.runCommand("Show problems in all scripts…");
  const dialog = window.page.getByRole("dialog", { name: "Problems in all scripts" });
  await dialog.getByRole("button", { name: `${fixTitle("use-line-feeds")} in all 3 scripts…` }).click();
  await expect(dialog.getByRole("group").getByRole("list")).toHaveCount(3);
  expect(await examine(window.page, "problems-fix")).toEqual([]);
  await dialog.getByRole("button", { name: "Apply" }).click();
  await expect(dialog.getByRole("status")).toHaveText("3 scripts checked: no problems found.");
  expect(texts()).toEqual(scripts.map(() => crlf.replaceAll("\r", "")));
  await window.page.keyboard.press("Escape");
  await window.page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(texts).toEqual(scripts.map(() => crlf));
});
