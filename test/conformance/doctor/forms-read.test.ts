// Scripts that get a posted form: those that leave it and look for its fields in the query or the address are told,
// those that read it late, by a child or in part are not. `told`: form-not-read; `left`: not all is read, and that is
// only counted; `read`: all is; `missed`: PHP reads all, and the script looks for a field in the address.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { request, startGateway, type TestGateway } from "../../support/gateway.js";
import { repositoryRoot } from "../../support/repository.js";
import { program } from "../../support/temp-workspace.js";

const folder = join(repositoryRoot, "test/fixtures/forms");
const body = "first=2&second=3";
const needs: Readonly<Record<string, string>> = {
  sh: "bash",
  py: "python3",
  pl: "perl",
  rb: "ruby",
  js: "node",
  tcl: "tclsh",
  php: "php-cgi",
};

let gateway: TestGateway;
let asked = 0;
beforeAll(async () => {
  gateway = await startGateway({ start: "native" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

test.skipIf(process.platform !== "linux").each(readdirSync(folder))(
  "%s (needs Linux)",
  { timeout: 20_000 },
  async (name) => {
    const [, kind = "", extension = ""] = name.split(".");
    if (program(needs[extension] ?? "") === null) return;
    gateway.script(`cgi-bin/${name}`, readFileSync(join(folder, name), "utf8"));
    const headers = [
      "Connection: close",
      "Content-Type: application/x-www-form-urlencoded",
      `Content-Length: ${body.length}`,
    ];
    await gateway.ask(request("POST", `/cgi-bin/${name}`, headers, body));
    const trace = (await gateway.ended(++asked)).at(-1);
    expect(trace?.outcome).toBe("ok");
    const isTold = trace?.findings.some(({ rule }) => rule === "form-not-read");
    // A script may end before the form is in its pipe.
    const isRead = (trace?.stdin?.bytes ?? 0) - (trace?.process?.stdinLeft ?? 0) === body.length;
    expect({ isTold, isRead }).toEqual({
      isTold: kind === "told" || kind === "missed",
      isRead: kind === "read" || kind === "missed",
    });
  },
);
