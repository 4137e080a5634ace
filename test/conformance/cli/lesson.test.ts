// `cgi-workbench lesson`: a learner's way through a lesson, and an author's.
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LessonReport, lessonReport } from "../../../server/contract/lessons-contract.js";
import { commandLine } from "../../support/command-line.js";
import { repositoryRoot } from "../../support/repository.js";
import { printing, writeSmallLesson } from "../../support/small-lesson.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const course = join(repositoryRoot, "server/lessons/course/lessons");
let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder[Symbol.dispose]());

const lesson = async (...args: string[]) => {
  const { stdout, stderr, exitCode } = await commandLine(["lesson", ...args], { cwd: folder.path });
  return { stdout: stdout.toString(), stderr, exitCode };
};
const states = ({ checks }: LessonReport) => Object.fromEntries(checks.map(({ id, state }) => [id, state]));
async function checked(...args: string[]): Promise<{ report: LessonReport; exitCode: number | null }> {
  const { stdout, exitCode } = await lesson("check", ...args, "--json");
  return { report: lessonReport.parse(JSON.parse(stdout)), exitCode };
}
const answer = (name: string): void =>
  cpSync(join(course, "percent", name, "python"), folder.file("percent"), { recursive: true });

test("a lesson is started, fails with the remark of its mistake, passes, and begins anew", async () => {
  expect((await lesson("start", "percent", "--as", "Ada")).exitCode).toBe(0);
  const before = readFileSync(folder.file("percent/cgi-bin/greet.py"), "utf8");
  answer("wrong/plus-kept");
  const wrong = await checked("percent");
  expect(wrong.exitCode).toBe(1);
  expect(states(wrong.report)).toEqual({ plain: "passed", decodes: "failed", order: "passed", nothing: "passed" });
  const failure = wrong.report.checks.find(({ id }) => id === "decodes")?.failure;
  expect(failure).toMatchObject({ fact: "body", step: 1, remark: { number: 3, look: "env/QUERY_STRING" } });
  expect(failure?.got).toContain("+");

  const again = await checked("percent", "--seed", wrong.report.seed, "--language", "de");
  const translated = again.report.checks.find(({ id }) => id === "decodes")?.failure;
  expect(translated?.got).toBe(failure?.got); // the same seed, the same values
  expect(translated?.remark?.say).toContain("Leerzeichen");

  answer("solution");
  const right = await lesson("check", "percent", "--junit", "report.xml");
  expect(right.exitCode).toBe(0);
  expect(readFileSync(folder.file("report.xml"), "utf8")).toContain('tests="4" failures="0"');
  expect((await lesson("list")).stdout).toMatch(/✔ percent /);

  expect((await lesson("reset", "percent")).exitCode).toBe(0);
  expect(readFileSync(folder.file("percent/cgi-bin/greet.py"), "utf8")).toBe(before);
  expect(readFileSync(folder.file("percent/.earlier-1/cgi-bin/greet.py"), "utf8")).not.toBe(before);
  expect((await lesson("list")).stdout).toMatch(/✔ percent /); // what was reached stays
}, 180_000);

test("a check of several requests at once, with cookies kept, changes nothing in the work", async () => {
  for (const name of ["cookies", "lost-updates"]) {
    await lesson("start", name);
    cpSync(join(course, name, "solution/python"), folder.file(name), { recursive: true });
    const { report, exitCode } = await checked(name);
    expect([exitCode, report.passed]).toEqual([0, true]);
  }
  expect((await lesson("check", "lost-updates", "--seed", "x")).exitCode).toBe(0);
}, 180_000);

