// Taking a script to a server: the sheet says what will differ and what the kit has, and the kit is written, installed
// and checked.
import { existsSync, readFileSync } from "node:fs";
import { isHere, Machine, noMachine } from "../support/deploy/machine.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

test("a script is taken to a server: planned, refused, made", async ({ window }) => {
  using folder = copyWorkspace("basic", "site");
  folder.write("cgi-bin/count.py", '#!/usr/bin/env python3\nprint("Content-Type: text/plain\\n")\nopen("n", "w")\n');
  folder.makeExecutable("cgi-bin/count.py");
  const { page } = window;
  await window.openQuietly(folder.path);
  await window.openFile("cgi-bin/count.py");
  await window.runCommand("Take this script to a server…");
  const dialog = page.getByRole("dialog", { name: "Take this script to a server" });
  const differ = dialog.getByRole("region", { name: "What will differ" });
  const files = dialog.getByRole("region", { name: /^Files of the kit: / });
  await expect(files).toContainText("check.sh");
  await expect(files).toContainText("site/cgi-bin/count.py");
  await expect(files).not.toContainText("sum.py");
  await expect(dialog.getByRole("region", { name: /^What runs there/ })).toContainText("cgi-bin/count.py CGI");
  await expect(differ).toContainText("count.py, line 3");
  expect(await examine(page, "take a script to a server")).toEqual([]);

  const host = dialog.getByRole("textbox", { name: /^Host name/ });
  await host.fill("shop;example");
  await expect(dialog.getByRole("alert")).toContainText("shop;example");
  await expect(dialog.getByRole("button", { name: "Make kit" })).toBeDisabled();
  await host.fill("shop.example");
  await expect(files).toContainText("check.sh");

  await dialog.getByRole("combobox", { name: /^For/ }).selectOption("Kubernetes");
  await expect(files).toContainText("kubernetes.yaml");
  await expect(differ).toContainText("Each machine would have a file of its own");
  await dialog.getByText("All scripts of the folder").click();
  await expect(files).toContainText("site/cgi-bin/sum.py");

  const field = dialog.getByLabel("Folder for the kit");
  await field.fill(folder.path);
  await dialog.getByRole("button", { name: "Make kit" }).click();
  await expect(dialog.getByRole("alert")).toContainText("is not an empty folder");
  const kit = folder.file("../kit");
  await field.fill(kit);
  await dialog.getByRole("button", { name: "Make kit" }).click();
  await expect(dialog).toBeHidden();
  expect(readFileSync(`${kit}/kubernetes.yaml`, "utf8")).toMatch(/host: "shop.example"[\s\S]*HorizontalPodAutoscaler/);
  expect(existsSync(`${kit}/site/cgi-bin/sum.py`)).toBe(true);
});

const missing = isHere("nginx", "fcgiwrap", "python3", "curl") ? noMachine() : "nginx";
test("the kit that the window makes is installed, and its check finds nothing wrong (needs nginx and root)", async ({
  window,
}) => {
  test.skip(missing !== null, `no ${missing}`);
  using folder = copyWorkspace("basic", "site");
  folder.write("cgi-bin/price.py", '#!/usr/bin/env python3\nprint("Content-Type: text/plain\\n\\n5")\n');
  folder.makeExecutable("cgi-bin/price.py");
  const { page } = window;
  await window.openQuietly(folder.path);
  await window.openFile("cgi-bin/price.py");
  await window.runCommand("Take this script to a server…");
  const dialog = page.getByRole("dialog", { name: "Take this script to a server" });
  const kit = folder.file("../kit");
  await dialog.getByLabel("Folder for the kit").fill(kit);
  await dialog.getByRole("button", { name: "Make kit" }).click();
  await expect(dialog).toBeHidden();
  await using machine = await Machine.start();
  machine.install(kit);
  const asked = "curl -s --retry 20 --retry-connrefused http://127.0.0.1/cgi-bin/price.py";
  expect(machine.run(asked)).toEqual({ code: 0, stdout: "5\n", stderr: "" });
  expect(machine.run("/srv/price/check.sh")).toEqual({
    code: 0,
    stdout: "✓ nothing is wrong with price\n",
    stderr: "",
  });
  machine.run("chmod 644 /srv/price/site/cgi-bin/price.py");
  expect(machine.run("/srv/price/check.sh").stdout).toContain("repair: chmod 755");
});
