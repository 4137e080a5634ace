// What a class is given, as one ZIP, and what it hands in.
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { readBounded } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { inTemporaryFolder } from "../../base/temporary-folder.js";
import type { LanguageId } from "../../contract/samples-contract.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import type { Course } from "../course.js";
import { maxMiB, readTree, writeTree } from "../format/file-tree.js";
import type { Lesson } from "../format/lesson.js";
import { lessonProblem } from "../messages.js";
import { startWork } from "../work.js";
import { unzipped, zipped } from "./archive.js";

/** The work on a lesson of the course as it is at its start. @throws ProblemError */
export const handOutLesson = (course: Course, lesson: Lesson, code: LanguageId): Promise<Uint8Array> =>
  inTemporaryFolder("lesson", async (above) => {
    const folder = join(above, "work");
    await startWork(course, { lesson, code, name: null, folder });
    return zipped(lesson.id, await readTree(folder), lesson.front.modes);
  });

/** A folder as it is: a lesson of one's own, or scripts with their saved requests. @throws ProblemError */
export async function handOutFolder(folder: string): Promise<Uint8Array> {
  const files = await readTree(folder);
  if (files.length === 0)
    throw new ProblemError(
      existsSync(folder)
        ? lessonProblem("nothing-to-hand-out", { path: folder })
        : lessonProblem("no-lesson", { lesson: folder }),
    );
  return zipped(basename(folder), files, {});
}

/**
 * Unpacks a ZIP into a new folder in `into` and returns the work in it: that folder, or the one that is alone in it.
 * Nothing is written if the ZIP is refused. @throws ProblemError
 */
export async function collect(zip: string, into: string): Promise<string> {
  const read = await readBounded(zip, maxMiB << 20).catch((error: unknown) => {
    throw fileProblem(error, zip);
  });
  const refusal = { path: zip, entry: "", why: "too-large" } as const;
  if (read.kind === "too-large") throw new ProblemError(lessonProblem("archive-refused", refusal));
  const { files, modes } = unzipped(zip, read.bytes);
  const folder = join(into, basename(zip).replace(/\.zip$/i, "") || "work");
  try {
    await mkdir(into, { recursive: true });
    await mkdir(folder);
    const tops = new Set(files.map(({ path }) => /^([^/]+)\//.exec(path)?.[1]));
    const [top] = tops.size === 1 ? tops : [];
    await writeTree(folder, files, { modes });
    return top === undefined ? folder : join(folder, top);
  } catch (error) {
    throw fileProblem(error, folder);
  }
}
