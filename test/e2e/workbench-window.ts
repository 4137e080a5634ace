// The window as the specs speak of it: by roles and names, as a person (or a screen reader) finds them. Nothing else
// in the specs knows how the page is built.
import { expect, type Locator, type Page } from "@playwright/test";
import type { RunningShell } from "./running-shell.js";

/** The views of a trace, wherever the window has them. */
export type TraceTab =
  | "X-ray"
  | "Env"
  | "Stdin"
  | "Stdout"
  | "Stderr"
  | "Response"
  | "Timing"
  | "Records"
  | "Encoding"
  | "Doctor";

/**
 * The tab that holds a view, and what shows the view in it: one of a choice, or the number of variables in the X-ray.
 */
const places: Readonly<Record<TraceTab, readonly [tab: string, part: RegExp | null]>> = {
  "X-ray": ["X-ray", null],
  Env: ["X-ray", /^\d+ variables?$/],
  Stdin: ["Streams", /^Stdin$/],
  Stdout: ["Streams", /^Stdout$/],
  Stderr: ["Streams", /^Stderr$/],
  Response: ["Response", null],
  Timing: ["Timing", /^Phases$/],
  Records: ["Timing", /^Records/],
  Encoding: ["Doctor", /^Encoding$/],
  Doctor: ["Doctor", /^Findings$/],
};

export class WorkbenchWindow {
  readonly page: Page;
  readonly #app: RunningShell;

  constructor(app: RunningShell) {
    this.#app = app;
    this.page = app.page;
  }

