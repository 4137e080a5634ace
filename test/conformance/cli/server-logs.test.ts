// `serve --access-log FILE --error-log FILE`: the lines that a real Apache writes
// of the same requests to the same scripts.
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hasApache, startApache } from "../../support/apache.js";
import { commandLine, serve } from "../../support/command-line.js";
import { rawExchange } from "../../support/raw-exchange.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const scripts = {
  "fine.sh": 'printf "Content-Type: text/plain\\n\\nHello"',
  "empty-body.sh": 'printf "Content-Type: text/plain\\n\\n"',
  "gone.sh": 'printf "Status: 410 Gone\\nContent-Type: text/plain\\n\\nno more"',
  "warns.sh": 'printf "first\\nse\\\\cond \\"two\\" \\303\\274\\n" >&2; printf "Content-Type: text/plain\\n\\nHello"',
  "no-headers.sh": 'echo "Hello, world"; echo; echo body',
  "silent.sh": "exit 0",
} as const;

const ask = (target: string, headers: readonly string[] = [], method = "GET"): Buffer =>
  Buffer.from(
    [`${method} ${target} HTTP/1.1`, "Host: localhost", "Connection: close", ...headers, "", ""].join("\r\n"),
    "latin1",
  );

const requests: readonly Buffer[] = [
  ask("/cgi-bin/fine.sh"),
  ask("/cgi-bin/fine.sh?a=1&b=%22", ['Referer: http://x/"quoted"\\', "User-Agent: M\xfcller/1.0 (\ttab)"]),
  ask("/cgi-bin/fine.sh", ["User-Agent: one", "User-Agent: two"]),
  ask("/cgi-bin/fine.sh", ["User-Agent:"]),
  ask("/cgi-bin/empty-body.sh"),
  ask("/cgi-bin/gone.sh", [], "POST"),
  ask("/cgi-bin/warns.sh", ["Referer: http://x/y"]),
  ask("/cgi-bin/no-headers.sh"),
  ask("/cgi-bin/silent.sh"),
];

let folder: TempFolder;
let own: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  own = tempFolder();
  folder.makeFolder("cgi-bin");
  for (const [name, text] of Object.entries(scripts)) {
    folder.write(`cgi-bin/${name}`, `#!/bin/sh\n${text}\n`);
    folder.makeExecutable(`cgi-bin/${name}`);
  }
});
afterEach(() => {
  folder[Symbol.dispose]();
  own[Symbol.dispose]();
});

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");
const month = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
/** What differs with the moment and the server: checked for its form, then left out. */
const access = (text: string): string[] =>
  linesOf(text).map((line) =>
    line
      .replace(new RegExp(`\\[\\d{2}/${month}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4}\\]`), "[time]")
      .replace(/" 500 \d+ "/, '" 500 N "'),
  );
const errors = (text: string): string[] =>
  linesOf(text)
    .filter((line) => line.includes("[client "))
    .map((line) =>
      line
        .replace(new RegExp(`^\\[\\w{3} ${month} \\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{6} \\d{4}\\]`), "[time]")
        .replace(/\[pid \d+(:tid \d+)?\]/, "[pid N]")
        .replace(/\[client 127\.0\.0\.1:\d+\]/, "[client A]"),
    );

/**
 * Each when the one before is in the log: its line comes when its script has ended, which may be after its response.
 */
async function sendEach(port: number, asked: readonly Buffer[], log: () => string): Promise<void> {
  for (const [index, request] of asked.entries()) {
    await rawExchange(port, request);
    await waitFor(`request ${index + 1} is logged`, () => linesOf(log()).length > index);
  }
}

/** What `serve` writes of the requests, one after the other. */
async function logged(asked: readonly Buffer[]): Promise<{ readonly access: string; readonly errors: string }> {
  const files = { access: own.file("access.log"), errors: own.file("error.log") };
  const one = await serve([
    folder.path,
    ...["--port", "0", "--no-ui", "--access-log", files.access, "--error-log", files.errors],
  ]);
  try {
    await sendEach(one.port, asked, () => readFileSync(files.access, "latin1"));
  } finally {
    await one.stop();
  }
  return { access: readFileSync(files.access, "latin1"), errors: readFileSync(files.errors, "latin1") };
}

describe("the logs of serve", () => {
  test("have a line of each request, and of what each script did wrong", async () => {
    const ours = await logged(requests);
    expect(access(ours.access)).toHaveLength(requests.length);
    const script = (name: string): string => folder.file(`cgi-bin/${name}`);
    expect(errors(ours.errors)).toEqual([
      `[time] [cgi:error] [pid N] [client A] AH01215: stderr from ${script("warns.sh")}: first, referer: http://x/y`,
      `[time] [cgi:error] [pid N] [client A] AH01215: stderr from ${script("warns.sh")}: se\\\\cond "two" \\xc3\\xbc, referer: http://x/y`,
      "[time] [cgi:error] [pid N] [client A] malformed header from script 'no-headers.sh': Bad header: Hello, world",
      "[time] [cgi:error] [pid N] [client A] End of script output before headers: silent.sh",
    ]);
  });

  test.skipIf(!hasApache)("are line for line what Apache writes (needs apache2 with mod_cgi)", async () => {
    const ours = await logged(requests);
    await using apache = await startApache(folder.path, [], {});
    await sendEach(apache.port, requests, () => apache.logs().access);
    expect(access(ours.access)).toEqual(access(apache.logs().access));
    expect(errors(ours.errors)).toEqual(errors(apache.logs().errors));
  });

  test("append to what is there, log refused requests, and need no traces for access", async () => {
    own.write("access.log", "before\n");
    const file = own.file("access.log");
    const one = await serve([folder.path, "--port", "0", "--no-ui", "--no-traces", "--access-log", file]);
    const asked = [ask("/cgi-bin/fine.sh"), Buffer.from("GET / HTTP/1.1\r\nBad Header: 1\r\n\r\n")];
    await sendEach(one.port, asked, () => readFileSync(file, "latin1").slice("before\n".length));
    await one.stop();
    expect(access(readFileSync(file, "latin1"))).toEqual([
      "before",
      '127.0.0.1 - - [time] "GET /cgi-bin/fine.sh HTTP/1.1" 200 5 "-" "-"',
      expect.stringMatching(/^127\.0\.0\.1 - - \[time\] "GET \/ HTTP\/1\.1" 400 \d+ "-" "-"$/),
    ]);
  });

  test("a file that cannot be opened ends the start, and stderr cannot be logged without traces", async () => {
    const missing = await commandLine([
      "serve",
      folder.path,
      "--port",
      "0",
      "--no-ui",
      "--error-log",
      "/nowhere/at/all",
    ]);
    expect(missing.exitCode).not.toBe(0);
    expect(missing.stderr).toMatch(/^cgi-workbench: \/nowhere\/at\/all cannot be opened: ENOENT/);
    const wrong = await commandLine(["serve", folder.path, "--no-traces", "--error-log", own.file("e")]);
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining("--no-traces")]);
  });
});
