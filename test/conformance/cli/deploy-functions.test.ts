// Kits for OpenFaaS: its stack file by the types that faas-cli reads, what is between its watchdog and a script, and
// responses that it cannot send.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, assert, beforeEach, expect, test } from "vitest";
import { commandLine, serve } from "../../support/command-line.js";
import { parseStackFile } from "../../support/deploy/stack-file.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("shop/cgi-bin");
});
afterEach(() => folder[Symbol.dispose]());

function write(path: string, text: string): void {
  folder.write(`shop/${path}`, text);
  folder.makeExecutable(`shop/${path}`);
}
const deployed = () => {
  const at = folder.file("kit");
  return commandLine(["deploy", folder.file("shop"), "--to", "openfaas", "--out", at, "--at", at, "--name", "shop"]);
};
/** What the watchdog's `fprocess` starts, with the variables that the watchdog gives it. */
function started(words: string, type: string, variables: Readonly<Record<string, string>>, body = "") {
  const [program = "", ...rest] = words.split(" ");
  const length = `${body.length}`;
  const env = { PATH: process.env["PATH"], content_type: type, Http_Content_Length: length, ...variables };
  const { status, stdout, stderr } = spawnSync(program, rest, { env, input: body, encoding: "utf8" });
  return { status, stdout, stderr };
}

const python = `#!/usr/bin/env python3
import os, sys
body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
print("Content-Type: text/plain; charset=utf-8\\n")
for name in ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_X_OWN", "HTTP_PROXY",
             "HTTP_AUTHORIZATION", "GATEWAY_INTERFACE"):
    print(name, repr(os.environ.get(name)))
print([name for name in os.environ if name.startswith("Http_")], body)
`;

test("the watchdog's variables become those of CGI, and the response its body alone", async () => {
  write("cgi-bin/shop.py", python);
  write("cgi-bin/odd.sh", '#!/bin/sh\nprintf "$QUERY_STRING: 1\\nContent-Type: text/html\\n\\nx"\n');
  folder.write("shop/cgi-workbench.json", JSON.stringify({ variables: { GREETING: 'a "b" $c', API_TOKEN: "no" } }));
  expect(await deployed()).toMatchObject({ exitCode: 0 });
  const text = readFileSync(folder.file("kit/stack.yaml"), "utf8");
  expect(text).not.toContain('"no"');
  const { "shop-cgi-bin-shop": shop, "shop-cgi-bin-odd": odd } = parseStackFile(text).functions;
  assert(shop && odd);
  expect(shop).toMatchObject({
    environment: { content_type: "text/plain; charset=utf-8", combine_output: "false", GREETING: 'a "b" $c' },
    secrets: ["api-token"],
  });

  // Its secrets are files of OpenFaaS; here, the test's own.
  folder.makeFolder("secrets");
  folder.write("secrets/api-token", "no");
  const adapter = folder.file("kit/watchdog.sh");
  const words = readFileSync(adapter, "utf8").replace("/var/openfaas/secrets", folder.file("secrets"));
  folder.write("kit/watchdog.sh", words);
  await using here = await serve([folder.file("shop"), "--no-ui", "--port", "0"]);
  const own = `it's "5" $(exit) \`x\``;
  const response = await fetch(`${here.ready.scripts}/cgi-bin/shop.py/more/%C3%BC?a=1&b=%20`, {
    ...{ method: "POST", body: "n=1", headers: { "Content-Type": "text/x-own", "X-Own": own, Proxy: "evil" } },
  });
  const request = {
    ...{ Http_Method: "POST", Http_Path: "/more/ü", Http_Query: "a=1&b=%20", Http_Content_Type: "text/x-own" },
    ...{ Http_X_Own: own, Http_Proxy: "evil", Http_Authorization: "Basic YTpi", Http_Host: "shop.example:8080" },
  };
  const type = shop.environment.content_type;
  const said = started(shop.fprocess, type, request, "n=1");
  expect(said).toEqual({ status: 0, stdout: await response.text(), stderr: "" });
  // Without a length, the body is counted.
  expect(started(shop.fprocess, type, { ...request, Http_Content_Length: "-1" }, "n=1")).toEqual(said);

  const asked = (field: string, of = "text/html") =>
    started(odd.fprocess, of, { ...request, Http_Query: field }).status;
  expect([asked("X-Own"), asked("Location"), asked("sTATUS"), asked("X-Own", "text/plain")]).toEqual([0, 1, 1, 1]);
}, 60_000);

test.each([
  ["print('Status: 404 Not Found')", true],
  ['print("Content-Type: text/plain\\r\\nLocation: /other\\n")', true],
  ['print(f"Set-Cookie: a={b}")', true],
  ["print('Status: 200 OK')", false],
  ["# Location: none", false],
])("%s is refused with its line, or is not", async (line, isRefused) => {
  write("cgi-bin/shop.py", `#!/usr/bin/env python3\n${line}\n`);
  const { exitCode, stderr } = await deployed();
  expect([exitCode, stderr.includes("cgi-bin/shop.py, line 2")]).toEqual([isRefused ? 1 : 0, isRefused]);
});