  /**
   * Opens a folder from the first page, as a person does: by the system's dialog in
   * Electron, by the window's own in a browser.
   */
  async openFolder(path: string): Promise<void> {
    await this.askForFolder(path);
    await expect(this.files).toBeVisible();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /**
   * Opens a folder and waits until it is served. Saving a file sends nothing, so that
   * the test's own requests are the only ones.
   */
  async openQuietly(path: string): Promise<void> {
    await this.openFolder(path);
    await this.setSendOnSave(false);
    await this.waitUntilServing();
  }

  /** Opens a folder without expecting that it can be opened. */
  async askForFolder(path: string): Promise<void> {
    if (this.#app.handFolderOver) {
      await this.isReady();
      return this.#app.handFolderOver(path);
    }
    await this.#app.answerFolderDialog(path);
    await this.page.getByRole("button", { name: "Open folder…" }).click();
    await this.#fillFolderDialog(path);
  }

  /** The same, from the header's menu while a folder is open. */
  async askForAnotherFolder(path: string): Promise<void> {
    if (this.#app.handFolderOver) return this.#app.handFolderOver(path);
    await this.#app.answerFolderDialog(path);
    await this.page
      .getByRole("banner")
      .getByRole("button", { name: /^Folder / })
      .click();
    await this.page.getByRole("menuitem", { name: /^Open folder…/ }).click();
    await this.#fillFolderDialog(path);
  }

  async #fillFolderDialog(path: string): Promise<void> {
    if (this.#app.kind === "electron") return;
    const dialog = this.page.getByRole("dialog", { name: "Open a folder" });
    const field = dialog.getByRole("textbox", { name: "Folder path" });
    await expect(field).not.toHaveValue(""); // it begins with the home folder
    await field.fill(path);
    await dialog.getByRole("button", { name: "Open this folder" }).click();
  }

  /** Waits for the first page: before that no key does anything. */
  async isReady(): Promise<void> {
    await expect(this.page.getByRole("button", { name: "Try the examples…" })).toBeVisible();
  }

  /** Of the selected trace's menu; `within`: of this submenu, which opens by key, since a pointer may leave it. */
  async chooseForTrace(item: string, within?: string): Promise<void> {
    await this.trace.getByRole("button", { name: "More actions" }).click();
    await this.chooseItem(item, within);
  }

  /** The same of the menu that is open. */
  async chooseItem(item: string, within?: string): Promise<void> {
    const named = (name: string): Locator => this.page.getByRole("menuitem", { name, exact: true });
    if (within === undefined) return named(item).click();
    await named(within).press("ArrowRight");
    await named(item).press("Enter");
  }

  /** Chooses a command in the palette. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const palette = this.page.getByRole("dialog", { name: "Search files and commands" });
    await palette.getByRole("combobox").fill(title);
    await palette.getByRole("option", { name: title }).first().click();
  }

  /** The explorer's list. */
  get files(): Locator {
    return this.page.getByRole("tree", { name: "Files" });
  }

  /** A file or folder by its path in the workspace; it may be folded away. */
  file(path: string): Locator {
    return this.files.locator(`[role="treeitem"][id="file:${path}"]`);
  }

  /** Shows a file in the editor; folders on the way are unfolded. */
  async openFile(path: string): Promise<void> {
    const parts = path.split("/");
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = this.file(parts.slice(0, depth).join("/"));
      if ((await folder.getAttribute("aria-expanded")) !== "true") await folder.click();
    }
    await this.file(path).click();
  }

  get editor(): Locator {
    return this.page.locator(".monaco-editor").first();
  }

  /** Puts `text` in the place of what the editor shows and saves it. */
  async rewrite(text: string): Promise<void> {
    await this.editor.locator(".view-line").first().waitFor();
    await this.editor.locator(".view-lines").click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press("ControlOrMeta+S");
  }

  /** Types at the beginning of what the editor shows, and does not save. */
  async type(text: string): Promise<void> {
    await this.editor.locator(".view-lines").click();
    await this.page.keyboard.press("ControlOrMeta+Home");
    await this.page.keyboard.insertText(text);
    await expect(this.editor).toContainText(text.trim());
  }

  /** The bar that says that the file was changed by somebody else. */
  get conflict(): Locator {
    return this.page.getByRole("region", { name: "Editor" }).getByRole("alert").filter({ hasText: "changed on disk" });
  }

  /** Something that went wrong, said wherever it belongs. */
  failure(words: RegExp): Locator {
    return this.page.getByRole("alert").filter({ hasText: words }).first();
  }

  /** Closes a dialog that is in the way. */
  async dismiss(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  get statusBar(): Locator {
    return this.page.getByRole("contentinfo", { name: "Status" });
  }

  /** The server's state in the header: "Server: Serving at http://127.0.0.1:8080". */
  get server(): Locator {
    return this.page.getByRole("banner").getByRole("button", { name: /^Server: / });
  }

  async waitUntilServing(): Promise<void> {
    await expect(this.server).toHaveAccessibleName(/^Server: Serving at http/);
  }

  /** The script origin, as the window shows it: "http://127.0.0.1:8080". */
  async serverAddress(): Promise<string> {
    await this.waitUntilServing();
    return (await this.server.getAttribute("aria-label"))?.replace(/^.* at /, "") ?? "";
  }

  async setMethod(method: string): Promise<void> {
    await this.method.fill(method);
    await this.method.press("Escape"); // the suggestions
  }
  async setBody(text: string): Promise<void> {
    await this.page.getByRole("tablist", { name: "Parts of the request" }).getByRole("tab", { name: /^Body/ }).click();
    await this.page.getByRole("textbox", { name: "Request body" }).fill(text);
  }
  /** Whether a save sends the last request again. */
  async setSendOnSave(isOn: boolean): Promise<void> {
    const item = await this.inSendMenu("Send on save", "menuitemcheckbox");
    if ((await item.isChecked()) !== isOn) await item.click();
    await expect(item).toBeChecked({ checked: isOn });
    await this.page.keyboard.press("Escape");
  }
  /** Opens the menu beside Send. */
  async inSendMenu(name: string | RegExp, role: "menuitem" | "menuitemcheckbox" = "menuitem"): Promise<Locator> {
    await this.page.getByRole("button", { name: "More ways to send" }).click();
    return this.page.getByRole(role, { name });
  }
  /** Turns to a part of the request, in the row of tabs or behind More. */
  async showPart(name: string): Promise<void> {
    const tabs = this.page.getByRole("tablist", { name: "Parts of the request" });
    const tab = tabs.getByRole("tab", { name: new RegExp(`^${name}`) });
    const more = this.page.getByRole("region", { name: "Request" }).getByRole("button", { name: /^More: / });
    await expect(tab.or(more).first()).toBeVisible();
    if ((await tab.count()) > 0) return tab.click();
    await more.click();
    await this.page.getByRole("menuitem", { name: new RegExp(`^${name}`) }).click();
    await expect(tab).toHaveAttribute("aria-selected", "true");
  }
  /** Opens the menu of the list of traces. */
  async inListMenu(name: string | RegExp, role: "menuitem" | "menuitemcheckbox" = "menuitem"): Promise<Locator> {
    await this.page.getByRole("button", { name: "More for this list" }).click();
    return this.page.getByRole(role, { name });
  }

  get method(): Locator {
    return this.page.getByRole("combobox", { name: "Method" });
  }
  get target(): Locator {
    return this.page.getByRole("textbox", { name: "Request target" });
  }

  /**
   * Sends what the composer holds, with another target if given, and waits until its
   * trace is shown and over. Answers its number.
   */
  async send(target?: string): Promise<number> {
    if (target !== undefined) await this.target.fill(target);
    const before = await this.#newestId();
    await this.page.getByRole("button", { name: "Send", exact: true }).click();
    let seq = Number.NaN;
    // Together: an older trace may come into the list meanwhile, but only the one that was sent is shown.
    await expect(async () => {
      expect([null, before]).not.toContain(await this.#newestId());
      seq = Number(await this.rows.first().getAttribute("data-seq", { timeout: 1000 }));
      await expect(this.traceHeading).toHaveAccessibleName(new RegExp(`^#${seq} `), { timeout: 1000 });
    }).toPass({ timeout: 10_000 });
    await expect(this.row(seq)).not.toHaveAttribute("data-outcome", "running");
    await this.sent();
    return seq;
  }
  /** Until then the window sends no other request. */
  async sent(): Promise<void> {
    await expect(this.page.getByRole("button", { name: "Send", exact: true })).not.toHaveAttribute("aria-busy");
  }

  get traces(): Locator {
    return this.page.getByRole("grid", { name: "Traces" });
  }
  row(seq: number): Locator {
    return this.traces.locator(`[role="row"][data-seq="${seq}"]`).first();
  }
  /** Newest first. */
  get rows(): Locator {
    return this.traces.locator('[role="row"][data-seq]');
  }
  /** The lines below rows that show where the filter found its text. Only stored traces have one. */
  get hits(): Locator {
    return this.traces.locator(".trace-hit");
  }
  get filter(): Locator {
    return this.page.getByRole("combobox", { name: "Filter traces" });
  }

  /** Waits until the store finds this many traces by a query; then the list is as it was. */
  async waitUntilStored(query: string, count: number): Promise<void> {
    await this.filter.fill(query);
    await expect(this.hits).toHaveCount(count);
    await this.filter.fill("");
    await expect(this.hits).toHaveCount(0);
  }
  async #newestId(): Promise<string | null> {
    return this.rows.evaluateAll(([first]) => first?.getAttribute("data-trace-id") ?? null); // in one step: rows may go
  }

  get trace(): Locator {
    return this.page.getByRole("region", { name: "Trace", exact: true });
  }
  get traceHeading(): Locator {
    return this.trace.getByRole("heading", { level: 2 });
  }
  get status(): Locator {
    return this.trace.locator('[data-part="status"]');
  }

  /** Turns to a view of the trace and answers with its panel. */
  async tab(name: TraceTab): Promise<Locator> {
    const [main, part] = places[name];
    const tab = this.trace.getByRole("tab", { name: new RegExp(`^${main}`) });
    await tab.click();
    await expect(tab).toHaveAttribute("aria-selected", "true");
    if (part !== null) await this.#showPart(part);
    else if (main === "X-ray") await this.#leaveEnvironment();
    return this.trace.getByRole("tabpanel", { name: new RegExp(`^${main}`) });
  }

  /** Which view of a trace is shown, wherever it was chosen. */
  async expectView(name: TraceTab): Promise<void> {
    const [main, part] = places[name];
    await expect(this.trace.getByRole("tab", { name: new RegExp(`^${main}`) })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    if (name === "Env") await expect(this.#backToXray).toBeVisible();
    else if (part !== null) await expect(this.trace.getByRole("radio", { name: part })).toBeChecked();
  }

  async #showPart(part: RegExp): Promise<void> {
    const way = this.trace.getByRole("button", { name: part });
    const choice = this.trace.getByRole("radio", { name: part });
    await expect(way.or(choice).or(this.#backToXray).first()).toBeVisible();
    if ((await choice.count()) > 0) {
      await this.trace.locator("label").filter({ hasText: part }).click();
      await expect(choice).toBeChecked();
    } else {
      if ((await this.#backToXray.count()) === 0) await way.click();
      await expect(this.#backToXray).toBeVisible();
    }
  }

  async #leaveEnvironment(): Promise<void> {
    if ((await this.#backToXray.count()) > 0) await this.#backToXray.click();
    await expect(this.#backToXray).toHaveCount(0);
  }

  get #backToXray(): Locator {
    return this.trace.getByRole("button", { name: "Back to the X-ray" });
  }

  /** The latency graph, unfolded. */
  async latency(): Promise<Locator> {
    const region = this.page.getByRole("region", { name: "Latency" });
    await expect(region).toBeVisible();
    if ((await region.getAttribute("data-folded")) !== null) await region.getByRole("button").click();
    await expect(region.getByRole("button", { name: "Fold the latency graph" })).toBeVisible();
    return region;
  }

  /** The line under Send: what came of the last one. */
  get result(): Locator {
    return this.page.getByRole("region", { name: "Request" }).locator(".composer-result");
  }

  /** A view of bytes, such as "Stdout bytes". */
  bytes(name: "Stdin" | "Stdout" | "Stderr" | "Response" | "Record"): Locator {
    return this.trace.getByRole("region", { name: `${name} bytes` });
  }

  /** Turns a view of bytes to text or hex. */
  async showAs(bytes: Locator, form: "Text" | "Hex"): Promise<void> {
    await bytes.getByRole("radiogroup", { name: "Show as" }).getByText(form, { exact: true }).click();
    await expect(bytes.getByRole("radio", { name: form })).toBeChecked();
  }
}
