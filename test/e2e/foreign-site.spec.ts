// A page of another site in the user's own browser, and what a folder's page
// would leave there: tried in a real browser.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { tempFolder } from "../support/temp-workspace.js";
import { expectPreview } from "./previewed-page.js";
import { expect, test } from "./shell.js";

const marking = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\ntouch \"$DOCUMENT_ROOT/ran-$QUERY_STRING\"\n";

let evil: Server;
let evilPage = "";
test.beforeAll(async () => {
  evil = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(evilPage);
  });
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
});
test.afterAll(() => {
  evil.close();
});

/** A page that tries every way to run `mark.sh`, and says in its title what it could read. */
const attackOn = (scripts: string, ui: string): string => `<title>evil</title><iframe id="ui" src="${ui}/"></iframe>
<iframe src="${scripts}/cgi-bin/mark.sh?iframe"></iframe><embed src="${scripts}/cgi-bin/mark.sh?embed">
<object data="${scripts}/cgi-bin/mark.sh?object"></object>
<script src="${scripts}/secret.js"></script><img src="${scripts}/cgi-bin/mark.sh?image">
<script>
(async () => {
  const found = {};
  const attempt = (name, work) => work().then((value) => (found[name] = String(value)), () => (found[name] = "refused"));
  await attempt("no-cors", () => fetch("${scripts}/cgi-bin/mark.sh?no-cors", { mode: "no-cors" }).then(() => "opaque"));
  await attempt("cors", () => fetch("${scripts}/cgi-bin/mark.sh?cors").then((answer) => answer.text()));
  await attempt("preflight", () => fetch("${scripts}/cgi-bin/mark.sh?preflight", { method: "PUT" }).then(() => "sent"));
  await attempt("post", () => fetch("${scripts}/cgi-bin/mark.sh?post", { method: "POST", mode: "no-cors", body: "x" }).then(() => "opaque"));
  await attempt("window", () => fetch("${ui}/").then((answer) => answer.text()));
  await attempt("socket", () => new Promise((resolve, reject) => {
    const socket = new WebSocket("${ui.replace("http", "ws")}/rpc");
    socket.onopen = () => resolve("open");
    socket.onerror = reject;
  }));
  found.stolen = String(window.stolen);
  document.title = JSON.stringify(found);
})();
</script>`;

test("a page of another site runs no script, reads nothing and frames neither the window nor its data (R2, R14)", {
  tag: "@browser",
}, async ({ app, window }) => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/mark.sh", marking);
  folder.makeExecutable("cgi-bin/mark.sh");
  folder.write("secret.js", "window.stolen = 1");
  await window.openFolder(folder.path);
  const scripts = await window.serverAddress();
  const ui = new URL(app.page.url()).origin;
  evilPage = attackOn(scripts, ui);
  const address = evil.address();
  if (typeof address !== "object" || address === null) throw new Error("a listening server has an address");
  const page = await app.page.context().newPage();
  // another site: the browser resolves it to this machine, as after DNS rebinding
  await page.goto(`http://evil.localhost:${address.port}/`);
  await expect.poll(() => page.title()).toMatch(/^\{/);
  const found: unknown = JSON.parse(await page.title());
  expect(found).toMatchObject({
    cors: "refused",
    preflight: "refused",
    window: "refused",
    socket: "refused",
    stolen: "undefined",
  });
  const framed = page.frame({ url: /^http:\/\/127/ });
  expect(await framed?.title().catch(() => "")).not.toBe("CGI Workbench");
  for (const way of ["iframe", "embed", "object", "image", "no-cors", "cors", "preflight", "post"])
    expect(() => folder.read(`ran-${way}`), way).toThrow("ENOENT");
  await page.close();
});

/** Each user of the machine may take any other loopback address: this page is another user's, if it can be. */
const thief = `
  const [port, page] = process.argv.slice(1);
  const { createServer } = require("node:http");
  const server = createServer((_request, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(page));
  server.listen(Number(port), "127.0.0.2", () => console.log("listening"));`;
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

