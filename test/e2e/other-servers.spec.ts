// What other servers would do with a request: from the palette to the table, with the headers that each adds and drops,
// and the environment that each would have made; and from the prediction to the real servers.
import { missingOf } from "../support/servers/real-servers.js";
import { tempFolder } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

const script =
  "#!/bin/sh\nprintf 'Content-Type: text/html\\nSet-Cookie: visits=3\\n<!doctype html>\\n<h1>Offers</h1>\\n'\n";

test("a failing script on eleven servers", async ({ window }) => {
  test.slow(); // real servers are asked, too, one of which is compiled first
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/offers.cgi", script);
  folder.makeExecutable("cgi-bin/offers.cgi");
  const { page } = window;
  await window.openFolder(folder.path);
  await window.send("/cgi-bin/offers.cgi");
  await window.runCommand("Compare trace with other servers");

  const view = page.getByRole("region", { name: "Other servers" });
  await expect(view).toContainText("5 different statuses");
  const responses = view.getByRole("table", { name: "Responses of other servers" });
  const cells = (part: string) => responses.locator(`[data-part="${part}"] td`);
  await expect(cells("status")).toHaveText([
    /^500/,
    /^200/,
    /^502/,
    /^500/,
    /^200/,
    /^200/,
    /^503/,
    /^502/,
    "no status",
    /^502/,
    /^502/,
  ]);
  await expect(cells("checked")).toHaveText([
    ...Array.from({ length: 9 }, () => "Predicted"),
    ...Array.from({ length: 2 }, () => /^Predicted: ./),
  ]);
  await expect(cells("files").first()).toContainText("www-data may not");
  await expect(cells("log").first()).toContainText("Bad header: <!doctype html>");
  await expect(cells("body").nth(1)).toContainText("Content-Type: text/html");
  await expect(cells("headers").nth(4).locator("li")).toHaveText([/Content-Type/, /Set-Cookie/, /doctype/, /Offers/]);

  const environment = view.getByRole("table", { name: "The environment each would have made" });
  const port = environment.locator('[data-name="SERVER_NAME"]');
  await expect(port.locator('[data-server="nginx-fcgiwrap"]')).toHaveText("empty");
  await expect(environment.locator('[data-name="QUERY_STRING"]')).toHaveCount(0);
  await view.getByRole("checkbox", { name: "Only differences" }).uncheck();
  await expect(environment.locator('[data-name="QUERY_STRING"]')).toHaveCount(1);
  await view.getByRole("checkbox", { name: "Only differences" }).check();

  const asked = ["apache", "nginx-fcgiwrap", "busybox"] as const;
  await view.getByRole("button", { name: "Ask the real servers" }).click();
  await expect(view.getByRole("button", { name: "Ask the real servers" })).toBeVisible({ timeout: 60_000 });
  for (const id of asked.filter((one) => missingOf(one).length === 0))
    await expect(responses.locator(`[data-part="checked"] [data-server="${id}"]`)).toHaveText(
      "Seen on the real server",
    );

  await page.setViewportSize({ width: 1440, height: 900 });
  await view.getByRole("button", { name: "Enlarge" }).click();
  const enlarged = page.getByRole("dialog", { name: /^Other servers: #1 GET/ });
  await expect(enlarged.getByRole("columnheader", { name: /^BusyBox/ }).first()).toBeInViewport();
  expect(await examine(page, "other servers, enlarged")).toEqual([]);
  await page.screenshot({ path: test.info().outputPath("other-servers-enlarged.png") });
  await page.keyboard.press("Escape");
  await expect(enlarged).toBeHidden();

  const status = page.getByRole("contentinfo", { name: "Status" });
  await view.getByRole("combobox", { name: "Serve like" }).selectOption("lighttpd");
  await expect(status).toContainText("Like lighttpd");
  expect(JSON.parse(folder.read("cgi-workbench.json"))).toEqual({ serveLike: "lighttpd" });
  await view.getByRole("combobox", { name: "Serve like" }).selectOption("CGI Workbench");
  await expect(status).not.toContainText("Like");

  expect(await examine(page, "other servers")).toEqual([]);
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const)
    for (const theme of ["dark", "light"] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await page.screenshot({ path: test.info().outputPath(`other-servers-${width}-${theme}.png`) });
    }
});
