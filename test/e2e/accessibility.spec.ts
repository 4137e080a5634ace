// Every view, in both themes, examined by axe: nothing serious. Then what axe cannot see: zoom to 200 %, reduced
// motion, and the way from the first page to a trace by keyboard alone.
import type { Page } from "@playwright/test";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";
import type { TraceTab, WorkbenchWindow } from "./workbench-window.js";

const tabs: readonly TraceTab[] = ["X-ray", "Env", "Stdin", "Stdout", "Stderr", "Response", "Timing"];

test("axe finds nothing serious on the first page and in its dialogs", async ({ app, window }) => {
  test.setTimeout(120_000);
  const { page } = window;
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const found = await examine(page, "first page");
  if (app.kind === "browser") {
    await page.getByRole("button", { name: "Open folder…" }).click();
    await expect(page.getByRole("dialog", { name: "Open a folder" })).toBeVisible();
    found.push(...(await examine(page, "folder dialog")));
    await window.dismiss();
  }
  await page.keyboard.press("ControlOrMeta+K");
  await expect(page.getByRole("dialog", { name: "Search files and commands" })).toBeVisible();
  found.push(...(await examine(page, "palette")));
  await window.dismiss();
  await page.keyboard.press("ControlOrMeta+,");
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
  found.push(...(await examine(page, "settings")));
  expect(found).toEqual([]);
});

/** What axe says of the views that are looked at, one after the other. */
function views(page: Page) {
  const found: string[] = [];
  const look = async (view: string): Promise<void> => void found.push(...(await examine(page, view)));
  return { found, look };
}

test("axe finds nothing serious in the views of a form's trace", async ({ window }) => {
  test.setTimeout(240_000);
  using workspace = copyWorkspace("basic");
  const { found, look } = views(window.page);
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  await look("folder without a request");
  await sendForm(window);
  for (const tab of tabs) {
    await window.tab(tab);
    await look(`${tab} of a form`);
  }
  expect(found).toEqual([]);
});

test("axe finds nothing serious in the request, the bottom panel and a split editor", async ({ window }) => {
  test.setTimeout(240_000);
  using workspace = copyWorkspace("basic");
  const { page } = window;
  const { found, look } = views(page);
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  await sendForm(window);
  for (const part of ["Query", "Headers", "Body", "Cookies", "Redirects", "Sign-in", "Variables"]) {
    await window.showPart(part);
    await look(`request, ${part}`);
  }
  for (const view of ["saved requests", "comparison", "workers", "server", "log"]) {
    await window.runCommand(`Show ${view}`);
    await look(`bottom panel, ${view}`);
  }
  await page.keyboard.press("ControlOrMeta+Shift+F");
  await look("bottom panel, find");
  await bottomTabs(page).filter({ hasText: "Traces" }).click();
  await window.runCommand("Split editor");
  await expect(page.locator(".editor-code:not([hidden])")).toHaveCount(2);
  await look("split editor");
  expect(found).toEqual([]);
});

test("axe finds nothing serious in what explains failures, and in menus", async ({ window }) => {
  test.setTimeout(240_000);
  using workspace = copyWorkspace("basic");
  const { page } = window;
  const { found, look } = views(page);
  await window.openFolder(workspace.path);
  await window.setSendOnSave(false);
  workspace.write("cgi-bin/broken.py", "#!/usr/bin/env python3\nraise SystemExit(no_such_name)\n");
  workspace.makeExecutable("cgi-bin/broken.py");
  await window.send("/cgi-bin/broken.py");
  await window.tab("X-ray");
  await look("X-ray of a failure");
  await window.tab("Doctor");
  await look("Doctor");
  await window.runCommand("Show all doctor rules…");
  await look("index of the doctor’s rules");
  await page.keyboard.press("Escape");
  workspace.write(
    "cgi-bin/latin.sh",
    "#!/bin/sh\nprintf 'Content-Type: text/html; charset=utf-8\\n\\n<p>Gr\\374\\337e'\n",
  );
  workspace.makeExecutable("cgi-bin/latin.sh");
  await window.send("/cgi-bin/latin.sh?name=J%C3%BCrgen");
  await window.tab("Encoding");
  await expect(page.getByRole("list", { name: "Path of a character" })).toBeVisible();
  await look("Encoding of a broken page");
  await window.runCommand("Open encoding lab");
  await look("Encoding lab");

  await window.server.click();
  await look("server's menu");
  await page.keyboard.press("Escape");
  await page.getByRole("banner").getByRole("button", { name: "View" }).click();
  await look("view menu");
  await page.keyboard.press("Escape");
  workspace.write("cgi-workbench.json", '{ "no such": 1 }');
  await window.statusBar.getByRole("button", { name: "1 problem" }).click();
  await look("problems of the folder");
  expect(found).toEqual([]);
});

async function sendForm(window: WorkbenchWindow): Promise<void> {
  await window.openFile("cgi-bin/post.py");
  await window.editor.locator(".view-line").first().waitFor();
  await window.setMethod("POST");
  await window.setBody("name=Ada");
  await window.send("/cgi-bin/post.py?a=1&b=J%C3%BCrgen");
}

