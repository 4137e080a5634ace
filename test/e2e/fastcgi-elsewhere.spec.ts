// An external application: its path in the explorer, its state in Workers, and what the window says when it is gone.
import { TestApplication } from "../support/fastcgi-application.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

test("an application elsewhere is in the explorer and in Workers, by keyboard alone", async ({ window }) => {
  const application = await TestApplication.listen((r) => void r.answer("Content-Type: text/plain\r\n\r\nhello"), {
    over: "unix",
  });
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-workbench.json", JSON.stringify({ routes: [{ path: "/shop/", address: application.address }] }));
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  const row = page.getByRole("region", { name: "External applications" }).getByRole("button", { name: /^\/shop\// });
  await row.focus();
  await page.keyboard.press("Enter");
  await expect(window.target).toHaveValue("/shop/");
  await window.send("/shop/basket?a=1");
  await expect(window.status).toHaveText("200");
  await expect(row.getByRole("img", { name: "last 200" })).toBeVisible();
  await expect(await window.latency()).toContainText("/shop");
  await window.openFile("cgi-bin/sum.py");
  await expect(window.target).toHaveValue("/cgi-bin/sum.py");
  await row.click();
  await expect(window.target).toHaveValue("/shop/basket?a=1"); // as it was left
  await window.openFile("cgi-bin/hello.py");
  await expect(window.target).toHaveValue("/cgi-bin/hello.py");
  await window.runCommand("Open file by name…");
  const search = page.getByRole("dialog", { name: "Open file by name" });
  await search.getByRole("combobox").fill("shop");
  await expect(search.getByRole("option").first()).toContainText("/shop/");
  await page.keyboard.press("Enter");
  await expect(window.target).toHaveValue("/shop/basket?a=1");

  await window.runCommand("Show workers");
  const table = page.getByRole("table", { name: "External applications" });
  await expect(table.getByRole("row").nth(1)).toContainText(/\/shop\/responded \d+ s ago1–new per request/);
  await table.getByRole("button", { name: `Check ${application.address}` }).press("Enter");
  await expect(table).toContainText("did not answer FCGI_GET_VALUES");
  await application[Symbol.asyncDispose]();
  await window.runCommand("Check external FastCGI applications");
  await expect(table.getByRole("alert")).toContainText("There is no socket file");
  await expect(table.getByRole("row").nth(1)).toContainText(/failed \d+ s ago/);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(table.getByRole("alert").getByRole("button")).toHaveText("#2");
  expect(await examine(page, "external applications")).toEqual([]);
});
