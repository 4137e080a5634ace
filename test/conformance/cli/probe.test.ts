// `cgi-workbench probe`: the rows of a careful and of a careless script, as text and in the schema of `try`.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TryReport, tryReport } from "../../../server/contract/variations-contract.js";
import { probes } from "../../../server/formats/probes/library.js";
import { commandLine } from "../../support/command-line.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.write("careful.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nwc -c\n");
  folder.write(
    "careless.py",
    `#!/usr/bin/env python3
import os
from urllib.parse import unquote
name = unquote(os.environ["QUERY_STRING"], errors="strict")
print("Content-Type: text/plain; charset=utf-8")
print()
print(name)
`,
  );
  for (const name of ["careful.cgi", "careless.py"]) folder.makeExecutable(name);
});
afterAll(() => folder[Symbol.dispose]());

async function report(...args: string[]): Promise<{ report: TryReport; exitCode: number | null }> {
  const { stdout, exitCode } = await commandLine(["probe", folder.path, ...args, "--json"]);
  return { report: tryReport.strict().parse(JSON.parse(stdout.toString())), exitCode };
}

describe("probe --json", () => {
  test("a careful script passes what reaches it", async () => {
    const { report: made, exitCode } = await report("/careful.cgi", "--only", "encoding,smuggling,pipelined");
    expect(exitCode).toBe(0);
    expect(made).toMatchObject({ folder: folder.path, target: "/careful.cgi" });
    const chosen = probes.filter(({ id, group }) => ["encoding", "smuggling"].includes(group) || id === "pipelined");
    expect(made.rows.map(({ values }) => values)).toEqual(chosen.map(({ id }) => [id]));
    expect(made.rows.flatMap(({ broken }) => broken)).toEqual([]);
    const statusOf = (id: string) => made.rows.find(({ values }) => values[0] === id)?.trace?.status;
    expect(chosen.filter(({ group }) => group === "encoding").map(({ id }) => statusOf(id))).not.toContain(400);
    expect(statusOf("two-lengths")).toBe(400);
  });

  test.skipIf(program("python3") === null)(
    "a careless one fails, with the doctor's findings (needs python3)",
    async () => {
      const { report: made, exitCode } = await report("/careless.py", "--only", "get,query-not-utf-8");
      expect(exitCode).toBe(1);
      expect(made.rows).toMatchObject([
        { values: ["get"], broken: [] },
        {
          values: ["query-not-utf-8"],
          broken: [{ expectation: "no-finding" }],
          trace: { status: 500, outcome: "crashed", severity: "error" },
        },
      ]);
    },
  );
});

test("a script that lets its fields through fails, and its careful twin does not", async () => {
  const write = (name: string, text: string): void => {
    folder.write(name, `#!/bin/sh\nprintf 'Content-Type: text/html; charset=utf-8\\n\\n'\n${text}`);
    folder.makeExecutable(name);
  };
  const field = `host=$(printf '%b' "$(echo "\${QUERY_STRING#host=}" | sed 's/%/\\\\x/g')")\n`;
  write("lets.sh", `${field}sh -c "echo $host"\ncat "./$host"\necho "<p>$host</p>"\n`);
  write(
    "tests.sh",
    `${field}case $host in *[!a-z]*) echo '<p>no</p>'; exit ;; esac\nsh -c "echo $host"\necho "<p>$host</p>"\n`,
  );
  const passed = async (name: string) => {
    const { report: made } = await report(`/${name}?host=x`, "--only", "injection");
    return made.rows.map(({ values, broken }) => [values[0], broken.length === 0]);
  };
  const ids = ["markup-in-fields", "command-in-fields", "path-in-fields", "header-in-fields", "option-in-fields"];
  expect(await passed("lets.sh")).toEqual(ids.map((id) => [id, false]));
  expect(await passed("tests.sh")).toEqual(ids.map((id) => [id, true]));
});

test("a target that leads to no script is refused", async () => {
  for (const target of ["/typo.cgi", "/"]) {
    const { stderr, exitCode } = await commandLine(["probe", folder.path, target, "--only", "get"]);
    expect([target, exitCode, stderr.includes(target)]).toEqual([target, 1, true]);
  }
});

test("what the gateway answers in the script's place, the script has not passed", async () => {
  const auth = { realm: "Staff", htpasswd: ".htpasswd" };
  folder.write(auth.htpasswd, "");
  folder.write("auth.json", JSON.stringify({ routes: [{ path: "/careful.cgi", auth }] }));
  const { report: made, exitCode } = await report(
    "/careful.cgi",
    "--only",
    "get",
    "--config",
    folder.file("auth.json"),
  );
  expect(exitCode).toBe(1);
  expect(made.rows).toMatchObject([{ broken: [{ expectation: "as-expected" }], trace: { status: 401 } }]);
});

test("as text: a line for each probe", async () => {
  const { stdout, exitCode } = await commandLine(["probe", folder.path, "/careful.cgi", "--only", "get,two-lengths"]);
  expect(exitCode).toBe(0);
  expect(stdout.toString()).toMatch(/^get +200 +\d+ +\d+\.\d$/m);
  expect(stdout.toString()).toMatch(/^two-lengths +400 /m);
});

test("--list names every probe and sends nothing", async () => {
  const { stdout, exitCode } = await commandLine(["probe", "--list"]);
  expect(exitCode).toBe(0);
  for (const { id, title } of probes)
    expect(stdout.toString()).toMatch(new RegExp(`^ +${id} +${escaped(title)}: `, "m"));
});
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("--list has no JSON: both together are wrong use", async () => {
  const { stdout, exitCode } = await commandLine(["probe", "--list", "--json"]);
  expect([exitCode, stdout.length]).toEqual([2, 0]);
});

test("a probe that does not exist is wrong use", async () => {
  const { stderr, exitCode } = await commandLine(["probe", folder.path, "/careful.cgi", "--only", "nothing"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("“nothing”");
});
