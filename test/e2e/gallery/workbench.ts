// The window at work: panes, menus, composer, comparison.
import { expect } from "@playwright/test";
import type { WorkbenchWindow } from "../workbench-window.js";
import type { Scene, Stage } from "./scene.js";
import { composer, composerPart, onUsualPort, openExamples, openExamplesQuietly, responseAs, visit } from "./steps.js";

/** The first minutes: examples, type for a projector. */
export const examples: Scene = {
  name: "examples",
  shell: "browser",
  prepare: openExamples,
  views: [
    { name: "examples-first", show: async () => undefined },
    { name: "dialog-examples", show: ({ window }) => window.runCommand("Show examples…") },
    {
      name: "dialog-reset-examples",
      show: async ({ window, folder, page }) => {
        folder.write("guestbook/cgi-bin/sum.py", `${folder.read("guestbook/cgi-bin/sum.py")}# edited\n`);
        await window.runCommand("Reset examples…");
        await expect(page.getByRole("list", { name: "What changes" })).toContainText("sum.py");
      },
    },
    {
      name: "projector",
      show: async ({ window }) => {
        await window.runCommand("Toggle projector mode");
        await expect(window.editor).toContainText("Adds two numbers");
      },
    },
  ],
};

const guestbook = "/cgi-bin/guestbook.py";

