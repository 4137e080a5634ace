// The files of a lesson: whatever stands in them, a mistake is named with its line, and the time is bounded.
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { ProblemError } from "../../../server/base/problem.js";
import { pairMismatches } from "../../../server/lessons/check/text-facts.js";
import { readTree } from "../../../server/lessons/format/file-tree.js";
import { textsIn } from "../../../server/lessons/format/lesson.js";
import { readLesson } from "../../../server/lessons/format/read-lesson.js";
import { type Mistake, readYaml } from "../../../server/lessons/format/read-yaml.js";
import { checkFile, type Facts } from "../../../server/lessons/format/schema.js";
import { repositoryRoot } from "../../support/repository.js";
import { writeSmallLesson } from "../../support/small-lesson.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const lessons = join(repositoryRoot, "server/lessons/course/lessons");
let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  cpSync(join(lessons, "percent"), folder.file("percent"), { recursive: true });
});
afterAll(() => folder[Symbol.dispose]());

const read = (text: string): { value: unknown; mistakes: Mistake[] } => {
  const mistakes: Mistake[] = [];
  return { value: readYaml(checkFile, { path: "check.yaml", text, above: 0 }, mistakes), mistakes };
};

test("any text is read, or refused with a line of it", () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.object().map((value) => stringify(value)),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const { value, mistakes } = read(text);
      expect(value === null).toBe(mistakes.length > 0);
      const lines = text.split("\n").length + 1;
      for (const { line } of mistakes) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
      }
    }),
  );
});

test("a key that is misspelt anywhere is named with its own line", () => {
  const text = readFileSync(join(lessons, "percent/check.yaml"), "utf8");
  const lines = text.split("\n");
  const keys = lines.flatMap((line, index) => {
    const found = /^ *(?:- )?(request|expect|otherwise|say|id|values|checks|times|wrong):/.exec(line);
    return found === null ? [] : [{ index, key: found[1] ?? "" }];
  });
  expect(keys.length).toBeGreaterThan(20);
  fc.assert(
    fc.property(fc.constantFrom(...keys), ({ index, key }) => {
      const wrong = lines.with(index, (lines[index] ?? "").replace(key, `${key}x`)).join("\n");
      const { mistakes } = read(wrong);
      expect(mistakes.map(({ line, why }) => [line, why.data?.["key"]])).toContainEqual([
        index + 1,
        expect.stringMatching(new RegExp(`${key}x$`)),
      ]);
    }),
  );
});

