// Client data where it must not go: each script of test/fixtures/client-data lets it through, and is told before a
// request or after one; its twin tests, quotes or escapes the same value, and is left in peace by both.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { clientDataFlows } from "../../../server/doctor/client-data/flows.js";
import type { ScannedLanguage } from "../../../server/doctor/client-data/grammar.js";
import { request, startGateway, type TestGateway } from "../../support/gateway.js";
import { repositoryRoot } from "../../support/repository.js";
import { program } from "../../support/temp-workspace.js";

const folder = join(repositoryRoot, "test/fixtures/client-data");
const requests = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(join(folder, "requests.json"), "utf8")));
const languages: Readonly<Record<string, readonly [ScannedLanguage, string]>> = {
  sh: ["shell", "bash"],
  pl: ["perl", "perl"],
  py: ["python", "python3"],
  rb: ["ruby", "ruby"],
  php: ["php", "php-cgi"],
  js: ["node", "node"],
  lua: ["lua", "lua"],
  tcl: ["tcl", "tclsh"],
  c: ["c", "cc"],
};
const extensionOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

let gateway: TestGateway;
let asked = 0;
beforeAll(async () => {
  gateway = await startGateway({});
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Sends the request of a pair to one of its scripts. */
async function ask(name: string) {
  const wanted = requests[name.split(".")[0] ?? ""] ?? "";
  const isProgram = name.endsWith(".c");
  const path = `cgi-bin/${isProgram ? name.replace(/\.c$/, ".cgi") : name}`;
  if (isProgram) {
    gateway.file(path, "");
    execFileSync("cc", ["-w", "-o", gateway.folder.file(path), join(folder, name)]);
  } else gateway.file(path, readFileSync(join(folder, name)));
  gateway.folder.makeExecutable(path);
  const [, body] = /^POST (.*)$/.exec(wanted) ?? [];
  const [, header] = /^HEADER (.*)$/.exec(wanted) ?? [];
  const query = wanted.startsWith("?") ? wanted.replace(/[\s<>"`|{}^\\]/g, encodeURIComponent) : "";
  const headers = [
    "Connection: close",
    ...(header === undefined ? [] : [header]),
    ...(body === undefined
      ? []
      : ["Content-Type: application/x-www-form-urlencoded", `Content-Length: ${body.length}`]),
  ];
  await gateway.ask(request(body === undefined ? "GET" : "POST", `/${path}${query}`, headers, body));
  const trace = (await gateway.ended(++asked)).at(-1);
  if (!trace) throw new Error("no trace");
  return trace.findings.filter(({ rule }) => rule.startsWith("input-"));
}

const scripts = readdirSync(folder).filter((name) => !name.endsWith(".json"));
test("forty-four pairs", () => expect(scripts).toHaveLength(88));

test.each(scripts)("%s", { timeout: 20_000 }, async (name) => {
  const known = languages[extensionOf(name)];
  if (!known) throw new Error(`no language: ${name}`);
  const [language, needs] = known;
  const before = clientDataFlows(readFileSync(join(folder, name), "latin1"), language);
  const after = program(needs) === null ? null : await ask(name);
  const isVulnerable = name.includes(".vulnerable.");
  const isPage = /markup|attribute|echo|field-on-page|link/.test(name);
  if (!isVulnerable) expect([before, after ?? []]).toEqual([[], []]);
  else {
    expect(before.length > 0).toBe(!isPage);
    if (after !== null) expect(after.map(({ severity }) => severity)[0]).toBe("error");
  }
});