test("a page at the same port of another loopback address is a foreign one (C2)", {
  tag: "@browser",
}, async ({ app, window }) => {
  test.skip(process.platform !== "linux", "only Linux has every address of 127.0.0.0/8");
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/mark.sh", marking);
  folder.makeExecutable("cgi-bin/mark.sh");
  folder.write("secret.js", "window.stolen = 1");
  await window.openFolder(folder.path);
  const scripts = await window.serverAddress();
  const { port } = new URL(scripts);
  const attack = attackOn(scripts, new URL(app.page.url()).origin);
  const other = spawn(process.execPath, ["--eval", thief, port, attack], { cwd: "/", ...nobody });
  try {
    await once(other.stdout, "data");
    const page = await app.page.context().newPage();
    await page.goto(`http://127.0.0.2:${port}/`);
    await expect.poll(() => page.title()).toMatch(/^\{/);
    expect(JSON.parse(await page.title())).toMatchObject({
      cors: "refused",
      preflight: "refused",
      stolen: "undefined",
    });
    for (const way of ["iframe", "embed", "object", "image", "no-cors", "cors", "preflight", "post"])
      expect(() => folder.read(`ran-${way}`), way).toThrow("ENOENT");
    await page.goto(`http://localhost:${port}/cgi-bin/mark.sh?own`); // which is ours at both of its addresses
    expect(folder.read("ran-own")).toBe("");
    await page.close();
  } finally {
    other.kill("SIGKILL");
  }
});

test("a page of another site has no script run in advance", { tag: "@browser" }, async ({ app, window }) => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/mark.sh", marking);
  folder.makeExecutable("cgi-bin/mark.sh");
  await window.openFolder(folder.path);
  const scripts = await window.serverAddress();
  const rules = {
    prefetch: [{ source: "list", urls: [`${scripts}/cgi-bin/mark.sh?prefetch`], eagerness: "immediate" }],
  };
  evilPage = `<title>evil</title><script type="speculationrules">${JSON.stringify(rules)}</script>`;
  const address = evil.address();
  if (typeof address !== "object" || address === null) throw new Error("a listening server has an address");
  const page = await app.page.context().newPage();
  await page.goto(`http://evil.localhost:${address.port}/`);
  await expect(app.page.getByRole("row").filter({ hasText: "mark.sh?prefetch" })).toContainText("403");
  expect(() => folder.read("ran-prefetch")).toThrow("ENOENT");
  await page.close();
});

test("a service worker of one page answers for no script (B5)", async ({ app, window }) => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("sw.js", 'onfetch = (event) => event.respondWith(new Response("forged"));');
  folder.write(
    "cgi-bin/install.sh",
    `#!/bin/sh\ncat <<'END'\nContent-Type: text/html\n\n<p id="found"></p><script>
navigator.serviceWorker.register("/sw.js").then(() => "registered", (error) => error.name)
  .then((text) => { document.getElementById("found").textContent = text; });
</script>\nEND\n`,
  );
  folder.makeExecutable("cgi-bin/install.sh");
  await window.openFolder(folder.path);
  await window.send("/cgi-bin/install.sh");
  const panel = await window.tab("Response");
  await panel.getByRole("radiogroup", { name: "Response as" }).getByText("Rendered", { exact: true }).click();
  const shown = await expectPreview(app, /Error/);
  expect(await shown.locator("#found").textContent()).toMatch(/^(Security|Type)Error$/);
  expect(app.complaints.splice(0).filter((words) => !words.includes("403"))).toEqual([]);
});

test("what a script and a folder are called is shown as text in every view", async ({ app, window }) => {
  using folder = tempFolder();
  const markup = '<img src=x onerror="window.hurt=1">';
  const name = "<img src=x onerror=window.hurt=1>.sh";
  folder.makeFolder("cgi-bin");
  folder.write(
    `cgi-bin/${name}`,
    `#!/bin/sh\nprintf '%s' '${markup}' >&2\nprintf '%s\\n' 'Content-Type: text/plain' 'Set-Cookie: a=${markup}' 'X-Hurt: ${markup}' '' '${markup}'\n`,
  );
  folder.makeExecutable(`cgi-bin/${name}`);
  await window.openFolder(folder.path);
  await window.openFile(`cgi-bin/${name}`);
  await window.send();
  for (const tab of ["X-ray", "Env", "Stdout", "Stderr", "Response", "Timing", "Encoding", "Doctor"] as const) {
    await window.tab(tab);
    await expect(app.page.locator('img[src="x"]')).toHaveCount(0);
  }
  expect(await app.page.evaluate(() => "hurt" in globalThis)).toBe(false);
});
