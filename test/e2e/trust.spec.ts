// A folder from elsewhere: nothing of its own runs until the user trusts it, and one line says so.
import { existsSync, statSync } from "node:fs";
import type { TempFolder } from "../support/temp-workspace.js";
import { expectPreview } from "./previewed-page.js";
import { expect, test } from "./shell.js";

test.use({ trusts: false });

const config = {
  server: { allowedOrigins: ["http://evil.test"] },
  handlers: { ".py": { interpreter: ["./bin/python3"] } },
  scripts: { "app.fcgi": { start: "always", mode: "fastcgi" } },
  routes: [{ path: "/disk/", dir: "/etc" }],
};
const marks = (name: string): string => `#!/bin/sh\ntouch "$(dirname "$0")/../ran-${name}"\n`;

/** A folder that tries to run `bin/python3` and `app.fcgi`. */
function strange(folder: TempFolder): string {
  for (const name of ["site", "site/bin", "site/cgi-bin"]) folder.makeFolder(name);
  folder.write("site/cgi-workbench.json", JSON.stringify(config, null, 2));
  folder.write("site/bin/python3", `${marks("python")}printf 'Content-Type: text/plain\\n\\nits own python'\n`);
  folder.write("site/app.fcgi", '#!/bin/sh\ntouch "$(dirname "$0")/ran-fcgi"\n');
  folder.write("site/cgi-bin/page.py", "print()\n");
  folder.write("site/cgi-bin/linked.py", "#!/proc/self/cwd/../bin/python3\nprint()\n");
  folder.write(
    "site/cgi-bin/plain.sh",
    `#!/bin/sh\nprintf 'Content-Type: text/html\\n\\n<p>plain</p><a href="plain.sh?again">again</a>'\n`,
  );
  for (const name of ["bin/python3", "app.fcgi", "cgi-bin/linked.py", "cgi-bin/plain.sh"])
    folder.makeExecutable(`site/${name}`);
  return folder.file("site");
}
const ran = (site: string): boolean =>
  ["ran-python", "ran-fcgi", "cgi-bin/ran-python"].some((name) => existsSync(`${site}/${name}`));

test("a folder never opened before starts nothing of its own, and works at once for plain scripts", async ({
  app,
  window,
  folder,
}) => {
  const site = strange(folder);
  await window.isReady();
  await window.openFolder(site);
  await window.waitUntilServing();
  const line = app.page.getByRole("region", { name: "Trust", exact: true });
  await expect(line).toContainText("You have not trusted this folder yet.");
  await expect(line).toContainText("and 2 more");
  const address = await window.serverAddress();

  await window.openFile("cgi-bin/linked.py");
  await window.openFile("cgi-bin/plain.sh");
  const first = await window.send();
  await expect(window.row(first)).toHaveAttribute("data-outcome", "ok");
  await expect(await window.tab("Response")).toContainText("plain");
  expect((await fetch(`${address}/cgi-bin/plain.sh`)).status).toBe(503);
  await expect(window.row(first + 1)).toContainText("503");

  await window.rewrite("#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nsaved'\n");
  await expect.poll(() => folder.read("site/cgi-bin/plain.sh")).toContain("saved");
  const second = await window.send();
  expect(second).toBe(first + 2); // the save sent nothing

  const refused = await window.send("/cgi-bin/page.py");
  await expect(window.row(refused)).toContainText("503");
  const elsewhere = await window.send("/disk/hostname");
  await expect(window.row(elsewhere)).toContainText("503");
  expect(ran(site)).toBe(false);

  await line.getByRole("button", { name: "Trust this folder" }).click();
  await expect(line).toHaveCount(0);
  await expect.poll(() => existsSync(`${site}/ran-fcgi`)).toBe(true);
  await window.send("/cgi-bin/page.py");
  await expect(await window.tab("Response")).toContainText("its own python");
  expect((await fetch(`${address}/cgi-bin/plain.sh`)).status).toBe(200);
  expect(statSync(folder.file("profile-data/cgi-workbench/trusted-folders.json")).mode & 0o777).toBe(0o600);
});

test("trust is ended in the Server view, and what the folder wants is shown again", async ({ app, window, folder }) => {
  const site = strange(folder);
  await window.isReady();
  await window.openFolder(site);
  const line = app.page.getByRole("region", { name: "Trust", exact: true });
  await line.getByRole("button", { name: "Trust this folder" }).click();
  await expect(line).toHaveCount(0);
  await window.runCommand("Show server");
  const facts = app.page.getByRole("region", { name: "Server", exact: true });
  await expect(facts).toContainText("You trust this folder.");
  await facts.getByRole("button", { name: "End trust" }).click();
  await expect(facts).toContainText("You do not trust this folder.");
  await expect(line).toContainText("You have not trusted this folder yet.");
  await app.page.getByRole("tab", { name: /^Traces/ }).click();
  const refused = await window.send("/disk/hostname");
  await expect(window.row(refused)).toContainText("503");
});

test("a setting that another program changes asks again; the command in the palette trusts too", async ({
  app,
  window,
  folder,
}) => {
  const site = strange(folder);
  folder.remove("site/cgi-workbench.json");
  await window.isReady();
  await window.openFolder(site);
  const line = app.page.getByRole("region", { name: "Trust", exact: true });
  await expect(line).toContainText("Only the composer and the preview run its scripts.");
  await window.runCommand("Trust this folder");
  await expect(line).toHaveCount(0);
  folder.write("site/cgi-workbench.json", JSON.stringify(config));
  await expect(line).toContainText("The settings of this folder were changed outside this window.");
  expect(ran(site)).toBe(false);
  await line.getByRole("button", { name: "Details" }).click();
  await expect(app.page.getByText("handlers .py interpreter", { exact: true })).toBeVisible();
});

test("the preview of an untrusted folder follows its own links, and an address that is typed is refused", async ({
  app,
  window,
  folder,
}) => {
  const site = strange(folder);
  await window.isReady();
  await window.openFolder(site);
  await window.waitUntilServing();
  await window.openFile("cgi-bin/plain.sh");
  const seq = await window.send();
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
  const page = await expectPreview(app, "plain");
  await page.locator("a").click();
  await expect(window.row(seq + 1)).toContainText("?again");
  await expect(window.row(seq + 1)).toHaveAttribute("data-outcome", "ok");
  await expect(window.row(seq + 1)).toContainText("200");
  expect((await fetch(`${await window.serverAddress()}/`, { headers: { "Sec-Fetch-Site": "none" } })).status).toBe(503);
});

test("ways to run are measured once the folder is trusted, which the same button does", async ({ window, folder }) => {
  const { page } = window;
  await window.openFolder(strange(folder));
  await window.openFile("cgi-bin/plain.sh");
  await window.runCommand("Show ways to run this script");
  const ways = page.getByRole("region", { name: "Ways to run plain.sh" });
  await ways.getByRole("spinbutton", { name: "Seconds for each mode" }).fill("0.1");
  await ways.getByRole("button", { name: "Trust and measure" }).click();
  await expect(ways.getByRole("button", { name: "Measure again" })).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole("region", { name: "Trust" })).toHaveCount(0);
});
