// Holding a request: a person looks at what the script will get, changes it, and lets it go on, or responds by hand.
import type { Locator, Page } from "@playwright/test";
import { copyWorkspace, type TempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const script = `#!/bin/sh
printf 'Content-Type: text/plain\\nX-Made: by script\\n\\n%s|%s|%s|%s|' "$CONTENT_LENGTH" "$ADDED" "$HTTP_ACCEPT_LANGUAGE" "$*"
cat
`;

function workspaceWithForm(): TempFolder {
  const workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/form.sh", script);
  workspace.makeExecutable("cgi-bin/form.sh");
  return workspace;
}

const held = (page: Page, part = ""): Locator =>
  page.getByRole("region", { name: part === "" ? /^Held request #/ : part, exact: part !== "" });

/** A client of its own: what it gets, once it gets it. */
function post(address: string, body: string): { readonly text: Promise<string>; readonly leave: () => void } {
  const leaving = new AbortController();
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "de" };
  const asked = fetch(`${address}/cgi-bin/form.sh`, { method: "POST", headers, body, signal: leaving.signal });
  const text = asked.then((response) => response.text());
  text.catch(() => undefined); // the one that left
  return { text, leave: () => leaving.abort() };
}

/** By the dialog, with the keyboard alone. */
async function hold({ page }: WorkbenchWindow, query: string, isOnce = false): Promise<void> {
  await page.keyboard.press("F1");
  await page.keyboard.type("Hold or slow down requests…");
  const command = page.getByRole("option", { name: "Hold or slow down requests…", exact: true }).first();
  await expect(command).toHaveAttribute("aria-selected", "true"); // results of other kinds come later
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Hold requests" });
  await expect(dialog.getByRole("textbox", { name: "Requests that match" })).toBeFocused();
  await page.keyboard.type(query);
  if (isOnce) await dialog.getByRole("checkbox", { name: "Only the next one" }).press("Space");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
}

const row = (page: Page, name: string): Locator =>
  held(page)
    .getByRole("group")
    .filter({ has: page.locator(`input[value="${name}"]`) });

test("a form post is held and edited, by keyboard alone", async ({ window }) => {
  using workspace = workspaceWithForm();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await expect(page.getByText(/held/i)).toHaveCount(0);
  await hold(window, "method:POST path:/cgi-bin/form.sh");
  await expect(
    window.statusBar.getByRole("button", { name: /^Holding requests that match method:POST/ }),
  ).toBeVisible();
  const address = await window.serverAddress();
  expect(await (await fetch(`${address}/cgi-bin/form.sh`)).text()).toContain("|"); // not a POST
  const client = post(address, "name=J%C3%BCrgen&count=1");
  await expect(held(page)).toBeVisible();
  await expect(held(page)).toContainText("POST /cgi-bin/form.sh");
  await expect(window.traces.getByRole("row", { name: / POST .*, held, held$/ })).toBeVisible();
  expect(await examine(page, "held request")).toEqual([]);

  await held(page, "Stdin").getByLabel("Form field value").nth(1).focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("100");
  await expect(held(page, "Stdin")).toContainText("26 bytes, was 24");
  await expect(row(page, "CONTENT_LENGTH")).toContainText("was 24");
  await held(page, "Environment").getByLabel("Variable name").last().focus();
  await page.keyboard.type("ADDED");
  await page.keyboard.press("Tab");
  await page.keyboard.type("äöü");
  await held(page, "Environment")
    .getByRole("button", { name: /^\d+ more$/ })
    .press("Enter");
  await held(page).getByRole("button", { name: "Remove variable HTTP_ACCEPT_LANGUAGE" }).press("Enter");
  await held(page, "Arguments").getByRole("textbox").focus();
  await page.keyboard.type("-a");
  await expect(held(page, "Environment")).toContainText("5 edits");
  await page.keyboard.press("Alt+Enter");
  expect(await client.text).toBe("26|äöü||-a|name=J%C3%BCrgen&count=100");
  await expect(held(page)).toHaveCount(0);
  const told = page.locator('[data-part="held"]');
  await expect(told).toContainText(/^Held for .* before the script started, then it went on, with 5 edits\./);
  await expect(told.getByRole("listitem")).toContainText(["CONTENT_LENGTH: “26”, was “24”"]);
  await window.runCommand("Stop holding and slowing down");
  await expect(window.statusBar.getByRole("button", { name: /^Holding/ })).toHaveCount(0);
  expect(await post(address, "a=b").text).toBe("3||de||a=b");
});

test("edits are undone, a response by hand, and an abort", async ({ window }) => {
  using workspace = workspaceWithForm();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await hold(window, "");
  const address = await window.serverAddress();
  const first = post(address, "a=1");
  await row(page, "CONTENT_LENGTH").getByLabel("Variable value").fill("9");
  await held(page).getByRole("button", { name: "Undo edits" }).press("Enter");
  await expect(row(page, "CONTENT_LENGTH").getByLabel("Variable value")).toHaveValue("3");
  const second = post(address, "a=2");
  await expect(page.getByRole("tab", { name: /before start/ })).toHaveCount(2);
  await expect(held(page, "Stdin").getByLabel("Form field value").first()).toHaveValue("1"); // it did not jump
  await held(page).getByRole("button", { name: "Respond by hand…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Respond to #\d+ by hand/ });
  await expect(dialog.getByLabel("Header name").first()).toBeFocused();
  for (let key = 0; key < 7; key++) await page.keyboard.press("Tab"); // past two headers and the empty row
  await expect(dialog.getByRole("textbox", { name: "Body" })).toBeFocused();
  await page.keyboard.type("by hand");
  expect(await examine(page, "response by hand")).toEqual([]);
  await dialog.getByRole("button", { name: "Respond" }).press("Enter");
  expect(await first.text).toBe("by hand");
  await expect(held(page, "Stdin").getByLabel("Form field value").first()).toHaveValue("2");
  await held(page).getByRole("checkbox", { name: "Hold it again after its headers" }).press("Space");
  await page.keyboard.press("Alt+Enter");
  await expect(held(page)).toContainText("held after its headers");
  expect(await examine(page, "held headers")).toEqual([]);
  await held(page).getByRole("button", { name: "Abort" }).press("Enter");
  expect(await second.text).toContain("Stopped by the user.");
  await expect(held(page)).toHaveCount(0);
});

test("the composer’s own request, before it runs and after its headers", async ({ window }) => {
  using workspace = workspaceWithForm();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.openFile("cgi-bin/form.sh");
  await page.getByRole("button", { name: "More ways to send" }).click();
  await page.getByRole("menuitem", { name: "Hold before it runs" }).click();
  await held(page).getByRole("checkbox", { name: "Hold it again after its headers" }).check();
  await held(page).getByRole("button", { name: "Continue" }).click();
  await expect(held(page)).toContainText("held after its headers");
  await row(page, "Status").getByLabel("Header value").fill("404");
  await row(page, "X-Made").getByLabel("Header value").fill("by a person");
  await page.keyboard.press("Alt+Enter");
  await expect(window.status).toContainText("404");
  await window.tab("Response");
  await expect(window.trace).toContainText("by a person");
});

test("the window is reloaded, the client goes away, the folder is closed: nothing stays held", async ({ window }) => {
  using workspace = workspaceWithForm();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await hold(window, "", true);
  const address = await window.serverAddress();
  const reloaded = post(address, "a=1");
  await expect(held(page)).toBeVisible();
  await page.reload();
  expect(await reloaded.text).toBe("3||de||a=1");

  await window.waitUntilServing();
  await hold(window, "");
  const left = post(address, "a=2");
  await expect(held(page)).toBeVisible();
  left.leave();
  await expect(held(page)).toHaveCount(0);
  const closed = post(address, "a=3");
  await expect(held(page)).toBeVisible();
  await window.runCommand("Close folder");
  await waitFor("the client has its response", () =>
    closed.text.then(
      () => true,
      () => true,
    ),
  );
});

test("Present: the request of the page is held in the place of its X-ray", async ({ window }) => {
  using workspace = workspaceWithForm();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.openFile("cgi-bin/form.sh");
  await window.send();
  await hold(window, "method:POST");
  const address = await window.serverAddress();
  await page.keyboard.press("ControlOrMeta+Alt+p");
  const shown = page.getByRole("main", { name: "Presentation" });
  await expect(shown.getByRole("region", { name: "X-ray" })).toBeVisible();
  const client = post(address, "a=1");
  await expect(shown.getByRole("region", { name: /^Held request #/ })).toBeVisible();
  expect(await examine(page, "held in the presentation")).toEqual([]);
  await shown.getByLabel("Form field value").first().fill("12");
  await page.keyboard.press("Alt+Enter");
  expect(await client.text).toBe("4||de||a=12");
  await expect(shown.getByRole("region", { name: "X-ray" })).toBeVisible();
});

test("requests are sent as over a slow network", async ({ window }) => {
  using workspace = workspaceWithForm();
  await window.openQuietly(workspace.path);
  const { page } = window;
  await window.runCommand("Hold or slow down requests…");
  const dialog = page.getByRole("dialog", { name: "Hold requests, or slow them down" });
  await dialog.getByRole("radio", { name: "Slow network" }).check({ force: true });
  await dialog.getByRole("spinbutton", { name: "Latency" }).fill("250");
  expect(await examine(page, "slow network")).toEqual([]);
  await dialog.getByRole("button", { name: "Slow down" }).click();
  await expect(window.statusBar.getByRole("button", { name: "Slowing requests of any kind" })).toBeVisible();
  const begun = performance.now();
  expect(await post(await window.serverAddress(), "name=Ada").text).toContain("name=Ada");
  expect(performance.now() - begun).toBeGreaterThan(249);
  await window.runCommand("Stop holding and slowing down");
  await expect(window.statusBar.getByRole("button", { name: /^Slowing/ })).toHaveCount(0);
});
