// The checker of lessons: nothing outside of its copies changes, and nothing of a check stays.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LessonChecker } from "../../../server/lessons/check/checker.js";
import { lessonIn } from "../../../server/lessons/format/read-lesson.js";
import { printing, writeSmallLesson } from "../../support/small-lesson.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let checker: LessonChecker;
beforeEach(() => {
  folder = tempFolder();
  mkdirSync(folder.file("tmp"));
  vi.stubEnv("TMPDIR", folder.file("tmp"));
  checker = new LessonChecker();
});
afterEach(async () => {
  await checker.dispose();
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

/** Checks a work whose script prints its head, then runs `body`. */
async function check(checks: string, body: string, { signal } = new AbortController()) {
  const lesson = await lessonIn(writeSmallLesson(folder.file("small"), { checks }));
  mkdirSync(folder.file("work/cgi-bin"), { recursive: true });
  writeFileSync(folder.file("work/cgi-bin/small.sh"), printing(body), { mode: 0o755 });
  return checker.check(
    lesson,
    { folder: folder.file("work"), code: "shell" },
    { seed: "x", texts: lesson.texts, signal },
  );
}
const one = (rest: string): string => `  - id: one\n    say: It is so.\n    request: { target: "/{script}" }\n${rest}`;

test("a check that could not be judged has not passed, and those after it are made", async () => {
  const checks = `${one("    together: 2\n    across: { overlap: '>= 3' }")}\n${one("    after: one").replace("id: one", "id: two")}`;
  const report = await check(checks, "echo");
  expect(report.checks.map(({ state }) => state)).toEqual(["not-judged", "passed"]);
  expect(report.passed).toBe(false);
});

test("the end of the checker ends a check that runs, with its scripts and its copy", async () => {
  const mark = folder.file("mark");
  const running = check(one(""), `chmod 500 .. .; echo $$ > ${mark}; exec sleep 600`);
  const rejected = expect(running).rejects.toThrow();
  await vi.waitFor(() => expect(readFileSync(mark, "utf8")).toMatch(/\d/), { timeout: 20_000 });
  await checker.dispose();
  await rejected;
  expect(readdirSync(folder.file("tmp")).filter((name) => name.includes("lesson"))).toEqual([]);
  expect(existsSync(`/proc/${readFileSync(mark, "utf8").trim()}`)).toBe(false);
});

test("a file of a check stays within the copy, whatever link the work has in its place", async () => {
  mkdirSync(folder.file("outside"));
  writeFileSync(folder.file("outside/kept.txt"), "kept");
  mkdirSync(folder.file("work"));
  symlinkSync(folder.file("outside"), folder.file("work/pages"));
  symlinkSync(folder.file("outside/kept.txt"), folder.file("work/kept.txt"));
  const files = '    files: { "pages/a.txt": "a", "kept.txt": "changed" }\n    expect: { body: achanged }';
  const report = await check(one(files), "cat ../pages/a.txt ../kept.txt");
  expect(report.passed).toBe(true);
  expect(readdirSync(folder.file("outside"))).toEqual(["kept.txt"]);
  expect(readFileSync(folder.file("outside/kept.txt"), "utf8")).toBe("kept");
});

test("a work that is reached by a link is copied as well", async () => {
  mkdirSync(folder.file("real"));
  symlinkSync(folder.file("real"), folder.file("work"));
  const report = await check(one("    expect: { body: mine }"), "echo mine > ../made; cat ../made");
  expect(report.passed).toBe(true);
  expect(readdirSync(folder.file("real"))).toEqual(["cgi-bin"]);
});

test("an error that the lesson does not know is what the doctor found", async () => {
  const known = "    expect: { body: solved }\n    otherwise: [{ when: { body: almost }, say: Nearly. }]";
  const remarkOf = async (body: string, more = "") =>
    (await check(one(`${more}${known}`), body)).checks[0]?.failure?.remark ?? null;
  expect(await remarkOf("echo almost")).toMatchObject({ number: 1 });
  expect(await remarkOf("echo wrong")).toBeNull();
  const withoutHeader = '    files: { "cgi-bin/small.sh": "#!/bin/sh\\necho wrong\\n" }\n';
  expect(await remarkOf("", withoutHeader)).toMatchObject({ number: 0, look: "doctor" });
});

test("a script is stopped once it has made a file, which stays; one that makes none ends by itself", async () => {
  const steps = (second: string): string =>
    `  - id: one
    say: It is so.
    steps:
      - { request: { target: "/{script}" }, stop: file-made }
      - { request: { target: "/{script}" }, expect: { body: ${second} } }`;
  const busy = await check(steps("{ is: left }"), "test -e busy && printf left && exit; : >busy; exec sleep 600");
  expect(busy.checks).toMatchObject([{ state: "passed" }]);
  const silent = await check(steps("{ is: x }"), "printf x");
  expect(silent.checks).toMatchObject([{ state: "passed" }]);
});

test("it does not matter how the lines of a body end", async () => {
  const body = '    expect: { body: { is: "a\\nb", starts: "a\\nb", has: "a\\nb\\n", ends: "b\\n" } }';
  expect((await check(one(body), "printf 'a\\r\\nb'")).checks).toMatchObject([{ state: "passed" }]);
});

test.each([
  ["passed", String.raw`body: "a\r\nb"`, String.raw`a\nb\n`],
  ["passed", String.raw`stdout: { starts: "Content-Type: text/plain\r\n", has: "plain\r\n\r\na" }`, "a"],
  ["passed", String.raw`body: { hasNot: "\n" }`, "a"],
  ["failed", String.raw`body: { hasNot: "\r\n" }`, String.raw`a\r\n`],
  ["failed", String.raw`body: "\n"`, "a"],
  ["failed", String.raw`body: { as: utf-8, has: "a\nb" }`, String.raw`a\r\nb`],
  ["failed", String.raw`body: { matches: "a\nb" }`, String.raw`a\r\nb`],
])("a check has %s that expects %s of %s", async (state, expected, printed) => {
  const { checks } = await check(one(`    expect: { ${expected} }`), `printf '${printed}'`);
  expect(checks).toMatchObject([{ state }]);
});

test("a remark on the page is left out where the server has answered without running the script", async () => {
  const page = '{ when: { body: { hasNot: solved } }, say: "It must say solved." }';
  const failing = `expect: { body: solved }\n    otherwise: [${page}]`;
  const remarkOf = async (mode: string) => {
    const request = `{ target: "/{script}", mode: ${mode} }`;
    const checks = `  - id: one\n    say: It is so.\n    request: ${request}\n    ${failing}`;
    return (await check(checks, "echo other")).checks[0]?.failure?.remark?.number ?? null;
  };
  expect([await remarkOf("cgi"), await remarkOf("persistent")]).toEqual([1, null]);
});

test("a status that differs is told in words", async () => {
  const files = `    files: { "cgi-bin/small.sh": "#!/bin/sh\\nprintf 'Status: 404\\\\n\\\\n'\\n" }\n`;
  const report = await check(one(`${files}    expect: { status: [201, 3xx] }`), "");
  expect(report.checks[0]?.failure).toMatchObject({ got: "404 Not Found", wanted: "201 Created or 3xx" });
});
