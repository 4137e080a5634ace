// The folder of the sockets of worker processes: the system, a cleaner or another server may remove it, or what lies in
// it, while the server runs.
import { chmodSync, existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { headOf, startGateway, type TestGateway } from "../../support/gateway.js";
import { repositoryRoot } from "../../support/repository.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let runtime: TempFolder;

beforeEach(() => {
  runtime = tempFolder();
  runtime.makeFolder("user");
  vi.stubEnv("XDG_RUNTIME_DIR", runtime.file("user"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  runtime[Symbol.dispose]();
});

async function serving(): Promise<TestGateway> {
  const gateway = await startGateway({ config: { scripts: { "app.fcgi": { workers: 1 } } } });
  gateway.folder.copyIn("app.fcgi", `${repositoryRoot}/test/fixtures/fastcgi/app.py`);
  gateway.folder.makeExecutable("app.fcgi");
  return gateway;
}

describe.skipIf(program("python3") === null)("an application in Python (needs python3)", () => {
  test.each(["user", "user/cgi-workbench"])("F26: %s was removed: the next process gets a socket", async (removed) => {
    await using gateway = await serving();
    expect(headOf(await gateway.get("/app.fcgi"))).toContain("200 OK");
    runtime.remove(removed);
    gateway.workers.restart("app.fcgi", "fastcgi");
    expect(headOf(await gateway.get("/app.fcgi"))).toContain("200 OK");
    expect(existsSync(runtime.file("user/cgi-workbench"))).toBe(true);
  });

  test("F27: what hinders a first start hinders no later one", async () => {
    await using gateway = await serving();
    const inTheWay = "user/cgi-workbench/fcgi-99999999-0.sock"; // as of a server that was killed, but a folder
    runtime.makeFolder(inTheWay);
    chmodSync(runtime.file("user/cgi-workbench"), 0o700);
    expect(headOf(await gateway.get("/app.fcgi"))).toContain(" 500 ");
    runtime.remove(inTheWay);
    expect(headOf(await gateway.get("/app.fcgi"))).toContain("200 OK");
  });
});
