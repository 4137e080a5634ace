// A PHP program as the distribution has it, in a browser: phpLiteAdmin, through php-cgi from a folder outside
// of the workspace. Its login is a session, its style sheet and script come from the program itself, its
// forms are posts, its database is a file.
import { cpSync, existsSync } from "node:fs";
import { findProgram } from "../support/run/find-program.mjs";
import { expect, test } from "./shell.js";

const installed = "/usr/share/phpliteadmin";
const missing = [
  ...(findProgram("php-cgi") === null ? ["php-cgi"] : []),
  ...(existsSync(installed) ? [] : ["phpliteadmin"]),
];

test("phpLiteAdmin: a login, a table, a row, with every part of its pages through us", { tag: "@browser" }, async ({
  window,
  folder,
}) => {
  // The program is opened in a browser of its own.
  test.skip(missing.length > 0, `not installed: apt-get install ${missing.join(" ")}`);
  // The package's own configuration is readable for www-data alone.
  for (const part of ["phpliteadmin.php", "languages"])
    cpSync(`${installed}/${part}`, folder.file(`program/${part}`), { recursive: true });
  for (const name of ["site", "data", "sessions"]) folder.makeFolder(name);
  const settings = `<?php $password = 'open sesame'; $directory = '${folder.file("data")}'; session_save_path('${folder.file("sessions")}');`;
  folder.write("program/phpliteadmin.config.php", settings);
  const routes = [
    { path: "/db/", dir: folder.file("program") },
    { path: "/javascript/", dir: "/usr/share/javascript" },
  ];
  folder.write("site/cgi-workbench.json", JSON.stringify({ routes }));
  await window.openFolder(folder.file("site"));
  const address = `${await window.serverAddress()}/db/phpliteadmin.php`;

  const page = await window.page.context().newPage();
  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(address);
  await expect(page).toHaveTitle("phpLiteAdmin");
  const sheets = await page.evaluate(() =>
    [...document.styleSheets].map(({ href, cssRules }) => ({ href, isFull: cssRules.length > 20 })),
  );
  expect(sheets).toContainEqual({ href: `${address}?resource=css`, isFull: true });

  await page.locator('input[type="password"]').fill("wrong");
  await page.getByRole("button", { name: "Log In" }).click();
  await expect(page.locator("body")).toContainText("Incorrect password");
  await page.locator('input[type="password"]').fill("open sesame");
  await page.getByRole("button", { name: "Log In" }).click();
  await page.locator('input[name="new_dbname"]').fill("books.sqlite");
  await page.locator('input[name="new_dbname"] ~ input[type="submit"]').click();
  await page.locator('input[name="tablename"]').first().fill("größe");
  await page.locator('input[name="tablefields"]').fill("1");
  await page.locator('form:has(input[name="tablefields"]) input[type="submit"]').click();
  await page.locator('input[name="0_field"]').fill("title");
  await page.locator('form:has(input[name="0_field"]) input[type="submit"]').click();
  await expect(page.locator("body")).toContainText("Table 'größe' has been created.");
  await page.getByRole("link", { name: "SQL", exact: true }).click();
  await page.locator(".CodeMirror").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText("insert into größe values ('Grüße & <Schlüsse>'); select title from größe;");
  await page.locator('input[type="submit"][name="query"]').click();
  await expect(page.locator("td", { hasText: "Grüße & <Schlüsse>" }).first()).toBeVisible();
  await expect(page.locator("body")).toContainText("Showing 1 row(s).");
  expect(existsSync(folder.file("data/books.sqlite"))).toBe(true);
  expect(refused).toEqual([]);
  await page.close();
});