test("what is no lesson and no work is wrong use, and nothing is written over", async () => {
  expect(await lesson("start", "no-such")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no-such") });
  expect((await lesson("check", folder.path)).exitCode).toBe(2);
  folder.makeFolder("run");
  folder.write("run/mine.txt", "mine");
  expect((await lesson("start", "run")).exitCode).toBe(2);
  expect(readFileSync(folder.file("run/mine.txt"), "utf8")).toBe("mine");
  expect((await lesson("start", "run", "other", "--code", "lua")).exitCode).toBe(2);
  expect((await lesson()).exitCode).toBe(2);
  folder.makeFolder("bad");
  folder.write("bad/.cgi-workbench-lesson.json", '{"schema":1');
  expect((await lesson("check", "bad")).exitCode).toBe(2);
});

/** A copy of a lesson with one text replaced in a file. */
function changed(file: string, was: string | RegExp, is: string): string {
  rmSync(folder.file("own"), { recursive: true, force: true });
  cpSync(join(course, "percent"), folder.file("own"), { recursive: true });
  const path = folder.file(`own/${file}`);
  const text = readFileSync(path, "utf8");
  expect(text).toMatch(was);
  writeFileSync(path, text.replace(was, is));
  return folder.file("own");
}

test.each([
  ["check.yaml", "status: 200", "statu: 200", /own\/check\.yaml:\d+: .*statu/],
  ["check.yaml", "after: plain", "after: plian", /own\/check\.yaml:\d+: .*plian/],
  [
    "check.yaml",
    "still-encoded: { decodes: 1 }",
    "still-encoded: { decodes: 9 }",
    /own\/check\.yaml:\d+: .*decodes.* 9/,
  ],
  ["check.yaml", "schema: 1", "schema: 1\na: &a [1]\nb: *a", /own\/check\.yaml:\d+: /],
  ["lesson.md", "minutes:", "minute:", /own\/lesson\.md:\d+: .*minute/],
  ["lesson.md", "# task", "# tasks", /own\/lesson\.md:\d+: .*tasks/],
  ["lesson.md", /^2\. .*\n/m, "", /own\/lesson\.md:\d+: .*2 hints/],
  ["lesson.de.md", "`order`", "`ordre`", /own\/lesson\.de\.md:\d+: .*ordre/],
])("verify names the file and line of a mistake in %s: %s", async (file, was, is, words) => {
  changed(file, was, is);
  const { stderr, exitCode } = await lesson("verify", "own", "--trust");
  expect(stderr).toMatch(words);
  expect(exitCode).toBe(2);
});

/** Of a lesson's files: `remove` matches lines. */
const without = (file: string, remove: RegExp): void =>
  writeFileSync(file, readFileSync(file, "utf8").replace(remove, ""));

test("verify finds a start that passes, a solution that fails and a wrong answer with another remark", async () => {
  const own = changed("check.yaml", "still-encoded: { decodes: 1 }", "still-encoded: { decodes: 2 }");
  without(join(own, "check.yaml"), /^ {2}(latin-1|plus-kept|decoded-first|last-field): .*\n/gm);
  without(join(own, "lesson.md"), /, perl(?=.*\]\nopen)/);
  for (const [to, from] of Object.entries({ start: "solution", solution: "start" }))
    cpSync(join(course, "percent", from), join(own, to), { recursive: true });
  const { stdout, exitCode } = await lesson("verify", "own", "--trust", "--rounds", "1", "--json");
  const parts = stdout
    .trim()
    .split("\n")
    .map((line) => {
      const { code, part, isRight } = JSON.parse(line);
      return [code, part, isRight];
    });
  expect(parts).toEqual([
    ["python", "solution", false],
    ["python", "start", false],
    ["python", "wrong/still-encoded", false],
    ["python", "wrong/must-be-there", true],
  ]);
  expect(exitCode).toBe(2);
});

test("a lesson of somebody else runs nothing before it is trusted, and asks again when it has changed", async () => {
  const own = changed("check.yaml", "times: 2", "times: 1");
  const mark = folder.file("ran");
  writeFileSync(
    join(own, "solution/python/cgi-bin/greet.py"),
    `#!/usr/bin/env python3\nopen(${JSON.stringify(mark)}, "w")\n`,
  );
  const env = { ...process.env, XDG_DATA_HOME: folder.file("data") };
  const run = async (...args: string[]) => (await commandLine(["lesson", ...args], { cwd: folder.path, env })).exitCode;
  expect(await run("verify", "own", "--rounds", "1")).toBe(2);
  expect(await run("start", "own", "work")).toBe(2);
  expect(() => readFileSync(mark)).toThrow();
  expect(await run("start", "own", "work", "--trust")).toBe(0);
  expect(await run("check", "work")).toBe(1);
  writeFileSync(join(own, "solution/python/cgi-bin/greet.py"), "another");
  expect(await run("check", "work")).toBe(2);
  expect(await run("reset", "work")).toBe(2);
  expect(await run("check", "work", "--trust")).toBe(1);
  expect(await run("check", "work")).toBe(1);
  const { folders } = JSON.parse(readFileSync(folder.file("data/cgi-workbench/trusted-folders.json"), "utf8"));
  expect(Object.keys(folders)).toEqual([join(own, "check.yaml")]); // the folder itself is not trusted as a workspace
});

