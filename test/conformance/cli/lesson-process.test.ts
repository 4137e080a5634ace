// The process that checks the works of a class: what becomes of it when a work does not let it go on.
import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CheckProcess } from "../../../server/lessons/class/check-process.js";
import { Course } from "../../../server/lessons/course.js";
import { lessonIn } from "../../../server/lessons/format/read-lesson.js";
import { trustLesson } from "../../../server/lessons/lesson-trust.js";
import { commandProgram } from "../../support/command-line.js";
import { printing, writeSmallLesson } from "../../support/small-lesson.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const program = join(dirname(commandProgram), "lesson-check.js");
let folder: TempFolder;
beforeEach(async () => {
  folder = tempFolder();
  folder.makeFolder("tmp");
  vi.stubEnv("TMPDIR", folder.file("tmp"));
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  const checks = '  - { id: one, say: So., request: { target: "/{script}" }, expect: { body: solution } }';
  await trustLesson(new Course(), await lessonIn(writeSmallLesson(folder.file("small"), { checks })));
});
afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const copies = (): string[] => readdirSync(folder.file("tmp")).filter((name) => name.includes("class"));
const orderOf = (name: string, body: string) => {
  mkdirSync(folder.file(`${name}/cgi-bin`), { recursive: true });
  folder.write(`${name}/cgi-bin/small.sh`, printing(body));
  folder.makeExecutable(`${name}/cgi-bin/small.sh`);
  return { lesson: folder.file("small"), folder: folder.file(name), code: "shell" as const, seed: "s" };
};

test("a work whose scripts wait for ever is left after a while, whatever limits it has, and the next is checked", async () => {
  const [checker, patient] = [new CheckProcess({ file: program, within: 4000 }), new CheckProcess({ file: program })];
  const { signal } = new AbortController();
  const order = orderOf("slow", "exec sleep 1000");
  folder.write("slow/cgi-workbench.json", JSON.stringify({ limits: { silenceMs: 2_000_000_000, totalMs: null } }));
  const slow = checker.check(order, signal);
  await expect(slow).rejects.toMatchObject({ problem: { code: "work-too-slow" } });
  expect(copies()).toEqual([]);
  const stopped = checker.check(orderOf("stopped", "kill -STOP $PPID; sleep 1000"), signal);
  await expect(stopped).rejects.toMatchObject({ problem: { code: "work-too-slow" } });
  expect(await patient.check(orderOf("good", "echo solution"), signal)).toMatchObject({ report: { passed: true } });
  await patient.dispose();
  expect(copies()).toEqual([]);
}, 60_000);

test("Ctrl+C ends a check that runs", async () => {
  const checker = new CheckProcess({ file: program });
  const ending = new AbortController();
  const running = checker.check(orderOf("slow", "echo > ../mark; exec sleep 1000"), ending.signal);
  const rejected = expect(running).rejects.toBe(ending.signal.reason ?? "over");
  const made = () => readdirSync(folder.file("tmp"), { recursive: true }).map(String);
  await vi.waitFor(() => expect(made().some((path) => path.endsWith("mark"))).toBe(true), { timeout: 20_000 });
  ending.abort("over");
  await rejected;
  expect(copies()).toEqual([]);
}, 60_000);
