// Whatever shows a status, a number or a count of a script's requests says the same: the list, the tree, the line of
// the result, the editor, the graph, the inspector, the status bar and the Server view. After a request, a mistake in
// the script, its fix, the fix undone, the next start, another folder, and a deletion taken back; with stored traces,
// and without.
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { storePath } from "../../server/store/store-path.js";
import { fixTitle } from "../support/fix-title.js";
import type { TempFolder } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

const script = "cgi-bin/hello.cgi";
const text = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n";

interface Expected {
  readonly count: number;
  /** Null: no request is known. */
  readonly last: { readonly seq: number; readonly status: number } | null;
}

/** What the places of the window say, each by its name. A place that says nothing says "". */
async function said(window: WorkbenchWindow): Promise<Record<string, string>> {
  const { page } = window;
  const textOf = async (selector: string): Promise<string> => (await page.locator(selector).allTextContents()).join();
  const badge = window.file(script).locator('[data-part="last-status"]');
  const points = page.getByRole("region", { name: "Latency" }).locator("button[data-trace-id]");
  const names = await points.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
  const rows = await window.rows.evaluateAll((all) =>
    all.map((row) => {
      const cell = (name: string) => row.querySelector(`[data-column="${name}"]`)?.textContent ?? "";
      return `#${row.getAttribute("data-seq")} ${/\d+/.exec(cell("status"))?.[0]}`;
    }),
  );
  return {
    listed: String(rows.length),
    named: String(new Set(rows.map((row) => row.split(" ")[0])).size),
    list: rows[0] ?? "",
    tree: (await badge.getAttribute("title", { timeout: 200 }).catch(() => "")) ?? "",
    result: `${await textOf(".composer-result [data-part=status]")} ${await textOf(".composer-result-open")}`,
    editor: (await textOf(".editor-requests")).replace(/ · p50 .*| · no successful.*| · Send$/, ""),
    points: String(names.length),
    graph: names.at(-1) ?? "",
    tab: await page.getByRole("tab", { name: /^Traces/ }).innerText(),
    statusBar: (await page.locator(".status-number").allTextContents()).find((one) => /trace/.test(one)) ?? "",
  };
}

function expectedWords({ count, last }: Expected): Record<string, unknown> {
  const none = last === null;
  return {
    ...{ listed: String(count), named: String(count), points: String(count) },
    list: none ? "" : `#${last.seq} ${last.status}`,
    tree: none ? "" : expect.stringMatching(new RegExp(`#${last.seq}\\b.*: ${last.status}, `)),
    result: none ? " " : `${last.status} Open #${last.seq}`,
    editor: none ? "no response yet" : `${count} request${count === 1 ? "" : "s"}`,
    graph: none ? "" : expect.stringMatching(new RegExp(`^#${last.seq}, `)),
    tab: expect.stringMatching(new RegExp(`^Traces\\s*${count}$`)),
    statusBar: none ? "" : expect.stringMatching(new RegExp(`^${count} trace`)),
  };
}

/** Nothing contradicts anything else. */
async function expectOneTruth(window: WorkbenchWindow, step: string, expected: Expected): Promise<void> {
  await test.step(step, async () => {
    await expect.poll(() => said(window), { message: step, timeout: 15_000 }).toEqual(expectedWords(expected));
    await window.runCommand("Show server");
    const facts = window.page.getByRole("region", { name: "Server", exact: true });
    await expect(facts).toContainText(new RegExp(`Traces\\s*${expected.count};`));
    await window.page.getByRole("tab", { name: /^Traces/ }).click();
  });
}

function site(folder: TempFolder, name: string): string {
  folder.makeFolder(`${name}/cgi-bin`);
  folder.write(`${name}/${script}`, text);
  folder.makeExecutable(`${name}/${script}`);
  return folder.file(name);
}

async function turnTo(window: WorkbenchWindow, root: string): Promise<void> {
  await window.askForAnotherFolder(root);
  const name = new RegExp(`^Folder ${basename(root)}`);
  await expect(window.page.getByRole("banner").getByRole("button", { name })).toBeVisible();
  await window.waitUntilServing();
  await window.openFile(script);
}

