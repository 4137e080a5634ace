// Help: the documents, every command's keys, and which versions run, from the palette in both shells.
import { manifest } from "../support/repository.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { examine } from "./examine.js";
import { expect, test } from "./shell.js";

test("the keys of all commands are listed, and only those that work in this shell", async ({ app, window }) => {
  const { page } = window;
  await window.isReady();
  await window.runCommand("Show keyboard shortcuts…");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog.getByRole("row", { name: /^Send request (Ctrl|⌘) ⏎$/ })).toBeVisible();
  await expect(dialog.getByRole("row", { name: /^Search files and commands… .*F1$/ })).toBeAttached();
  await expect(dialog.getByRole("row", { name: /^Delete trace Del$/ })).toBeAttached();
  await expect(dialog.getByRole("row", { name: /^Close file/ })).toHaveCount(app.kind === "browser" ? 0 : 1);
  expect(await examine(page, "keyboard shortcuts")).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("the documentation is readable in the window, and its links lead from one document to the next", async ({
  window,
}) => {
  const { page } = window;
  await window.isReady();
  await window.runCommand("Open documentation…");
  const dialog = page.getByRole("dialog", { name: "Documentation" });
  const tour = dialog.getByRole("region", { name: "Tour" });
  await expect(tour.getByRole("heading", { name: "Tour" })).toBeVisible();
  expect(await examine(page, "documentation")).toEqual([]);
  await tour.getByRole("button", { name: "limits.md" }).click();
  await expect(dialog.getByRole("region", { name: "Limits" })).toContainText("limits.memoryBytes");
  await dialog.getByRole("radiogroup", { name: "Document" }).getByText("Configuration", { exact: true }).click();
  const configuration = dialog.getByRole("region", { name: "Configuration" });
  await expect(configuration.getByRole("heading", { name: "FastCGI" })).toBeAttached();
  await expect(configuration).toContainText("GIT_PROJECT_ROOT");
  await dialog.getByRole("radiogroup", { name: "Document" }).getByText("Command line").click();
  await expect(dialog.getByRole("table").first()).toContainText("--json");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("the header has Help and Present; a hint that the focus keeps open lets clicks through", async ({ window }) => {
  const { page } = window;
  using workspace = copyWorkspace("basic");
  await window.openFolder(workspace.path);
  await window.send("/cgi-bin/hello.py");
  const help = page.getByRole("banner").getByRole("button", { name: "Help" });
  await help.click();
  await page.getByRole("menuitem", { name: "Keyboard shortcuts…" }).click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await window.dismiss();
  await help.click();
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(help).toBeFocused(); // so that its hint is open, over the trace's button
  await window.trace.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: /^Send again/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("banner").getByRole("button", { name: "Present" }).click();
  await expect(page.getByRole("main", { name: "Presentation" })).toBeVisible();
});

test("About names the product’s version, its licence and what it runs on", async ({ app, window }) => {
  const { page } = window;
  await window.isReady();
  await window.runCommand("About CGI Workbench");
  const dialog = page.getByRole("dialog", { name: "About CGI Workbench" });
  await expect(dialog).toContainText(`Version${manifest.version}`);
  await expect(dialog).toContainText("LicenceMIT");
  const runsOn =
    app.kind === "browser"
      ? [/BrowserChrome \d+/, /Node\.js\d+\./]
      : [/Electron\d+\./, /Chromium\d+\./, /Node\.js\d+\./];
  for (const words of runsOn) await expect(dialog).toContainText(words);
  expect(await examine(page, "about")).toEqual([]);
});

test("the licences of what is bundled are read from About", async ({ window }) => {
  const { page } = window;
  await window.isReady();
  await window.runCommand("About CGI Workbench");
  await page.getByRole("button", { name: "Third-party licences…" }).click();
  const licences = page.getByRole("dialog", { name: "Third-party licences" });
  const text = licences.getByRole("region", { name: "Licences" });
  for (const name of [/\nreact \d/, /\nmonaco-editor \d/, /\nkoffi \d/, /codicon\.ttf/])
    await expect(text).toContainText(name);
  await expect(text).toContainText("Permission is hereby granted");
  expect(await examine(page, "licences")).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(licences).toHaveCount(0);
});
