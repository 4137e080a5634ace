// What the pages of one folder leave in the preview is not for the pages and scripts of the next.
import { portForProgram } from "../support/free-port.js";
import { type TempFolder, tempFolder } from "../support/temp-workspace.js";
import { expectPreview, previewedPage } from "./previewed-page.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

function page(folder: TempFolder, name: string, html: string): void {
  folder.makeFolder("cgi-bin");
  folder.write(`cgi-bin/${name}`, `#!/bin/sh\ncat <<'END'\nContent-Type: text/html\n\n${html}\nEND\n`);
  folder.makeExecutable(`cgi-bin/${name}`);
}

async function render(window: WorkbenchWindow): Promise<void> {
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
}

test("cookies and storage of a folder's pages do not reach the next folder (B6)", async ({ app, window }) => {
  using bank = tempFolder();
  using other = tempFolder();
  page(
    bank,
    "bank.sh",
    `<p id="p"></p><script>document.cookie = "sid=BANKSECRET; path=/"; localStorage.token = "BANKTOKEN";
     p.textContent = "kept " + document.cookie + localStorage.token</script>`,
  );
  page(
    other,
    "other.sh",
    `<p id="p"></p><script>p.textContent = "found [" + document.cookie + (localStorage.token ?? "") + "]"</script>
     <a href="/cgi-bin/cookie.sh">on</a>`,
  );
  other.write("cgi-bin/cookie.sh", '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\ngot [$HTTP_COOKIE]"\n');
  other.makeExecutable("cgi-bin/cookie.sh");

  // both at one address: by default the second folder may get another port
  const config = JSON.stringify({ server: { port: await portForProgram() } });
  for (const folder of [bank, other]) folder.write("cgi-workbench.json", config);
  await window.openFolder(bank.path);
  const address = await window.serverAddress();
  await window.send("/cgi-bin/bank.sh");
  await render(window);
  await expectPreview(app, "kept sid=BANKSECRETBANKTOKEN");

  await window.askForAnotherFolder(other.path);
  await expect(window.files).toContainText("other.sh");
  expect(await window.serverAddress()).toBe(address);
  await expect(window.rows).toHaveCount(0);
  await expect.poll(() => previewedPage(app)).toBeNull();
  await window.send("/cgi-bin/other.sh");
  await render(window);
  const shown = await expectPreview(app, /^\s*found /);
  await expect.poll(() => shown.locator("#p").textContent()).toBe("found []");
  await shown.locator("a").click();
  await expectPreview(app, "got []");
});

test("under a name of its own in a browser's tab, a folder has cookies and storage of its own", {
  tag: "@browser",
}, async ({ app, window }) => {
  using folder = tempFolder();
  page(folder, "keep.sh", `<script>document.cookie = "sid=1; path=/"; localStorage.token = "T"</script>`);
  page(
    folder,
    "found.sh",
    `<p id="p"></p><script>p.textContent = "found [" + document.cookie + (localStorage.token ?? "") + "]"</script>`,
  );
  await window.openFolder(folder.path);
  const { port } = new URL(await window.serverAddress());
  const tab = await app.page.context().newPage();
  const found = async (host: string): Promise<string | null> => {
    await tab.goto(`http://${host}:${port}/cgi-bin/found.sh`);
    return tab.locator("#p").textContent();
  };
  await tab.goto(`http://shop.localhost:${port}/cgi-bin/keep.sh`);
  expect(await found("shop.localhost")).toBe("found [sid=1T]");
  for (const host of ["bank.localhost", "localhost", "127.0.0.1"]) expect(await found(host)).toBe("found []");
  await tab.close();
});
