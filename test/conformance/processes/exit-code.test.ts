// A whole response and an exit code: the script crashed only if an error that nothing caught ended it.
import { expect, test } from "vitest";
import { startGateway } from "../../support/gateway.js";
import { findProgram } from "../../support/run/find-program.mjs";

const ends: [what: string, needs: string, code: string, outcome: "ok" | "crashed"][] = [
  ["exit 1 after words", "sh", "echo no network >&2; exit 1", "ok"],
  ["a command that finds nothing", "grep", "grep x /dev/null", "ok"],
  ["a command that complains", "ls", "ls /no/such/folder", "ok"],
  ["a warning of Perl", "perl", `exec perl -e 'warn "cache is cold"; exit 1'`, "ok"],
  ["a log line of Python", "python3", `exec python3 -c 'import sys; sys.exit("no network")'`, "ok"],
  ["a warning of Ruby", "ruby", `exec ruby -e 'warn "no network"; exit 1'`, "ok"],
  ["a message of Node", "node", `exec node -e 'console.error("no network"); process.exitCode = 1'`, "ok"],
  ["Perl's die", "perl", `exec perl -e '$! = 2; die "no list"'`, "crashed"],
  ["an exception of Python", "python3", "exec python3 -c 1/0", "crashed"],
  ["an exception of Ruby", "ruby", `exec ruby -e 'raise "no list"'`, "crashed"],
  ["an exception of Node", "node", `exec node -e 'throw new Error("no list")'`, "crashed"],
  ["an error of Lua", "lua", `exec lua -e 'error("no list")'`, "crashed"],
  ["an error of Tcl", "tclsh", `echo 'error broken' | tclsh /dev/stdin`, "crashed"],
  ["a variable that is not set", "sh", `set -u; echo "$NO_SUCH_NAME"`, "crashed"],
];
for (const [what, needs, code, outcome] of ends)
  test.skipIf(findProgram(needs) === null)(`${what}: ${outcome} (needs ${needs})`, async () => {
    await using gateway = await startGateway();
    gateway.script("cgi-bin/x.sh", `printf 'Content-Type: text/plain\\n\\npage\\n'\n${code}\n`);
    await gateway.get("/cgi-bin/x.sh");
    const [trace] = await gateway.ended(1);
    expect(trace).toMatchObject({ outcome, cause: { code: "failed-after-header" } });
  });
