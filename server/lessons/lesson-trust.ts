// Lessons that are not of the course bring programs and checks of somebody else. They run once the user trusts them as
// they are: a change of any of their files asks again.
import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { ProblemError } from "../base/problem.js";
import { TrustedFolders } from "../workspace/trust/trusted-folders.js";
import type { Course } from "./course.js";
import { readTree } from "./format/file-tree.js";
import type { Lesson } from "./format/lesson.js";
import { lessonProblem } from "./messages.js";

interface Untrusted {
  readonly folder: string;
  readonly fingerprint: string;
  /** What would run: its programs, and the file of its checks. */
  readonly runs: string[];
}

/** Null: it may run. @throws ProblemError */
async function untrusted(course: Course, lesson: Lesson): Promise<Untrusted | null> {
  if (course.has(lesson)) return null;
  const folder = await realpath(lesson.folder);
  const files = await readTree(folder);
  const hash = createHash("sha256");
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  const fingerprint = hash.digest("hex");
  const record = await new TrustedFolders().recordOf(folder);
  if (record === "below" || record?.fingerprint === fingerprint) return null;
  const runs = files
    .map(({ path }) => path)
    .filter((path) => path === "check.yaml" || /^(start|solution|wrong)\//.test(path));
  return { folder, fingerprint, runs };
}

/** @throws ProblemError "lesson-untrusted" */
export async function demandTrust(course: Course, lesson: Lesson): Promise<void> {
  const waits = await untrusted(course, lesson);
  if (waits !== null)
    throw new ProblemError(lessonProblem("lesson-untrusted", { lesson: lesson.id, runs: waits.runs }));
}

/** Trusts a lesson as it is now. @throws ProblemError */
export async function trustLesson(course: Course, lesson: Lesson): Promise<void> {
  const waits = await untrusted(course, lesson);
  if (waits !== null) await new TrustedFolders().grant(waits.folder, waits.fingerprint);
}
