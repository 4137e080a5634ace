// What a user without rights meets: folders and scripts that may not be read, in words and never as a crash. Root may
// read everything, so a test run by root has the built program run as the user "nobody".
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandLine, serve } from "../../support/command-line.js";
import { TestApplication } from "../../support/fastcgi-application.js";
import { get } from "../../support/raw-exchange.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
const asNobody = nobody === undefined ? {} : { uid: nobody, gid: nobody };
/** A checkout in root's home is closed to others, and then nobody can run what is in it. */
const canRun =
  process.platform !== "win32" &&
  spawnSync(process.execPath, ["--eval", "require('node:fs').accessSync(process.argv[1])", repositoryRoot], {
    cwd: "/",
    ...asNobody,
  }).status === 0;

let folder: TempFolder;
const options = () => ({
  uid: nobody,
  cwd: "/",
  env: { PATH: process.env["PATH"], HOME: folder.path, XDG_RUNTIME_DIR: folder.file("run") },
});
const script = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n";

beforeEach(() => {
  folder = tempFolder();
  mkdirSync(folder.file("run"), { mode: 0o700 });
  mkdirSync(folder.file("site"));
  for (const path of [folder.path, folder.file("run"), folder.file("site")])
    if (nobody !== undefined) chownSync(path, nobody, nobody);
});
afterEach(() => {
  chmodSync(folder.file("site"), 0o755); // who is not root could not remove it otherwise
  folder[Symbol.dispose]();
});

/** A file of the site that belongs to whom the program runs as. */
function write(name: string, text: string, mode: number): void {
  const path = `site/${name}`;
  mkdirSync(dirname(folder.file(path)), { recursive: true });
  folder.write(path, text);
  chmodSync(folder.file(path), mode);
  if (nobody !== undefined) for (const made of [path, dirname(path)]) chownSync(folder.file(made), nobody, nobody);
}

describe.skipIf(!canRun)("without permission (needs root, and a checkout that others may read)", () => {
  test.each(["serve", "request"])("%s reports a folder without read permission, and the fix", async (verb) => {
    chmodSync(folder.file("site"), 0o000);
    const { exitCode, stdout, stderr } = await commandLine(
      [verb, folder.file("site"), ...(verb === "request" ? ["/"] : ["--port", "0"])],
      options(),
    );
    expect(stderr).toBe(
      `cgi-workbench: You have no permission to read the folder ${folder.file("site")}. Change its permissions (chmod u+rx), or choose another folder.\n`,
    );
    expect(stdout.length).toBe(0);
    expect(exitCode).toBe(1);
  });

  test("a folder and files in it that may not be read are refused one by one; the others are served", async () => {
    write("cgi-bin/open.sh", script, 0o755);
    write("cgi-bin/closed.sh", script, 0o000);
    write("page.txt", "page\n", 0o644);
    write("closed.txt", "closed\n", 0o000);
    write("inside/page.txt", "page\n", 0o644);
    chmodSync(folder.file("site/inside"), 0o000);
    await using server = await serve([folder.file("site"), "--port", "0", "--no-ui"], options());
    const statuses: Record<string, number> = {};
    for (const target of ["/page.txt", "/closed.txt", "/inside/page.txt", "/cgi-bin/closed.sh", "/cgi-bin/open.sh"])
      statuses[target] = (await get(server.port, target)).status;
    expect(statuses).toEqual({
      "/page.txt": 200,
      "/closed.txt": 403,
      "/inside/page.txt": 403,
      "/cgi-bin/closed.sh": 500,
      "/cgi-bin/open.sh": 200,
    });
    chmodSync(folder.file("site/inside"), 0o755);
    expect(await server.stop()).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("a script's trace says what was missing", async () => {
    write("cgi-bin/closed.cgi", script, 0o000);
    const { exitCode, stdout } = await commandLine(
      ["request", folder.file("site"), "/cgi-bin/closed.cgi", "--json"],
      options(),
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout.toString())).toMatchObject({ outcome: "spawn-error", process: { errno: "EACCES" } });
  });

  test.each(["request", "doctor"])("%s names the folder of an interpreter that may not be searched", async (verb) => {
    mkdirSync(folder.file("site/closed"));
    chmodSync(folder.file("site/closed"), 0o000);
    write("cgi-bin/x.cgi", `#!${folder.file("site/closed/sh")}\n`, 0o755);
    const site = folder.file("site");
    const args = verb === "request" ? [site, "/cgi-bin/x.cgi"] : [`${site}/cgi-bin/x.cgi`];
    const { stdout } = await commandLine([verb, ...args, "--json"], options());
    const written = JSON.parse(stdout.toString());
    const findings: unknown = verb === "request" ? written.findings : written.scripts[0].before;
    expect(findings).toMatchObject([
      {
        rule: verb === "request" ? "interpreter-not-executable" : "interpreter-missing",
        title: `The server may not search ${folder.file("site/closed")}, the folder of the interpreter`,
      },
    ]);
    chmodSync(folder.file("site/closed"), 0o755);
  });

  test("F27: a FastCGI application's socket that may not be opened is 502, with what to change", async () => {
    await using application = await TestApplication.listen(
      (r) => void r.answer("Content-Type: text/plain\r\n\r\nhello"),
      {
        path: folder.file("site/app.sock"),
      },
    );
    chmodSync(application.path, 0);
    write("cgi-workbench.json", JSON.stringify({ routes: [{ path: "/app/", address: "unix:app.sock" }] }), 0o644);
    const { stdout } = await commandLine(["request", folder.file("site"), "/app/", "--json"], options());
    expect(JSON.parse(stdout.toString())).toMatchObject({
      outcome: "upstream-error",
      response: { status: 502 },
      code: "socket-permission",
      data: { address: `unix:${application.path}` },
    });
    expect(application.connections).toEqual([]);
  });
});
