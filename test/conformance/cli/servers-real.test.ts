// `cgi-workbench servers --real`: the servers that are installed here get the same request, and serve no other client.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serversReport } from "../../../server/contract/command-output.js";
import { serverIds } from "../../../server/contract/server-ids.js";
import { setups } from "../../../server/features/servers/real/setups.js";
import { commandLine, startCommand } from "../../support/command-line.js";
import { rawExchange } from "../../support/raw-exchange.js";
import { missingOf } from "../../support/servers/real-servers.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const installed = serverIds.filter((id) => missingOf(id).length === 0);
let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const path of [folder.path, folder.file("cgi-bin")]) chmodSync(path, 0o755); // root's Apache has another user
});
afterAll(() => folder[Symbol.dispose]());

function script(name: string, source: string): string {
  folder.write(`cgi-bin/${name}`, `#!/bin/sh\n${source}\n`);
  folder.makeExecutable(`cgi-bin/${name}`);
  return `/cgi-bin/${name}`;
}

async function report(target: string, ...options: string[]) {
  const { stdout, stderr, exitCode } = await commandLine(["servers", folder.path, target, "--json", ...options]);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  return serversReport.parse(JSON.parse(stdout.toString()));
}

const scripts: [name: string, source: string, options: string[]][] = [
  ["page.cgi", "printf 'Content-Type: text/plain\\nX-A: \\374\\n\\nhello\\n'", []],
  ["head.cgi", "printf 'Content-Type: text/plain\\nContent-Length: 6\\n\\nhello\\n'", ["-X", "HEAD"]],
  ["header.cgi", "printf 'Content-Type: text/html\\nno header\\n\\n<p>hello</p>\\n'", []],
  ["status.cgi", "printf 'Status: 404 Not here\\nContent-Type: text/plain\\n\\nnone\\n'; echo why >&2", []],
  ["form.cgi", 'printf "Content-Type: text/plain\\n\\n"; head -c "$CONTENT_LENGTH"', ["-d", "a=\u00fc&b=2"]],
];
test.each(scripts)("%s is answered as predicted by each server that is installed", async (name, source, options) => {
  const target = script(name, source);
  const predicted = await report(target, ...options);
  const real = await report(target, "--real", ...options);
  for (const id of serverIds) {
    const [given, seen] = [predicted[id], real[id]];
    if (!installed.includes(id)) {
      expect(seen).toMatchObject({
        seen: false,
        unseen: { code: id in setups ? "server-not-installed" : "not-started-here" },
        status: given?.status,
      });
      continue;
    }
    expect({ id, status: seen?.status, body: seen?.bodyBase64 }).toEqual({
      ...{ id, status: given?.status, body: given?.bodyBase64 },
    });
    expect(seen).toMatchObject({ seen: true, unseen: null, why: given?.why });
  }
  if (name === "header.cgi" && installed.includes("apache"))
    expect(real.apache?.log).toBe("malformed header from script 'header.cgi': Bad header: no header");
  if (name === "status.cgi") for (const id of installed) expect(real[id]?.log).toContain("why");
});

test("a server that cannot find the script by its path is not asked, and says so", async () => {
  const config = join(folder.path, "routes.json");
  folder.write("routes.json", JSON.stringify({ routes: [{ path: "/shop", file: "cgi-bin/page.cgi" }] }));
  script("page.cgi", scripts[0]?.[1] ?? "");
  const real = await report("/shop/1", "--real", "--config", config);
  const ids = installed.filter((id) => setups[id]?.needsRoot);
  for (const id of ids)
    expect(real[id]).toMatchObject({
      seen: false,
      unseen: { code: id === "h2o" ? "name-without-ending" : "script-elsewhere" },
    });
  for (const id of installed.filter((one) => !ids.includes(one)))
    expect({ id, ...real[id] }).toMatchObject({ id, seen: true, status: 200 });
});

test("mail that a script sends on a real server is discarded, and a script that sends it by path is not run", async () => {
  const caught = script("mail.cgi", "sendmail -t </dev/null 2>&1 | sed '1s/^/Content-Type: text\\/plain\\n\\n/'");
  const real = await report(caught, "--real");
  for (const id of installed)
    expect({ id, body: Buffer.from(real[id]?.bodyBase64 ?? "", "base64").toString() }).toEqual({
      ...{ id, body: "sendmail: this mail was caught and not sent\n" },
    });
  const path = script("path.cgi", "touch ran\nprintf 'Content-Type: text/plain\\n\\n'\n[ ] && /usr/sbin/sendmail -t");
  const refused = await report(path, "--real");
  for (const id of installed) expect(refused[id]).toMatchObject({ seen: false, unseen: { code: "mail-not-caught" } });
  expect(existsSync(folder.file("cgi-bin/ran"))).toBe(false);
});

/** Scripts that have begun, and an end for those that wait for it. */
const waiting = () => {
  folder.write("count", "");
  chmodSync(folder.file("count"), 0o666);
  execFileSync("mkfifo", [folder.file("end")]);
  return script(
    "wait.cgi",
    `echo . >>'${folder.path}/count'\nprintf 'Content-Type: text/plain\\n\\n'\n[ $(wc -l <'${folder.path}/count') = 1 ] || cat '${folder.path}/end'`,
  );
};
const begun = (): number => readFileSync(folder.file("count"), "latin1").length / 2;
const own = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("cgi-workbench-server-"));
const running = (name: string): boolean =>
  execFileSync("ps", ["-eo", "args"], { encoding: "latin1" }).includes(join(tmpdir(), name));

test.skipIf(!installed.includes("apache"))(
  "strangers run nothing, and an interrupted server leaves nothing (needs apache2)",
  async () => {
    const target = waiting();
    const before = own();
    const command = startCommand(["servers", folder.path, target, "--real"], {});
    const ended = new Promise((resolve) => command.once("close", resolve));
    await waitFor("Apache starts the script", () => begun() === 2);
    const [name = ""] = own().filter((one) => !before.includes(one));
    const port = /Listen 127\.0\.0\.1:(\d+)/.exec(readFileSync(join(tmpdir(), name, "server.conf"), "latin1"))?.[1];
    for (let n = 0; n < 1000; n++) {
      const response = await rawExchange(
        Number(port),
        `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
      );
      expect(response.toString()).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect(begun()).toBe(2);
    command.kill("SIGINT");
    await ended;
    expect(own()).not.toContain(name);
    await waitFor("Apache has ended", () => !running(name));
  },
);
