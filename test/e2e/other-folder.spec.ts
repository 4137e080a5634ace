// What the pages of one folder leave in the preview is not for the pages and scripts of the next.
import { occupiedPort } from "../support/free-port.js";
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

test("B6: cookies and storage of a folder's pages do not reach the next folder", async ({ app, window }) => {
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
  const taken = await occupiedPort();
  const config = JSON.stringify({ server: { port: taken.port } });
  for (const folder of [bank, other]) folder.write("cgi-workbench.json", config);
  await taken.release();
  await window.openFolder(bank.path);
  const address = await window.serverAddress();
  await window.send("/cgi-bin/bank.sh");
  await render(window);
  await expectPreview(app, "kept sid=BANKSECRETBANKTOKEN");

  await window.askForAnotherFolder(other.path);
  await expect(window.files).toContainText("other.sh");
  expect(await window.serverAddress()).toBe(address);
  await window.row(1).click();
  await expect(window.trace.getByText("Open that folder to render it")).toBeVisible();
  expect(await previewedPage(app)).toBeNull();
  await window.send("/cgi-bin/other.sh");
  await render(window);
  const shown = await expectPreview(app, /^\s*found /);
  await expect.poll(() => shown.locator("#p").textContent()).toBe("found []");
  await shown.locator("a").click();
  await expectPreview(app, "got []");
});
