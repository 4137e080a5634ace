// HAR as Firefox writes it: a real one loads a page of scripts with its developer tools open, saves what it recorded,
// and the file is imported with every byte of the bodies.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { z } from "zod";
import { storedTraces } from "../../../server/contract/command-output.js";
import { trace as traceSchema } from "../../../server/contract/trace.js";
import { commandLine, serve } from "../../support/command-line.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { mistakesInHar } from "../../support/valid-har.js";
import { waitFor } from "../../support/wait-for.js";

const firefox = program("firefox") ?? program("firefox-esr");
const deadlineMs = 900_000;

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
const targets = ["/page.html", "/cgi-bin/echo.sh?posted", "/cgi-bin/bytes.sh", "/cgi-bin/packed.sh", "/cgi-bin/old.sh"];

/** Loaded again and again: the tools record from the first load on that begins after they are open. */
const page = `<!doctype html><meta charset="utf-8"><title>Page</title>
<script>
const form = new FormData();
form.append("name", "Zoë");
form.append("file", new Blob([Uint8Array.from({ length: 256 }, (_, index) => index)]), "every.bin");
const read = (target, options) => fetch(target, options).then((response) => response.arrayBuffer());
addEventListener("load", async () => {
  await read("/cgi-bin/echo.sh?posted", { method: "POST", body: form });
  for (const name of ["bytes", "packed", "old"]) await read("/cgi-bin/" + name + ".sh");
  setTimeout(() => location.reload(), 8000);
});
</script>`;

const preferences = (harFolder: string): string =>
  Object.entries({
    "devtools.toolbox.selectedTool": "netmonitor",
    "devtools.netmonitor.har.enableAutoExportToFile": true,
    "devtools.netmonitor.har.defaultLogDir": harFolder,
    "devtools.netmonitor.har.includeResponseBodies": true,
    "devtools.netmonitor.har.pageLoadedTimeout": 2500,
    "browser.shell.checkDefaultBrowser": false,
    "browser.aboutwelcome.enabled": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
  })
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join("");

function site(): TempFolder {
  const folder = tempFolder();
  const script = (name: string, source: string): void => {
    folder.write(`cgi-bin/${name}`, `#!/bin/sh\n${source}\n`);
    folder.makeExecutable(`cgi-bin/${name}`);
  };
  const beside = '"$(dirname "$0")"';
  folder.makeFolder("cgi-bin");
  folder.write("page.html", page);
  folder.write("cgi-bin/every.dat", everyByte);
  folder.write("cgi-bin/packed.gz", gzipSync("Zoë, packed\n"));
  script("echo.sh", "printf 'Content-Type: application/octet-stream\\nSet-Cookie: seen=yes; Path=/\\n\\n'; cat");
  script("bytes.sh", `printf 'Content-Type: application/octet-stream\\n\\n'; cat ${beside}/every.dat`);
  script(
    "packed.sh",
    `printf 'Content-Type: text/plain; charset=utf-8\\nContent-Encoding: gzip\\n\\n'; cat ${beside}/packed.gz`,
  );
  script("old.sh", "printf 'Content-Type: text/plain; charset=iso-8859-1\\n\\nZo\\353'");
  return folder;
}

const entries = z.object({ log: z.object({ entries: z.array(z.object({ request: z.object({ url: z.string() }) })) }) });

/** Null: it is still being written. */
function wholeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The first file that has all requests; null: there is none yet. */
function recorded(folder: string): string | null {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const text = readFileSync(join(folder, name), "utf8");
    const har = wholeJson(text);
    if (har === null) continue;
    const urls = entries.parse(har).log.entries.map(({ request }) => request.url);
    if (targets.every((target) => urls.some((url) => url.endsWith(target)))) return join(folder, name);
  }
  return null;
}

test.skipIf(firefox === null)(
  "a recording of Firefox is imported (needs firefox-esr)",
  { timeout: 1_200_000 },
  async () => {
    using folder = site();
    using home = tempFolder();
    const env = { ...process.env, XDG_DATA_HOME: home.file("data"), HOME: home.path };
    const hars = home.file("hars");
    home.makeFolder("profile");
    home.write("profile/user.js", preferences(hars));
    home.makeFolder("hars");
    await using server = await serve([folder.path, "--port", "0", "--no-traces"], { env });
    const address = `http://127.0.0.1:${server.port}/page.html`;
    const browser = spawn(
      firefox ?? "",
      ["--headless", "--no-remote", "--profile", home.file("profile"), "-devtools", address],
      { env, stdio: "ignore" },
    );
    const ended = once(browser, "close");
    let har = "";
    try {
      har = await waitFor("Firefox saves what it recorded", () => recorded(hars), deadlineMs);
    } finally {
      browser.kill();
      await ended;
    }
    expect(mistakesInHar(JSON.parse(readFileSync(har, "utf8")))).toEqual([]);

    const imported = await commandLine(["import", folder.path, har], { env });
    expect([imported.exitCode, imported.stderr]).toEqual([0, ""]);
    const traceOf = async (query: string) => {
      const found = await commandLine(["traces", folder.path, query, "--json"], { env });
      const [row] = storedTraces.parse(JSON.parse(found.stdout.toString())).rows;
      const { stdout } = await commandLine(["trace", folder.path, row?.id ?? "", "--json"], { env });
      const { request, response } = traceSchema.parse(JSON.parse(stdout.toString()));
      return { request, response, sent: bodyOf(request.body.base64), received: bodyOf(response?.body.base64) };
    };
    const bodyOf = (base64 = "") => Buffer.from(base64, "base64");

    const posted = await traceOf("path:echo.sh");
    expect(posted.request).toMatchObject({ method: "POST", target: "/cgi-bin/echo.sh?posted", httpVersion: "1.1" });
    expect(posted.sent.includes(everyByte)).toBe(true);
    expect(posted.sent.includes(Buffer.from('name="name"\r\n\r\nZoë\r\n'))).toBe(true);
    expect(posted.received.equals(posted.sent)).toBe(true); // the script sends back what it got
    expect(posted.response?.headers).toContainEqual(["Set-Cookie", "seen=yes; Path=/"]);
    const bytes = await traceOf("path:bytes.sh");
    expect(bytes.received.equals(everyByte)).toBe(true);
    expect(bytes.request.headers).toContainEqual(["Cookie", "seen=yes"]);
    expect((await traceOf("path:old.sh")).received.toString("latin1")).toBe("Zoë");
    expect((await traceOf("path:packed.sh")).received.toString()).toBe("Zoë, packed\n");
    expect((await traceOf("path:page.html")).received.toString()).toBe(page);
  },
);
