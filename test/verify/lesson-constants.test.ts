// A script that prints what the solution once answered, whatever it is asked, passes no lesson.
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, expect, test } from "vitest";
import { LessonChecker } from "../../server/lessons/check/checker.js";
import { Course } from "../../server/lessons/course.js";
import { filesBelow, writeTree } from "../../server/lessons/format/file-tree.js";
import { scriptOf } from "../../server/lessons/format/lesson.js";
import { sampled } from "../support/evidence.js";
import { tempFolder } from "../support/temp-workspace.js";

const course = new Course();
const checker = new LessonChecker();
afterAll(() => checker.dispose());
const plainHead = "Content-Type: text/plain; charset=utf-8\n\n";

test.each(sampled(await course.ids(), "lesson-constants", 16))("%s", async (id) => {
  using folder = tempFolder();
  const lesson = await course.lesson(id);
  const script = scriptOf(lesson, "python");
  await writeTree(folder.file("solved"), filesBelow(lesson.files, "solution/python"));
  await writeTree(folder.file("work"), filesBelow(lesson.files, "start/python"));
  const { stdout } = spawnSync("python3", [folder.file(`solved/${script}`)], {
    cwd: dirname(folder.file(`solved/${script}`)),
    env: {
      ...process.env,
      REQUEST_METHOD: "GET",
      QUERY_STRING: "",
      SCRIPT_NAME: `/${script}`,
      SERVER_NAME: "localhost",
    },
    input: "",
    timeout: 20_000,
  });
  const answer = stdout.includes("\n\n") ? stdout : Buffer.from(`${plainHead}Hello\n`);
  const path = folder.file(`work/${script}`);
  writeFileSync(
    path,
    `#!/usr/bin/env python3\nimport sys\nsys.stdout.buffer.write(bytes.fromhex("${answer.toString("hex")}"))\n`,
  );
  chmodSync(path, 0o755);
  const { signal } = new AbortController();
  const work = { folder: folder.file("work"), code: "python" } as const;
  const report = await checker.check(lesson, work, { seed: String(Date.now()), texts: lesson.texts, signal });
  expect(report.passed, JSON.stringify(report)).toBe(false);
});
