// A folder's `.htaccess` files: the hint, serving like Apache, the line that refused a request, the rules taken over.
import { fixTitle } from "../support/fix-title.js";
import { quickFix } from "./quick-fix.js";
import { expect, test } from "./shell.js";

test("the rules apply once the folder is served like Apache, and can be taken over and put back", async ({
  window,
  folder,
}) => {
  folder.makeFolder("site/private");
  folder.write("site/private/.htaccess", "Require all denied\nHeader set X-A b\n");
  folder.write("site/private/a.html", "<p>secret</p>\n");
  const config = (): unknown => JSON.parse(folder.read("site/cgi-workbench.json"));
  const { page } = window;
  await window.openFolder(folder.file("site"));
  await window.send("/private/a.html");
  await expect(window.status).toContainText("200");

  await window.runCommand("Show problems in all scripts…");
  const dialog = page.getByRole("dialog", { name: "Problems in all scripts" });
  await dialog.getByRole("button", { name: "This .htaccess file has no effect here" }).click();
  await quickFix(window, "Require all denied", fixTitle("serve-like-apache"));
  await expect(window.statusBar).toContainText("Apache");
  expect(config()).toEqual({ serveLike: "apache" });
  await window.send("/private/a.html");
  await expect(window.status).toContainText("403");
  await expect(window.trace).toContainText("private/.htaccess:1");

  await quickFix(window, "Require all denied", fixTitle("take-htaccess-rules"));
  await expect.poll(config).toEqual({ serveLike: "apache", routes: [{ path: "/private", deny: true }] });
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText(fixTitle("take-htaccess-rules")); // the newest notice comes last
  await notices.getByRole("button", { name: "Undo" }).last().click();
  await expect.poll(config).toEqual({ serveLike: "apache" });
});