export const workbench: Scene = {
  name: "workbench",
  shell: "browser",
  prepare: async (stage) => {
    const { window } = stage;
    await openExamplesQuietly(stage);
    await onUsualPort(stage);
    await visit(
      window,
      "/",
      "/sum?a=20&b=22",
      "/cgi-bin/sum.pl?a=one&b=2",
      "/cgi-bin/broken.pl",
      "/cgi-bin/image.py",
      "/favicon.ico",
      guestbook,
    );
    await window.openFile("cgi-bin/guestbook.py");
    await window.setMethod("POST");
    await composerPart(stage, "Body");
    await composer(stage).getByRole("combobox", { name: "Kind of body" }).selectOption({ label: "Form" });
    for (const [name, value] of [
      ["name", "Jürgen"],
      ["message", "Schöne Grüße aus Zürich!"],
    ] as const) {
      await composer(stage).getByRole("textbox", { name: "Form field name" }).last().fill(name);
      await composer(stage)
        .getByRole("group", { name: /^Form field \d/ })
        .last()
        .getByLabel("Form field value")
        .fill(value);
    }
    await window.send(guestbook);
    await window.setMethod("GET");
    // An empty one: none is sent;.
    await composer(stage).getByRole("combobox", { name: "Kind of body" }).selectOption({ label: "Text" });
    for (const page of [1, 2, 3, 4]) await window.send(`${guestbook}/list?name=J%C3%BCrgen&page=${page}`);
    await window.editor.locator(".view-line").first().waitFor();
  },
  views: [
    {
      name: "main-window",
      show: async (stage) => {
        await composerPart(stage, "Query");
        await stage.window.tab("X-ray");
        await stage.window.files.evaluate((tree) => tree.scrollTo({ top: 0 }));
      },
    },
    {
      name: "xray-post",
      show: async ({ window }) => {
        await window.traces.getByRole("row", { name: / POST / }).click();
      },
    },
    ...(["Env", "Stdin", "Stdout", "Stderr", "Timing"] as const).map((tab) => ({
      name: `tab-${tab.toLowerCase()}`,
      show: async ({ window }: { readonly window: WorkbenchWindow }): Promise<void> => void (await window.tab(tab)),
    })),
    {
      name: "response-rendered",
      show: async (stage) => {
        await stage.window.traces.getByRole("row", { name: /page=4/ }).click();
        await responseAs(stage, "Rendered");
        await expect(stage.page.frameLocator("iframe").getByRole("heading", { name: "Guestbook" })).toBeVisible();
      },
    },
    { name: "response-source", show: async (stage) => void (await responseAs(stage, "Source")) },
    { name: "response-headers", show: async (stage) => void (await responseAs(stage, "Headers")) },
    ...(["Query", "Headers", "Cookies", "Redirects", "Sign-in", "Variables", "Body"] as const).map((part) => ({
      name: `composer-${part.toLowerCase()}`,
      show: (stage: Stage) => composerPart(stage, part),
    })),
    {
      name: "composer-form",
      show: async (stage) => {
        await composer(stage).getByRole("combobox", { name: "Kind of body" }).selectOption({ label: "Form" });
      },
    },
    {
      name: "composer-multipart",
      show: async (stage) => {
        await composerPart(stage, "Body");
        await composer(stage).getByRole("combobox", { name: "Kind of body" }).selectOption({ label: "Multipart form" });
      },
    },
    {
      name: "composer-more-ways-to-send",
      show: ({ page }) => page.getByRole("button", { name: "More ways to send" }).click(),
    },
    {
      name: "composer-raw",
      show: async (stage) => {
        await composer(stage).getByRole("button", { name: "Raw", exact: true }).click();
        await expect(composer(stage).getByRole("textbox", { name: "Raw request" })).toHaveValue(/HTTP/);
      },
    },
    {
      name: "failing-request",
      show: async (stage) => {
        const { window } = stage;
        await composer(stage).getByRole("button", { name: "Raw", exact: true }).click();
        await window.openFile("cgi-bin/broken.pl");
        await window.setMethod("GET");
        await window.send("/cgi-bin/broken.pl");
        await window.tab("X-ray");
        await expect(window.status).toContainText("500");
        const colours = () =>
          window.editor
            .locator(".view-line span[class^=mtk]")
            .evaluateAll((pieces) => new Set(pieces.map((piece) => piece.className)).size);
        await expect.poll(colours).toBeGreaterThan(2); // a language's rules come a moment after its text
      },
    },
    { name: "doctor", show: async ({ window }) => void (await window.tab("Doctor")) },
    {
      name: "doctor-rules",
      show: async ({ window, page }) => {
        await window.runCommand("Show all doctor rules…");
        await page
          .getByRole("dialog")
          .getByRole("searchbox")
          .or(page.getByRole("dialog").getByRole("textbox"))
          .first()
          .fill("End of script output before headers");
      },
    },
    {
      name: "encoding-trap",
      show: async ({ window }) => {
        await window.openFile("cgi-bin/encoding.py");
        await window.send("/cgi-bin/encoding.py");
        await expect(window.trace.getByRole("tab", { name: /^Doctor \d/ })).toBeVisible(); // some rules take their time
        await window.tab("Doctor");
      },
    },
    { name: "encoding-way", show: ({ window }) => window.runCommand("Follow a character") },
    { name: "encoding-lab", show: ({ window }) => window.runCommand("Open encoding lab") },
    {
      name: "compare",
      show: async ({ window, page }) => {
        await window.traces.getByRole("row", { name: /page=3/ }).click();
        await window.traces.press("m");
        await window.traces.press("ArrowUp");
        await window.traces.press("c");
        await expect(page.getByRole("region", { name: "Compare", exact: true })).toBeVisible();
      },
    },
    {
      name: "trace-filter",
      show: async ({ page }) => {
        await page.getByRole("tab", { name: /^Traces/ }).click();
        await page.getByRole("combobox", { name: "Filter traces" }).fill("path:guestbook -method:POST took:>1ms");
      },
    },
    {
      name: "trace-filter-mistake",
      show: async ({ page }) => {
        await page.getByRole("combobox", { name: "Filter traces" }).fill("took:>soon");
      },
    },
    {
      name: "trace-menu",
      show: async ({ window, page }) => {
        await page.getByRole("combobox", { name: "Filter traces" }).fill("");
        await window.traces.getByRole("row", { name: /page=2/ }).click({ button: "right" });
      },
      staysOpen: true,
    },
    ...["Copy", "Export", "Versions of the script"].map((name, index) => ({
      name: `trace-menu-${name.toLowerCase().split(" ")[0]}`,
      staysOpen: index < 2,
      show: async ({ page }: Stage): Promise<void> => {
        if (index > 0) await page.keyboard.press("ArrowLeft"); // out of the one before
        await page.getByRole("menuitem", { name, exact: true }).press("ArrowRight");
        await expect(page.getByRole("menu")).toHaveCount(2);
      },
    })),
    { name: "palette", show: ({ page }) => page.keyboard.press("F1") },
    {
      name: "palette-search",
      show: async ({ page }) => {
        await page.keyboard.press("F1");
        await page.getByRole("combobox").last().fill("copy");
      },
    },
    {
      name: "quick-open",
      show: async ({ page }) => {
        await page.keyboard.press("ControlOrMeta+P");
        await page.getByRole("combobox").last().fill("sum");
      },
    },
    { name: "explorer-menu", show: ({ window }) => window.file("cgi-bin/login.py").click({ button: "right" }) },
    {
      name: "explorer-rename",
      show: async ({ window, page }) => {
        await window.file("cgi-bin/login.py").click();
        await window.files.focus();
        await page.keyboard.press("F2");
      },
    },
    {
      name: "dialog-new-file",
      show: ({ page }) => page.getByRole("region", { name: "Files" }).getByRole("button", { name: "New file" }).click(),
    },
    {
      name: "notice-undo",
      show: async ({ window, page }) => {
        await window.file("cgi-bin/sum.tcl").click();
        await window.files.focus();
        await page.keyboard.press("Delete");
        await expect(page.getByRole("region", { name: "Notices" }).getByRole("button", { name: "Undo" })).toBeVisible();
      },
    },
    {
      name: "diff-saved",
      show: async ({ window, page }) => {
        await window.openFile("cgi-bin/guestbook.py");
        await window.editor.locator(".view-line").first().click();
        await page.keyboard.press("ControlOrMeta+Home");
        for (let line = 0; line < 4; line++) await page.keyboard.press("ArrowDown");
        await page.keyboard.insertText("# Entries are kept for a year.\n");
        await window.runCommand("Compare edits with saved file");
        await page.locator(".monaco-diff-editor .line-insert").first().waitFor();
      },
    },
  ],
};