test.each([
  ["aliases that multiply", `a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: [*a, *a]`).join("\n")}`],
  ["deep nesting", `${"[".repeat(16_000)}${"]".repeat(16_000)}`],
  ["many keys", Array.from({ length: 4000 }, (_, n) => `k${n}: 1`).join("\n")],
])("%s take no time", (_, text) => {
  const beganAt = process.cpuUsage();
  expect(read(text).mistakes).not.toEqual([]);
  expect(process.cpuUsage(beganAt).user).toBeLessThan(2_000_000); // μs
});

test("what a translation leaves out is in the lesson's own language, and marked", async () => {
  const path = folder.file("percent/lesson.de.md");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(/^# story\n.*?(?=^# )/ms, "").replace(/^goal: .*\n/m, ""));
  const { lesson, mistakes } = await readLesson(folder.file("percent"));
  expect(mistakes).toEqual([]);
  if (lesson === null) throw new Error("no lesson");
  const german = textsIn(lesson, "de");
  expect(german.untranslated).toEqual(["story", "front"]);
  expect([german.story, german.goal]).toEqual([lesson.texts.story, lesson.texts.goal]);
  expect(german.task).not.toBe(lesson.texts.task);
  expect(textsIn(lesson, "fr").untranslated).toEqual([]);
});

test("a file that is too large, not UTF-8 or missing is a mistake, a folder that is missing a problem", async () => {
  writeFileSync(folder.file("percent/check.yaml"), Buffer.from([0xff, 0xfe]));
  expect((await readLesson(folder.file("percent"))).mistakes.map(({ why }) => why.code)).toEqual(["lesson-not-utf-8"]);
  writeFileSync(folder.file("percent/check.yaml"), "x".repeat(1 << 20));
  const { mistakes } = await readLesson(folder.file("percent"));
  expect(mistakes.map(({ why }) => why.code)).toEqual(["lesson-file-too-large"]);
  const missing = await readLesson(folder.file("nowhere")).catch((error: unknown) => error);
  expect(missing instanceof ProblemError || Reflect.get(Object(missing), "mistakes")).toBeTruthy();
});

test("a link in a lesson is none of its files, so nothing is read that was not trusted", async () => {
  using own = tempFolder();
  writeSmallLesson(own.file("small"), { checks: '  - { id: one, say: So., request: { target: "/" } }' });
  expect((await readLesson(own.file("small"))).mistakes).toEqual([]);
  for (const [name, code] of [
    ["solution/shell", "lesson-path-missing"],
    ["check.yaml", "lesson-file-missing"],
  ] as const) {
    renameSync(own.file(`small/${name}`), own.file("elsewhere"));
    symlinkSync(own.file("elsewhere"), own.file(`small/${name}`));
    expect((await readLesson(own.file("small"))).mistakes.map(({ why }) => why.code)).toEqual([code]);
    rmSync(own.file(`small/${name}`));
    renameSync(own.file("elsewhere"), own.file(`small/${name}`));
  }
});

test("a link to a large folder is measured as that folder, before any of it is listed", async () => {
  using own = tempFolder();
  mkdirSync(own.file("large"));
  for (let n = 0; n < 1500; n++) writeFileSync(own.file(`large/${n}`), "");
  symlinkSync(own.file("large"), own.file("lesson"));
  for (const name of ["large", "lesson"])
    await expect(readTree(own.file(name))).rejects.toMatchObject({ problem: { code: "work-too-large" } });
});

test("a heading takes no time", async () => {
  using own = tempFolder();
  writeSmallLesson(own.file("small"), { checks: '  - { id: one, say: So., request: { target: "/" } }' });
  appendFileSync(own.file("small/lesson.md"), `# ${" ".repeat(30_000)}x`);
  const beganAt = process.cpuUsage();
  const { mistakes } = await readLesson(own.file("small"));
  expect(mistakes.map(({ why }) => why.code)).toEqual(["lesson-section-unknown"]);
  expect(process.cpuUsage(beganAt).user).toBeLessThan(500_000); // μs
});

test.each([
  ["a value", '{ target: "/{script}?a={wrod}" }', "{}"],
  ["a filter", '{ target: "/{script}?a={word|qurey}" }', "{}"],
  ["a value of a sum", '{ target: "/?a={word+wrod}" }', "{}"],
  ["a value in the name of a field", '{ target: "/" }', '{ body: { count: { "{wrod}": 1 } } }'],
  ["a value in a regular expression", '{ target: "/" }', '{ body: { matches: "\\\\p{L}{wrod}" } }'],
])("a misspelt name of %s is a mistake", async (_, request, expected) => {
  using own = tempFolder();
  const checks = `  - id: one\n    say: So.\n    request: ${request}\n    expect: ${expected}`;
  writeSmallLesson(own.file("small"), { checks, values: "{ word: word }" });
  const { mistakes } = await readLesson(own.file("small"));
  expect(mistakes.map(({ why }) => why.code)).toEqual(["lesson-value-unknown"]);
  const { line } = mistakes[0] ?? {};
  expect(line).toBeGreaterThanOrEqual(6);
  expect(line).toBeLessThanOrEqual(7);
});

test("a session's number is not taken for a name that its digits happen to spell", async () => {
  const { lesson } = await readLesson(join(lessons, "session"));
  const { steps = [], otherwise = [] } = lesson?.checks.find(({ id }) => id === "secret") ?? {};
  const asIs = (text: string): string => text;
  const isAs = (wanted: Facts, cookie: string): boolean =>
    pairMismatches("header", [["Set-Cookie", cookie]], wanted.header ?? {}, asIs).length === 0;
  const [expected, remark] = [steps[0]?.expect ?? {}, otherwise[0]?.when ?? {}];
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 0, maxLength: 20 });
  fc.assert(
    fc.property(digits, digits, (before, after) => {
      const cookie = `session=${before}0ada1${after}0123456789a; HttpOnly`;
      expect([isAs(expected, cookie), isAs(remark, cookie)]).toEqual([true, false]);
    }),
  );
  for (const cookie of ["session=ada; HttpOnly", "session=ada-0123456789012345; HttpOnly"])
    expect([isAs(expected, cookie), isAs(remark, cookie)]).toEqual([false, true]);
});