for (const isStored of [true, false]) {
  test(`one truth, ${isStored ? "with" : "without"} stored traces`, async ({ app, window, folder, nextStart }) => {
    test.setTimeout(400_000);
    const [first, second] = [site(folder, "first"), site(folder, "second")];
    for (const root of isStored ? [] : [first, second]) {
      const env = { XDG_DATA_HOME: `${folder.file("profile")}-data` };
      const settings = storePath(realpathSync(root), env).replace(/\.db$/, ".json");
      mkdirSync(dirname(settings), { recursive: true });
      writeFileSync(settings, JSON.stringify({ isOn: false, maxBytes: 1 << 30, maxAgeDays: 30 }));
    }
    await window.openQuietly(first);
    await window.openFile(script);
    await window.latency();
    await window.send(`/${script}`);
    await expectOneTruth(window, "a request", { count: 1, last: { seq: 1, status: 200 } });

    folder.write(`first/${script}`, text.replace("\n", "\r\n"));
    await window.send();
    await expectOneTruth(window, "a mistake", { count: 2, last: { seq: 2, status: 500 } });

    await window.tab("Doctor");
    await window.page.getByRole("button", { name: `${fixTitle("use-line-feeds")}…` }).click();
    await window.page.getByRole("button", { name: "Apply and send again" }).click();
    const proof = window.page.locator("[data-proof]");
    await expect(proof).toHaveAttribute("data-proof", "gone");
    await expectOneTruth(window, "the fix", { count: 3, last: { seq: 3, status: 200 } });
    await proof.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => folder.read(`first/${script}`)).toContain("\r\n");
    await window.send();
    await expectOneTruth(window, "the fix undone", { count: 4, last: { seq: 4, status: 500 } });

    await app.close();
    const next = await nextStart();
    await next.openQuietly(first);
    await next.openFile(script);
    await next.latency();
    const kept = isStored ? 4 : 0;
    await expectOneTruth(next, "the next start", { count: kept, last: isStored ? { seq: 4, status: 500 } : null });
    await next.send(`/${script}`);
    await expectOneTruth(next, "a request more", { count: kept + 1, last: { seq: kept + 1, status: 500 } });

    await turnTo(next, second);
    await expectOneTruth(next, "another folder", { count: 0, last: null });
    await next.send(`/${script}`);
    await expectOneTruth(next, "a request there", { count: 1, last: { seq: 1, status: 200 } });

    await turnTo(next, first);
    const back: Expected = isStored ? { count: 5, last: { seq: 5, status: 500 } } : { count: 0, last: null };
    await expectOneTruth(next, "back", back);
    await next.send(`/${script}`);
    const seq = isStored ? 6 : 2; // never given again in the life of a server
    const all: Expected = { count: back.count + 1, last: { seq, status: 500 } };
    await expectOneTruth(next, "a request again", all);

    await next.row(seq).click();
    await next.traces.focus();
    await next.page.keyboard.press("Delete");
    await expectOneTruth(next, "it is deleted", back);
    await next.page.getByRole("button", { name: "Undo" }).last().click();
    await expectOneTruth(next, "it is back", all);
  });
}

async function render(window: WorkbenchWindow): Promise<void> {
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
}

test("a redirect of an earlier session shows the page that it led to", async ({ app, window, folder, nextStart }) => {
  test.setTimeout(200_000);
  const root = site(folder, "first");
  folder.write("first/cgi-bin/go.cgi", `#!/bin/sh\nprintf 'Status: 303\\nLocation: /${script}\\n\\n'\n`);
  folder.makeExecutable("first/cgi-bin/go.cgi");
  await window.openQuietly(root);
  await window.send("/cgi-bin/go.cgi");
  await render(window);
  await window.page.getByRole("button", { name: "Follow (sends a request)" }).click();
  await expect(window.rows).toHaveCount(2);
  await app.close();

  const next = await nextStart();
  await next.openQuietly(root);
  await next.row(1).click();
  await render(next);
  await expect(next.trace.locator('[data-part="remarks"]')).toContainText("#1 and #2 as recorded");
  await expect(next.rows).toHaveCount(2);
});
