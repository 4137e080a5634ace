// The files of a lesson: whatever stands in them, a mistake is named with its line, and the time is bounded.

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { ProblemError } from "../../../server/base/problem.js";
import { textsIn } from "../../../server/lessons/format/lesson.js";
import { readLesson } from "../../../server/lessons/format/read-lesson.js";
import { type Mistake, readYaml } from "../../../server/lessons/format/read-yaml.js";
import { checkFile } from "../../../server/lessons/format/schema.js";
import { repositoryRoot } from "../../support/repository.js";
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

test("what a translation leaves out is in the lesson's own language", async () => {
  const path = folder.file("percent/lesson.de.md");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace(/^# story\n.*?(?=^# )/ms, "").replace(/^goal: .*\n/m, ""));
  const { lesson, mistakes } = await readLesson(folder.file("percent"));
  expect(mistakes).toEqual([]);
  if (lesson === null) throw new Error("no lesson");
  const german = textsIn(lesson, "de");
  expect([german.story, german.goal]).toEqual([lesson.texts.story, lesson.texts.goal]);
  expect(german.task).not.toBe(lesson.texts.task);
  expect(textsIn(lesson, "fr")).toEqual(lesson.texts);
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
