// `cgi-workbench lesson hand-out` and `collect`: what a class is given comes back as it was, and a hostile archive
// changes nothing outside of its own folder.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { type ZipEntry, zipOf } from "../../support/zip.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

const lesson = async (...args: string[]) => {
  const { stdout, stderr, exitCode } = await commandLine(["lesson", ...args], { cwd: folder.path });
  return { stdout: stdout.toString(), stderr, exitCode };
};
const rowsOf = (stdout: string): { passed: boolean | null; lesson: string; problem: { code: string } | null }[] =>
  JSON.parse(stdout).works;
const solutions = join(import.meta.dirname, "../../../server/lessons/course/lessons");

test("a name that is neither a lesson nor a folder with files makes no ZIP", async () => {
  const { stderr, exitCode } = await lesson("hand-out", "percnet");
  expect([exitCode, stderr.includes("no lesson"), readdirSync(folder.file("."))]).toEqual([2, true, []]);
});

test("a folder without a file to hand out makes no ZIP, and is not taken for a lesson's name", async () => {
  folder.makeFolder("empty");
  symlinkSync("/etc/hostname", folder.file("empty/link"));
  const { stderr, exitCode } = await lesson("hand-out", "empty");
  expect([exitCode, stderr.includes("has no file to hand out"), stderr.includes("no lesson")]).toEqual([
    2,
    true,
    false,
  ]);
  expect(readdirSync(folder.path)).toEqual(["empty"]);
});

test("what is handed out comes back, is named before it runs, and is checked", async () => {
  expect((await lesson("hand-out", "will-not-start", "given.zip")).exitCode).toBe(0);
  const first = await lesson("collect", "given.zip", "--trust", "--json");
  expect(statSync(folder.file("works/given/will-not-start/cgi-bin/bell.cgi")).mode & 0o777).toBe(0o644); // as at its start
  expect(rowsOf(first.stdout)).toMatchObject([{ lesson: "will-not-start", passed: false }]);

  const work = folder.file("works/given/will-not-start");
  cpSync(join(solutions, "will-not-start/solution/python"), work, { recursive: true });
  for (const file of readdirSync(join(work, "cgi-bin"))) chmodSync(join(work, "cgi-bin", file), 0o755);
  execFileSync("mv", [work, folder.file("ada")]);
  expect((await lesson("hand-out", "ada")).exitCode).toBe(0); // any folder can be one ZIP
  const asked = await lesson("collect", "ada.zip", "--into", "asked");
  expect([asked.exitCode, asked.stderr.includes("ada.zip/cgi-bin/bell.cgi")]).toEqual([2, true]);
  const { stdout, exitCode } = await lesson("collect", "ada.zip", "--into", "class", "--trust", "--json");
  expect([exitCode, rowsOf(stdout)]).toMatchObject([0, [{ passed: true }]]);
  const again = await lesson("collect", "ada.zip", "--into", "class", "--trust", "--json");
  expect(rowsOf(again.stdout)).toMatchObject([{ problem: { code: "exists" } }]); // nothing is written over
}, 120_000);

const file = (name: string | Buffer, more: Omit<ZipEntry, "name"> = {}): ZipEntry => ({
  name,
  content: "evil",
  ...more,
});
const link = 0o120777;
const bomb = Buffer.alloc(30 << 20);
const many = (count: number): ZipEntry[] => Array.from({ length: count }, (_, n) => file(`w/${n}`));
const hostile: Readonly<Record<string, readonly [why: string, zip: Buffer]>> = {
  climbing: ["climbs", zipOf([file("../evil")])],
  "climbing inside": ["climbs", zipOf([file("w/../../evil")])],
  "climbing folder": ["climbs", zipOf([file("../evil/", { content: "" })])],
  "climbing by backslashes": ["climbs", zipOf([file("w\\..\\..\\evil")])],
  absolute: ["climbs", zipOf([file("/tmp/evil")])],
  "a drive": ["climbs", zipOf([file("C:/evil")])],
  "a zero byte": ["climbs", zipOf([file("evil\0.txt")])],
  "no name": ["climbs", zipOf([file("")])],
  "a name of other bytes": ["climbs", zipOf([file(Buffer.from([0xff, 0xfe]))])],
  "a link": ["link", zipOf([file("w/up", { content: "..", mode: link }), file("w/up/evil")])],
  "a link to a file": ["link", zipOf([file("w/up", { content: "../evil", mode: link })])],
  "a device": ["link", zipOf([file("w/null", { mode: 0o020666 })])],
  "a folder that says it is a link": ["link", zipOf([file("w/", { content: "..", mode: link })])],
  twice: ["twice", zipOf([file("w/a"), file("w/a")])],
  "twice but for case": ["twice", zipOf([file("w/a"), file("W/A")])],
  "a file that is a folder": ["twice", zipOf([file("w/a"), file("w/a/evil")])],
  encrypted: ["encrypted", zipOf([file("w/a", { flags: 1 })])],
  "a bomb": ["too-large", zipOf([file("w/a", { content: bomb })])],
  "a bomb that lies": ["damaged", zipOf([file("w/a", { content: bomb, size: 10 })])],
  "three of half the size": [
    "too-large",
    zipOf([1, 2, 3].map((n) => file(`w/${n}`, { content: bomb.subarray(0, 10 << 20) }))),
  ],
  "many files": ["too-large", zipOf(many(1500))],
  "a count that lies": ["not-a-zip", zipOf(many(3), { count: 1900 })],
  truncated: ["not-a-zip", zipOf(many(3)).subarray(0, 100)],
  "truncated at its beginning": ["damaged", Buffer.concat([Buffer.alloc(20), zipOf([file("w/a")]).subarray(20)])],
  "something behind its end": ["not-a-zip", Buffer.concat([zipOf(many(1)), Buffer.from("more")])],
  "another method": ["damaged", zipOf([file("w/a", { method: 14 })])],
  "too many bytes": ["too-large", Buffer.alloc((20 << 20) + 1)],
};

test("of twenty-seven hostile archives each is refused with its reason, and nothing is written", async () => {
  const names = Object.keys(hostile);
  expect(names).toHaveLength(27);
  folder.makeFolder("in");
  for (const [name, [, zip]] of Object.entries(hostile)) writeFileSync(folder.file(`in/${name}.zip`), zip);
  const { stdout, exitCode } = await lesson("collect", ...names.map((name) => `in/${name}.zip`), "--trust", "--json");
  expect(exitCode).toBe(2);
  const whys = JSON.parse(stdout).works.map(({ problem }: { problem: { code: string; data: { why: string } } }) => [
    problem.code,
    problem.data.why,
  ]);
  expect(whys).toEqual(names.map((name) => ["archive-refused", hostile[name]?.[0]]));
  expect(readdirSync(folder.path)).toEqual(["in"]);
  expect(() => readFileSync("/tmp/evil")).toThrow();
}, 60_000);

test("an archive whose files call themselves otherwise is unpacked by the names of its directory", async () => {
  mkdirSync(folder.file("in"));
  writeFileSync(folder.file("in/a.zip"), zipOf([file("w/a", { ownName: "../../evil" }), file("__MACOSX/w/._a")]));
  const { stdout } = await lesson("collect", "in/a.zip", "--trust", "--json");
  expect(rowsOf(stdout)).toMatchObject([{ problem: { code: "not-a-work" } }]);
  expect(folder.read("works/a/w/a")).toBe("evil");
  expect(readdirSync(folder.file("works/a"))).toEqual(["w"]);
});
