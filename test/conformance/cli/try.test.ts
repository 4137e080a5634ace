// `cgi-workbench try`: the report in its published schema, as text, and what it refuses to send.
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TryReport, tryReport } from "../../../server/contract/variations-contract.js";
import { commandLine, startCommand } from "../../support/command-line.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.write(
    "page.sh",
    `#!/bin/sh\nprintf 'Content-Type: text/html; charset=utf-8\\n\\n'\necho "<p>$HTTP_X_NAME $(cat)</p>"\n`,
  );
  folder.makeExecutable("page.sh");
  const logged = 'echo "$REQUEST_METHOD $(cat)" >> sent';
  folder.write(
    "log.sh",
    `#!/bin/sh\n${logged}\n[ "$QUERY_STRING" = crash ] && kill -9 $$\nprintf 'Content-Type: text/plain\\n\\n'\n`,
  );
  folder.makeExecutable("log.sh");
  folder.write("names.txt", "Ada\r\nBob\r\n");
});
afterAll(() => folder[Symbol.dispose]());

const run = (...args: string[]) => commandLine(["try", folder.path, ...args]);
async function report(...args: string[]): Promise<{ report: TryReport; exitCode: number | null }> {
  const { stdout, exitCode } = await run(...args, "--json");
  return { report: tryReport.strict().parse(JSON.parse(stdout.toString())), exitCode };
}

test("a row for each line of a file, and exit code 0 when all is well", async () => {
  const { report: made, exitCode } = await report("/page.sh", "--vary", `header.X-Name=@${folder.file("names.txt")}`);
  expect([exitCode, made.count, made.broken]).toEqual([0, 2, 0]);
  expect(made).toMatchObject({ folder: folder.path, target: "/page.sh" });
  expect(made.rows.map(({ nth, values, trace }) => [nth, values, trace?.status])).toEqual([
    [1, ["Ada"], 200],
    [2, ["Bob"], 200],
  ]);
});

test("a row that is not what it should be gives exit code 1", async () => {
  const { report: made, exitCode } = await report("/page.sh", "--vary", "header.X-Name=Ada,Bob", "--expect", "same");
  expect([exitCode, made.broken, made.rows[1]?.broken[0]?.expectation]).toEqual([1, 1, "same"]);
});

test("each with each, numbers and repetition", async () => {
  const vary = ["--vary", "header.X-Name=1..3", "--vary", "query.n=a,b"];
  expect((await report("/page.sh", ...vary)).report.count).toBe(2);
  expect((await report("/page.sh", ...vary, "--each")).report.rows.map(({ values }) => values.join(""))).toEqual([
    "1a",
    "1b",
    "2a",
    "2b",
    "3a",
    "3b",
  ]);
  expect((await report("/page.sh", "--vary", "request=times:3")).report.rows.length).toBe(3);
});

test("a method that may change something needs --yes; the number is named, and nothing is sent", async () => {
  const post = ["/page.sh", "--vary", "field.name=a,b,c"];
  const refused = await run(...post, "--json");
  expect([refused.exitCode, refused.stdout.length]).toEqual([2, 0]);
  expect(refused.stderr).toContain("3 of 3 ");
  const { report: made } = await report(...post, "--yes");
  expect(made.rows.map(({ trace }) => trace?.method)).toEqual(["POST", "POST", "POST"]);
  expect((await run("/page.sh", "--vary", "request=probes:plain")).exitCode).toBe(2);
});

test.each(["name=a,b", "query.name=probes:get", "request=probes:none"])("%s is wrong use", async (vary) => {
  const { exitCode, stdout } = await run("/page.sh", "--vary", vary, "--yes");
  expect([exitCode, stdout.length]).toEqual([2, 0]);
});

test("a value of a file need not be UTF-8: its bytes are sent as they are", async () => {
  writeFileSync(folder.file("bytes.txt"), Buffer.from("J\xfcrgen\nGr\xc3\xbc\xc3\x9fe\r\n\xff\xfe", "latin1"));
  const file = `@${folder.file("bytes.txt")}`;
  const { report: made } = await report("/log.sh", "--vary", `query.name=${file}`);
  expect(made.rows.map(({ trace }) => trace?.target)).toEqual(
    ["J%FCrgen", "Gr%C3%BC%C3%9Fe", "%FF%FE"].map((name) => `/log.sh?name=${name}`),
  );
  rmSync(folder.file("sent"));
  await report("/log.sh", "--vary", `body=${file}`, "-X", "POST", "-H", "Content-Type: text/plain", "--yes");
  expect(readFileSync(folder.file("sent"), "latin1")).toBe("POST J\xfcrgen\nPOST Gr\xc3\xbc\xc3\x9fe\nPOST \xff\xfe\n");
  rmSync(folder.file("sent"));
});

test("nothing is sent before it was allowed, and nothing twice, also where a script crashes", async () => {
  const crashing = ["/log.sh?crash", "-X", "POST", "-d", "a=1", "--vary", "field.name=a,b,c"];
  expect((await run(...crashing)).exitCode).toBe(2);
  expect(existsSync(folder.file("sent"))).toBe(false);
  const { report: made } = await report(...crashing, "--yes");
  expect(made.broken).toBe(3);
  expect(folder.read("sent")).toBe(["a", "b", "c"].map((name) => `POST a=1&name=${name}\n`).join(""));
  rmSync(folder.file("sent"));
});

test("probes stand for the whole request", async () => {
  const { report: made, exitCode } = await report("/page.sh", "--vary", "request=probes:get,two-lengths", "--yes");
  expect(exitCode).toBe(0);
  expect(made.rows.map(({ values, trace }) => [values, trace?.status])).toEqual([
    [["get"], 200],
    [["two-lengths"], 400],
  ]);
});

test("as text: a line for each value", async () => {
  const { stdout, exitCode } = await run("/page.sh", "--vary", "header.X-Name=Ada,Bob");
  expect(exitCode).toBe(0);
  expect(stdout.toString()).toMatch(/^Ada +200 +\d+ +\d+\.\d$/m);
  expect(stdout.toString()).toMatch(/^Bob +200 +\d+ +\d+\.\d {2}value$/m);
});

test.each([
  [["/page.sh"]],
  [["/page.sh", "--vary", "query.x"]],
  [["/page.sh", "--vary", "nowhere=1"]],
  [["/page.sh", "--vary", "query.x=@/nowhere"]],
  [["/page.sh", "--vary", "query.x=lengths:5..1"]],
  [["/page.sh", "--vary", "query.x=1", "--expect", "luck"]],
  [["/page.sh", "--vary", "query.x=1", "--rate", "0"]],
])("%j is refused", async (args) => {
  const { stdout, exitCode } = await run(...args);
  expect(exitCode).not.toBe(0);
  expect(stdout.length).toBe(0);
});

test("after SIGINT the report is whole, with the rows that came", async () => {
  const child = startCommand(["try", folder.path, "/page.sh", "--vary", "header.X-Name=1..100000", "--json"]);
  let json = "";
  child.stdout?.on("data", (bytes: Buffer) => {
    json += bytes.toString();
  });
  await waitFor("some rows", () => json.split("\n").length > 3);
  const ended = once(child, "close");
  child.kill("SIGINT");
  expect(await ended).toEqual([130, null]);
  const made = tryReport.strict().parse(JSON.parse(json));
  expect([made.count, made.rows.length > 2, made.broken]).toEqual([100_000, true, 0]);
});