test("axe finds nothing serious in the presentation", async ({ window }) => {
  test.setTimeout(120_000);
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.send("/cgi-bin/hello.py?name=Ada");
  await window.send("/cgi-bin/hello.py?name=Grace");
  await page.keyboard.press("ControlOrMeta+Alt+p");
  const presentation = page.getByRole("main", { name: "Presentation" });
  await expect(presentation.getByRole("heading", { level: 2, name: /^#2/ })).toBeVisible();
  await expect(presentation.getByRole("button", { name: "GET 200 #1 hello.py?name=Ada" })).toBeVisible();
  const found = await examine(page, "presentation");
  await presentation.getByText("Script", { exact: true }).click();
  await expect(presentation.locator(".view-line").first()).toBeVisible();
  found.push(...(await examine(page, "presentation with the script")));
  await presentation.getByRole("button", { name: /^Explain #2/ }).click();
  await expect(presentation.getByText("1 of 8")).toBeVisible();
  found.push(...(await examine(page, "presentation with the tour")));
  expect(found).toEqual([]);
});

const bottomTabs = (page: Page) => page.getByRole("tablist", { name: /^Traces/ }).getByRole("tab");

test("zoomed to 200 % everything can be reached and nothing is squeezed away", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await page.setViewportSize({ width: 640, height: 400 }); // what 200 % leaves of 1280 × 800
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.send("/cgi-bin/hello.py?name=Ada");
  const inWindow = ["banner", "contentinfo"] as const;
  for (const role of inWindow) {
    const beyond = await page
      .getByRole(role)
      .evaluate(
        (bar) =>
          [...bar.querySelectorAll("button")].filter(
            (button) => button.getBoundingClientRect().right > document.documentElement.clientWidth,
          ).length,
      );
    expect(beyond, `buttons of the ${role} outside of the window`).toBe(0);
  }
  const wanted = [
    window.editor,
    window.target,
    page.getByRole("button", { name: "Send", exact: true }),
    window.traceHeading,
    window.trace.getByRole("tab", { name: /^Timing/ }),
    window.row(1),
    page.getByRole("region", { name: "Latency" }),
  ];
  for (const place of wanted) {
    await place.scrollIntoViewIfNeeded();
    await expect(place).toBeInViewport({ ratio: 0.3 });
    const { width = 0, height = 0 } = (await place.boundingBox()) ?? {};
    expect(Math.min(width, height), String(place)).toBeGreaterThan(8);
  }
  // The chosen view's tab is in sight, and by keyboard the others come into it.
  await window.trace.getByRole("tab", { name: "X-ray" }).focus();
  await page.keyboard.press("End");
  await expect(window.trace.getByRole("tab", { selected: true })).toBeInViewport({ ratio: 0.9 });
  // All five have room however narrow it is, and the choice below them follows by keyboard.
  await expect(window.trace.getByRole("tab")).toHaveCount(5);
  await expect(window.trace.getByRole("tab", { name: /^Doctor/, selected: true })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await expect(window.trace.getByRole("radio", { name: "Encoding" })).toBeFocused();
  await window.expectView("Encoding");
  // So is one that was chosen from afar.
  await window.runCommand("Show response source");
  await window.runCommand("Show doctor findings");
  const chosen = window.trace.getByRole("tab", { selected: true });
  await expect(chosen).toHaveAccessibleName(/^Doctor/);
  await expect(chosen).toBeInViewport({ ratio: 0.9 });
});

test("nothing moves by itself when motion is to be reduced", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/hello.py");
  await page.keyboard.press("ControlOrMeta+K");
  await expect(page.getByRole("dialog")).toBeVisible();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((element) => !element.closest(".monaco-editor"))
      .flatMap((element) => {
        const { animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(element);
        const isStill =
          [animationDuration, transitionDuration].every((text) =>
            text.split(",").every((time) => Number.parseFloat(time) === 0),
          ) && scrollBehavior === "auto";
        return isStill ? [] : [element.className.toString()];
      }),
  );
  expect(moving).toEqual([]);
  expect(
    await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length),
  ).toBe(0);
});

test("in forced colours, selection, severity and origin are still to be seen", async ({ window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await page.emulateMedia({ forcedColors: "active" });
  await window.openFolder(workspace.path);
  await window.openFile("cgi-bin/hello.py");
  await window.send("/cgi-bin/hello.py/more?name=Ada");
  workspace.write("cgi-bin/broken.sh", "#!/bin/sh\nexit 1\n");
  workspace.makeExecutable("cgi-bin/broken.sh");
  await window.send("/cgi-bin/hello.py");
  await window.send("/cgi-bin/broken.sh");
  await window.row(1).click();
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  const graph = await window.latency();
  await graph.getByRole("radiogroup", { name: "Requests of" }).getByText("All", { exact: true }).click();
  const seen = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    const system = (name: string): string => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    };
    const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
    const background = (element: HTMLElement): string => getComputedStyle(element).backgroundColor;
    const selected = all('[role="row"][aria-selected="true"], [role="treeitem"][aria-selected="true"]');
    const tags = all(".xray-lines .ui-tag");
    const facts = {
      selected: selected.map((row) => background(row) === system("Highlight")),
      pressed: all('[aria-pressed="true"], .ui-choice-item[data-checked]').map(
        (button) => background(button) === system("Highlight"),
      ),
      bars: all('.trace-row [data-is="script"]').map(
        (bar) => background(bar) !== background(bar.closest("[role=row]") ?? bar),
      ),
      tags: new Set(tags.map((tag) => getComputedStyle(tag).borderBottom)).size,
      points: new Set(
        all(".latency-point:not([aria-current])").map((point) => getComputedStyle(point, "::before").backgroundColor),
      ).size,
    };
    probe.remove();
    return facts;
  });
  expect(seen.selected).toEqual([true, true]); // the file and the trace
  expect(seen.pressed.length).toBeGreaterThan(2);
  expect(seen.pressed).not.toContain(false);
  expect(seen.bars.length).toBeGreaterThan(0);
  expect(seen.bars).not.toContain(false);
  expect(seen.tags).toBeGreaterThanOrEqual(4); // script, path, query, header
  expect(seen.points).toBe(2); // a success and a failure

  // Without them the editor looks as it would after a reload.
  await page.emulateMedia({ forcedColors: "none" });
  // The classes of Monaco's tokens tell the theme; when a line gets its own is a matter of time.
  const look = () =>
    window.editor.evaluate((editor) => {
      const probe = editor.appendChild(document.createElement("span"));
      const colours = Array.from({ length: 30 }, (_, index) => {
        probe.className = `mtk${index + 1}`;
        return getComputedStyle(probe).color;
      });
      probe.remove();
      return [editor.className.replace(" focused", ""), ...colours].join(" ");
    });
  await expect(window.editor).not.toHaveClass(/hc-/);
  const looked = await look();
  await page.reload();
  await window.editor.locator(".view-line").first().waitFor();
  await expect.poll(look).toBe(looked);
});

test("from the first page to a trace's bytes by keyboard alone", async ({ app, window }) => {
  using workspace = copyWorkspace("basic");
  const { page } = window;
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await app.answerFolderDialog(workspace.path);
  await press(page, "ControlOrMeta+O");
  if (app.kind === "browser") {
    const field = page.getByRole("dialog", { name: "Open a folder" }).getByRole("textbox", { name: "Folder path" });
    await expect(field).not.toHaveValue("");
    await expect(field).toBeFocused();
    await press(page, "ControlOrMeta+A");
    await page.keyboard.type(workspace.path);
    await press(page, "Enter");
  }
  await window.waitUntilServing();

  await press(page, "ControlOrMeta+K");
  await expect(page.getByRole("dialog", { name: "Search files and commands" }).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("hello.py");
  await expect(page.getByRole("option", { name: /hello\.py/ }).first()).toBeVisible();
  await press(page, "Enter");
  await expect(page.getByRole("tab", { name: "hello.py" })).toHaveAttribute("aria-selected", "true");
  await expect(window.target).toHaveValue("/cgi-bin/hello.py");
  await press(page, "ControlOrMeta+Enter");
  await expect(window.status).toContainText("200");
  await window.sent();

  // F6 goes from pane to pane, Tab never gets stuck in the editor for good (Ctrl+M), arrows move inside of a list.
  await reach(window, (page) => page.getByRole("grid", { name: "Traces" }), "F6");
  await press(page, "ControlOrMeta+Enter");
  await expect(window.row(2)).toHaveAttribute("data-outcome", "ok");
  await press(page, "ArrowDown");
  await expect(window.traceHeading).toHaveAccessibleName(/^#1 /);
  await press(page, "ArrowUp");
  await expect(window.traceHeading).toHaveAccessibleName(/^#2 /);
  await reach(window, (page) => page.getByRole("region", { name: "Trace", exact: true }), "F6");
  await reach(
    window,
    (page) => page.getByRole("tablist", { name: "Views of the trace" }).getByRole("tab", { selected: true }),
    "Tab",
  );
  await press(page, "Home");
  await press(page, "ArrowRight");
  await window.expectView("Stdout");
  await expect(window.bytes("Stdout")).toContainText("Hello, world!");

  // A dialog gives the focus back to where it was.
  const focused = page.locator(":focus");
  const before = await focused.evaluate((element) => element.textContent);
  await press(page, "ControlOrMeta+,");
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
  await press(page, "Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(focused).toHaveText(before ?? "");
});

const press = (page: Page, key: string): Promise<void> => page.keyboard.press(key);

/** Presses the keys in turn until the element has the focus, or something in it. */
async function reach(
  { page }: WorkbenchWindow,
  find: (page: Page) => ReturnType<Page["locator"]>,
  ...keys: readonly string[]
): Promise<void> {
  const isThere = () => find(page).evaluate((element) => element.contains(document.activeElement));
  for (const key of keys) for (let n = 0; n < 12 && !(await isThere()); n++) await press(page, key);
  expect(await isThere(), "the keyboard reaches it").toBe(true);
}