test("a link in a lesson is none of its files", async () => {
  const own = changed("check.yaml", "times: 2", "times: 1");
  folder.makeFolder("secret");
  folder.write("secret/secret.txt", "secret");
  mkdirSync(dirname(join(own, "start/python/x")), { recursive: true });
  symlinkSync(folder.file("secret"), join(own, "start/python/linked"));
  expect((await lesson("start", "own", "work", "--trust")).exitCode).toBe(0);
  expect(() => readFileSync(folder.file("work/linked/secret.txt"))).toThrow();
});

const workFile = (name: string): string => folder.file(`${name}/.cgi-workbench-lesson.json`);
/** Changes what a work's file says. */
const say = (name: string, what: object): void => {
  const all = JSON.parse(readFileSync(workFile(name), "utf8"));
  writeFileSync(workFile(name), JSON.stringify({ ...all, ...what }));
};
/** A work on a lesson of one check, which passes if the script prints "solution". */
async function small(name: string): Promise<void> {
  const checks = '  - { id: one, say: So., request: { target: "/{script}" }, expect: { body: solution } }';
  writeSmallLesson(folder.file("small"), { checks });
  expect((await lesson("start", "small", name, "--trust")).exitCode).toBe(0);
}
const solve = (name: string, more = ""): void =>
  writeFileSync(folder.file(`${name}/cgi-bin/small.sh`), printing(`${more}echo solution`));

test("one damaged work does not hide those beside it, and is told", async () => {
  await lesson("start", "run");
  folder.makeFolder("bad");
  folder.write("bad/.cgi-workbench-lesson.json", "{");
  const { stdout, stderr, exitCode } = await lesson("list");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/▸ run /);
  expect(stderr).toContain("bad/.cgi-workbench-lesson.json");
});

test("a report is printed and written although the work can no longer note it", async () => {
  await small("work");
  solve("work", `rm -f ${workFile("work")}; `);
  const { stdout, stderr, exitCode } = await lesson("check", "work", "--json", "--junit", "report.xml");
  expect(lessonReport.parse(JSON.parse(stdout)).passed).toBe(true);
  expect(readFileSync(folder.file("report.xml"), "utf8")).toContain('failures="0"');
  expect([stderr.includes(folder.file("work")), exitCode]).toEqual([true, 0]);
});

test("a work's file leads to a lesson of the course or to a whole path, and to nothing else", async () => {
  await small("work");
  for (const wrong of ["small", "../small", "", "run/../percent"]) {
    say("work", { lesson: wrong });
    expect((await lesson("check", "work")).exitCode).toBe(2);
    expect((await lesson("reset", "work")).exitCode).toBe(2);
  }
  expect(readdirSync(folder.file("work"))).not.toContain(".earlier-1");
});

test("a work that cannot be begun anew stays as it is", async () => {
  await small("work");
  solve("work");
  say("work", { code: "perl" });
  expect((await lesson("reset", "work")).exitCode).toBe(2);
  expect(readFileSync(folder.file("work/cgi-bin/small.sh"), "utf8")).toContain("solution");
});

test("a work is checked and begun anew through a link, which stays", async () => {
  await small("work");
  solve("work");
  symlinkSync(folder.file("work"), folder.file("linked"));
  expect((await checked("linked")).report.passed).toBe(true);
  expect((await lesson("reset", "linked")).exitCode).toBe(0);
  expect(readFileSync(folder.file("work/.earlier-1/cgi-bin/small.sh"), "utf8")).toContain("solution");
  expect(lstatSync(folder.file("linked")).isSymbolicLink()).toBe(true);
});
