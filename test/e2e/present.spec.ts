// The presentation: a form, its button, the body and CONTENT_LENGTH at once, in few actions, and back to where it was
// begun.
import { readFileSync } from "node:fs";
import { copyWorkspace, type TempFolder } from "../support/temp-workspace.js";
import { expectPreview, isElectron } from "./previewed-page.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const guestbook = readFileSync(new URL("../../server/samples/files/cgi-bin/guestbook.py", import.meta.url), "utf8");

function writeGuestbook(workspace: TempFolder): void {
  workspace.write("cgi-bin/guestbook.py", guestbook);
  workspace.makeExecutable("cgi-bin/guestbook.py");
}
const presentation = ({ page }: WorkbenchWindow) => page.getByRole("main", { name: "Presentation" });
const present = ({ page }: WorkbenchWindow) => page.keyboard.press("ControlOrMeta+Alt+p");

/** The presentation of the guestbook, which was not requested yet. */
async function presentedGuestbook(window: WorkbenchWindow, workspace: TempFolder) {
  writeGuestbook(workspace);
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/guestbook.py");
  await window.editor.locator(".view-line").first().waitFor();
  await present(window);
  return presentation(window);
}

test("form, button, body and CONTENT_LENGTH at once, five actions after the folder was opened", async ({
  app,
  window,
}) => {
  using workspace = copyWorkspace("basic");
  writeGuestbook(workspace);
  await window.openFolder(workspace.path);
  await window.page.setViewportSize({ width: 1280, height: 800 });
  await window.file("cgi-bin").click();

  await window.openFile("cgi-bin/guestbook.py"); // 1
  await window.editor.locator(".view-line").first().waitFor();
  await present(window); // 2: the script was not requested yet, so that is done
  const form = await expectPreview(app, "Nobody has signed yet.");
  await form.getByLabel("Name").fill("Jürgen"); // 3
  await form.getByLabel("Message").fill("Grüße from Dortmund!"); // 4
  await form.getByRole("button", { name: "Sign" }).press("Enter"); // 5

  const shown = presentation(window);
  await expect(shown.getByRole("heading", { level: 2, name: /^#2/ })).toBeVisible();
  await expect(shown).toContainText("The page #2 was sent from (#1), with its fields filled in again.");
  const page = await expectPreview(app, "Nobody has signed yet.");
  await expect(page.getByLabel("Name")).toHaveValue("Jürgen");
  await expect(page.getByLabel("Message")).toHaveValue("Grüße from Dortmund!");
  await expect(page.getByRole("button", { name: "Sign" })).toBeInViewport({ ratio: 1 });
  const xray = shown.getByRole("region", { name: "X-ray" });
  for (const [card, text] of [
    ["Request", "Content-Length: 57"],
    ["Environment", "CONTENT_LENGTH"],
    ["Stdin", "name=J%C3%BCrgen&message=Gr%C3%BC%C3%9Fe+from+Dortmund%21"],
    ["Stdin", "57 bytes = CONTENT_LENGTH"],
    ["Script output", "Status: 303 See Other"],
    ["To the client", "303 See Other"],
  ] as const)
    await expect(xray.getByRole("region", { name: card }).getByText(text).first()).toBeInViewport({ ratio: 1 });
});

test("the address on the stage can be edited and sent", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  writeGuestbook(workspace);
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/guestbook.py");
  await window.send("/cgi-bin/guestbook.py");
  await present(window);
  const address = presentation(window).getByRole("textbox", { name: "Address" });
  await address.fill(`${(await address.inputValue()).replace(/\?.*/, "")}?from=stage`);
  await address.press("Enter");
  await expect(presentation(window).getByRole("heading", { level: 2 }).first()).toContainText("from=stage");
  await expect(address).toHaveValue(/\?from=stage$/);
});

test("the script on the stage is edited and saved, which sends the request; Escape keeps that", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  writeGuestbook(workspace);
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/guestbook.py");
  await window.send("/cgi-bin/guestbook.py?first");
  await window.send("/cgi-bin/guestbook.py?second");
  await present(window);
  const shown = presentation(window);
  const heading = shown.getByRole("heading", { level: 2 }).first();
  await expect(heading).toContainText("second");
  await window.page.keyboard.press("ArrowLeft");
  await expect(heading).toContainText("first");
  await shown.getByText("Script", { exact: true }).click();
  const editor = shown.locator(".monaco-editor").first();
  const save = shown.getByRole("button", { name: /^Save / });
  await expect(save).toBeDisabled();
  // The pointer meets the line that it is on, in spite of the stage's size.
  await editor.locator(".view-line").filter({ hasText: "# A guestbook:" }).click();
  await window.page.keyboard.press("End");
  await window.page.keyboard.type(" edited on the stage");
  await expect(save).toBeEnabled();
  await window.page.keyboard.press("ControlOrMeta+s");
  await expect(heading).toHaveText(/^#3.*first/);
  await window.page.keyboard.press("Escape"); // of the editor
  await window.page.keyboard.press("ArrowLeft");
  await expect(heading).toHaveText(/^#2.*second/);
  await editor.locator(".view-line").filter({ hasText: "# A guestbook:" }).click();
  await window.page.keyboard.press("End");
  await window.page.keyboard.type(", twice");
  await window.page.keyboard.press("ControlOrMeta+s");
  await expect(heading).toHaveText(/^#4.*second/);
  expect(workspace.read("cgi-bin/guestbook.py")).toMatch(/^# A guestbook: .* edited on the stage, twice$/m);
  await expect(editor).toBeVisible();
  await window.page.keyboard.press("Escape"); // of the editor
  await expect(shown).toBeVisible();
  await window.page.keyboard.press("Escape");
  await expect(shown).toHaveCount(0);
  await expect(window.traceHeading).toHaveAccessibleName(/^#4 /);
  await expect(window.editor).toContainText("edited on the stage");
  await window.runCommand("Find in the file"); // the workbench's editor is that for commands again
  await expect(window.page.getByRole("dialog", { name: /Find/ })).toBeVisible();
});

test("a cookie of the request is lit beside HTTP_COOKIE, without unfolding anything", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  workspace.write("cgi-bin/visits.sh", "printf 'Content-Type: text/plain\\nSet-Cookie: visits=42\\n\\nhello\\n'");
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/visits.sh");
  await window.send("/cgi-bin/visits.sh");
  await window.send("/cgi-bin/visits.sh");
  await present(window);
  const xray = presentation(window).getByRole("region", { name: "X-ray" });
  for (const [card, text] of [
    ["Request", "Cookie: visits=42"],
    ["Environment", "HTTP_COOKIE"],
  ] as const) {
    const tag = xray.getByRole("region", { name: card }).locator('[data-variable="HTTP_COOKIE"]');
    await expect(tag).toHaveText(text);
    await expect(tag).toHaveAttribute("data-active", "true");
    await expect(tag).toBeInViewport({ ratio: 1 });
  }
  await expect(xray.locator(".present-wire")).toHaveCount(2);
});

test("stepping shows what was recorded and sends nothing; Escape keeps the request of the stage", async ({
  app,
  window,
}) => {
  using workspace = copyWorkspace("basic");
  writeGuestbook(workspace);
  await window.openFolder(workspace.path);
  await window.page.setViewportSize({ width: 1280, height: 800 });
  await window.openFile("cgi-bin/guestbook.py");
  await window.send("/cgi-bin/guestbook.py");
  await window.send("/cgi-bin/guestbook.py?again");
  await window.send("/cgi-bin/guestbook.py");
  await window.row(2).click();
  const timing = await window.tab("Timing");
  await expect(timing).toBeVisible();

  await present(window);
  const shown = presentation(window);
  const chip = (seq: number) => shown.getByRole("button", { name: new RegExp(`^\\S+ \\S+ #${seq} `) });
  await expect(chip(2)).toHaveAttribute("aria-current", "step");
  await expect(window.traces).toBeHidden();
  await expectPreview(app, "Nobody has signed yet.");
  await window.page.keyboard.press("ArrowRight");
  await expect(chip(3)).toHaveAttribute("aria-current", "step");
  await expect(shown.getByRole("heading", { name: /^#3/ })).toBeVisible();
  await expectPreview(app, "Nobody has signed yet.");
  await window.page.keyboard.press("ArrowLeft");
  await window.page.keyboard.press("ArrowLeft");
  await expect(chip(1)).toHaveAttribute("aria-current", "step");
  await expectPreview(app, "Nobody has signed yet.");
  await shown.getByText("Script", { exact: true }).click();
  await expect(shown.getByRole("region", { name: "Script", exact: true })).toContainText("A guestbook: a form");
  // The switch that was pressed keeps no keys, those of a presenter's remote control neither.
  await window.page.keyboard.press("PageDown");
  await expect(chip(2)).toHaveAttribute("aria-current", "step");
  await shown.getByText("Page", { exact: true }).click();
  await window.page.keyboard.press("ArrowLeft");
  await expect(chip(1)).toHaveAttribute("aria-current", "step");
  await expect(shown.getByRole("radio", { name: "Page" })).toBeChecked();

  await shown.getByRole("region", { name: "X-ray" }).getByRole("heading", { level: 2 }).click();
  await window.page.keyboard.press("Escape");
  await expect(shown).toHaveCount(0);
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  await expect(timing).toBeVisible();
  await expect(window.row(3)).toBeVisible();
  await expect(window.row(4)).toHaveCount(0); // nothing was sent
});

test("the tour lies in the strip, goes on with Space and points at the X-ray beside it", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const shown = await presentedGuestbook(window, workspace);
  const tour = shown.getByRole("region", { name: "Tour" });
  await expect(tour.getByRole("button", { name: /^Explain #1/ })).toBeVisible();
  for (let step = 1; step <= 8; step++) {
    await window.page.keyboard.press("Space");
    await expect(tour).toContainText(`${step} of 8`);
    await expect(shown.locator("[data-tour]").first()).toBeInViewport();
    await expect(window.page.getByRole("dialog")).toHaveCount(0);
  }
  await window.page.keyboard.press("Space");
  await expect(tour.getByRole("button", { name: /^Explain #1/ })).toBeVisible();
  await window.page.keyboard.press("Escape");
  await expect(shown).toHaveCount(0);
});

test("a page's own files come from their recordings when it is stepped to", async ({ app, window }) => {
  using workspace = copyWorkspace("pages");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/login.py");
  const response = await window.tab("Response");
  await response.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
  await expectPreview(app, "Sign in");
  await expect(window.row(2)).toHaveAttribute("data-outcome", "ok"); // the page's picture, made by a script
  const runs = (): string => workspace.read("runs.txt");
  const before = runs();

  await present(window);
  const picture = async (): Promise<number> =>
    (await expectPreview(app, "Sign in")).evaluate(() => document.querySelector("img")?.naturalWidth ?? 0);
  await expect.poll(picture).toBeGreaterThan(0);
  await window.page.keyboard.press("ArrowRight");
  await expect(presentation(window).getByRole("heading", { level: 2, name: /^#2/ })).toBeVisible();
  await window.page.keyboard.press("ArrowLeft");
  await expect(presentation(window).getByRole("heading", { level: 2, name: /^#1/ })).toBeVisible();
  await expect.poll(picture).toBeGreaterThan(0);
  expect(runs()).toBe(before);
});

test("while the page has the focus the presentation says where keys go, and takes them back", {
  tag: "@browser",
}, async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  const shown = await presentedGuestbook(window, workspace);
  await expectPreview(app, "Nobody has signed yet.");
  await expect(shown.getByRole("button", { name: /^Explain #/ })).toBeVisible(); // the strip, which has its room from then on
  const frame = await shown.locator("iframe").boundingBox();
  const address = await shown.locator(".present-address").boundingBox();
  await window.page.mouse.click((frame?.x ?? 0) + 20, (frame?.y ?? 0) + 20);
  await expect(shown.getByRole("status").filter({ hasText: "Keys go to the page." })).toBeVisible();
  expect(await shown.locator(".present-address").boundingBox()).toEqual(address); // it has its room
  expect(await shown.locator("iframe").boundingBox()).toEqual(frame);
  await window.page.keyboard.press("Escape"); // the page's own key
  await expect(shown).toBeVisible();
  await shown.getByRole("button", { name: "Back to the presentation" }).click();
  await expect(shown.getByText("Keys go to the page.")).toHaveCount(0);
  await window.page.keyboard.press("Escape");
  await expect(shown).toHaveCount(0);
});

test("while the desktop app's view has the focus the presentation says so, and F6 takes the keys back", {
  tag: "@electron",
}, async ({ app, window }) => {
  if (!isElectron(app)) throw new Error("a browser shows the page in a frame");
  using workspace = copyWorkspace("basic");
  const shown = await presentedGuestbook(window, workspace);
  await expectPreview(app, "Nobody has signed yet.");
  const keys = shown.getByRole("status").filter({ hasText: "Keys go to the page." });
  await expect(keys).toHaveCount(0);
  /** As the user would in the view: Playwright's own input does not reach `before-input-event`. */
  const press = (keyCode: string): Promise<void> =>
    app.application.evaluate(({ webContents }, key) => {
      const view = webContents.getAllWebContents().find((contents) => contents.getURL().startsWith("http"));
      view?.focus();
      for (const type of ["keyDown", "keyUp"] as const) view?.sendInputEvent({ type, keyCode: key });
    }, keyCode);
  await press("Escape"); // the page's own key
  await expect(keys).toBeVisible();
  await expect(shown).toBeVisible();
  await press("F6");
  await expect(keys).toHaveCount(0);
  await window.page.keyboard.press("Escape");
  await expect(shown).toHaveCount(0);
});
