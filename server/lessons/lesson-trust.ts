// Lessons that are not of the course bring programs and checks of somebody else. They run once the user trusts them as
// they are: a change of any of their files asks again.
import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "../base/problem.js";
import { TrustedFolders } from "../workspace/trust/trusted-folders.js";
import type { Course } from "./course.js";
import type { Lesson } from "./format/lesson.js";
import { lessonProblem } from "./messages.js";

export interface Untrusted {
  /** The path under which the trust is kept: the folder's own is for its settings as a workspace. */
  readonly key: string;
  readonly fingerprint: string;
  /** What would run: its programs, and the file of its checks. */
  readonly runs: string[];
}

/**
 * Null: the lesson may run. What was trusted is held against the files that were read, which are those that then run.
 * @throws ProblemError
 */
export async function untrusted(course: Course, { files, ...lesson }: Lesson): Promise<Untrusted | null> {
  if (course.has(lesson)) return null;
  const key = join(await realpath(lesson.folder), "check.yaml");
  const hash = createHash("sha256");
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  const fingerprint = hash.digest("hex");
  const record = await new TrustedFolders().recordOf(key);
  if (record === "below" || record?.fingerprint === fingerprint) return null;
  const runs = files
    .map(({ path }) => path)
    .filter((path) => path === "check.yaml" || /^(start|solution|wrong)\//.test(path));
  return { key, fingerprint, runs };
}

/** @throws ProblemError "lesson-untrusted" */
export async function demandTrust(course: Course, lesson: Lesson): Promise<void> {
  const waits = await untrusted(course, lesson);
  if (waits !== null)
    throw new ProblemError(lessonProblem("lesson-untrusted", { lesson: lesson.id, runs: waits.runs }));
}

/** @throws ProblemError "lesson-changed" if it is no longer what the user saw; `seen` null: as it is */
export async function trustLesson(course: Course, lesson: Lesson, seen: string | null = null): Promise<void> {
  const waits = await untrusted(course, lesson);
  if (waits === null) return;
  if (seen !== null && waits.fingerprint !== seen)
    throw new ProblemError(lessonProblem("lesson-changed", { lesson: lesson.id }));
  await new TrustedFolders().grant(waits.key, waits.fingerprint);
}
