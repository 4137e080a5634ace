// A learner's work on a lesson: a folder with the lesson's files, and one hidden file that tells which lesson it is and
// how far the work has come.
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode, readBounded, unlessMissing } from "../base/disk.js";
import { errorText } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { replacePrivateFile } from "../base/user-data.js";
import { type LessonProgress, type LessonReport, lessonProgress } from "../contract/lessons-contract.js";
import { type LanguageId, languageId } from "../contract/samples-contract.js";
import type { Problem } from "../contract/workspace.js";
import { fileProblem } from "../workspace/files/file-problem.js";
import type { Course } from "./course.js";
import { filesBelow, type TreeFile, writeTree } from "./format/file-tree.js";
import type { Lesson } from "./format/lesson.js";
import { lessonProblem } from "./messages.js";

const workFileName = ".cgi-workbench-lesson.json";
const maxBytes = 64 << 10;
/** What is larger is no answer of a learner. */
const maxAnswerBytes = 1 << 20;

const workFile = z.object({
  schema: z.literal(1),
  /** An id of the course, or the absolute path of a lesson's folder. */
  lesson: z.string().min(1).max(4096),
  code: languageId,
  /** Whose work it is, as far as told. */
  name: z.string().max(200).nullable(),
  progress: lessonProgress,
});
export type WorkFile = z.infer<typeof workFile>;

/** Null: the folder is no work. @throws ProblemError */
export async function readWork(folder: string): Promise<WorkFile | null> {
  const path = join(folder, workFileName);
  const damaged = (systemText: string): ProblemError =>
    new ProblemError(lessonProblem("work-damaged", { path, systemText }));
  const read = await readBounded(path, maxBytes).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return null;
    throw fileProblem(error, path);
  });
  if (read === null) return null;
  if (read.kind === "too-large") throw damaged(`${read.sizeBytes} bytes`);
  try {
    return workFile.parse(JSON.parse(read.bytes.toString()));
  } catch (error) {
    if (error instanceof z.ZodError) throw damaged(error.issues[0]?.path.join(".") ?? "");
    if (error instanceof SyntaxError) throw damaged(errorText(error));
    throw error;
  }
}

/** @throws ProblemError "not-a-work" */
export async function workIn(folder: string): Promise<WorkFile> {
  const work = await readWork(folder);
  if (work === null) throw new ProblemError(lessonProblem("not-a-work", { path: folder }));
  return work;
}

const nothingYet: LessonProgress = { attempts: 0, hints: 0, prediction: null, passedAt: null };

interface Start {
  readonly lesson: Lesson;
  readonly code: LanguageId;
  readonly name: string | null;
  /** Absolute; it and missing folders above it are made. */
  readonly folder: string;
}

/** False: the folder holds a work on this lesson already, which stays as it is. @throws ProblemError */
export async function startWork(course: Course, { lesson, code, name, folder }: Start): Promise<boolean> {
  const known = course.has(lesson) ? lesson.id : lesson.folder;
  const there = await readWork(folder);
  if (there?.lesson === known) return false;
  const files = startFiles(lesson, code);
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) throw new ProblemError(lessonProblem("work-not-empty", { path: folder }));
    await writeTree(folder, files, lesson.front);
    await keepWork(folder, { schema: 1, lesson: known, code, name, progress: nothingYet });
    return true;
  } catch (error) {
    throw fileProblem(error, folder);
  }
}

/** @throws ProblemError "no-such-code" */
function startFiles({ id, files, front }: Lesson, code: LanguageId): readonly TreeFile[] {
  if (!front.code.includes(code)) throw new ProblemError(lessonProblem("no-such-code", { lesson: id, code }));
  return filesBelow(files, `start/${code}`);
}

/** A teacher with another account reads it, too, as far as the process's mask lets others read files. */
async function keepWork(folder: string, work: WorkFile): Promise<void> {
  try {
    await replacePrivateFile(join(folder, workFileName), `${JSON.stringify(work, null, 2)}\n`, 0o666);
  } catch (error) {
    throw fileProblem(error, workFileName);
  }
}

/** Returns the progress as it is now. @throws ProblemError */
export async function noteProgress(folder: string, change: Partial<LessonProgress>): Promise<LessonProgress> {
  const work = await workIn(folder);
  const progress = { ...work.progress, ...change };
  await keepWork(folder, { ...work, progress });
  return progress;
}

/** After a check. */
export async function noteReport(folder: string, { passed }: LessonReport): Promise<LessonProgress> {
  const { progress } = await workIn(folder);
  return noteProgress(folder, {
    attempts: progress.attempts + 1,
    passedAt: progress.passedAt ?? (passed ? new Date().toISOString() : null),
  });
}

/**
 * Puts the files back as they were at the start. What was there goes into a hidden folder, which is returned by its
 * name: nothing is lost. @throws ProblemError
 */
export async function resetWork(lesson: Lesson, folder: string): Promise<string> {
  const work = await workIn(folder);
  const files = startFiles(lesson, work.code); // before anything is moved
  try {
    const names = await readdir(folder);
    const kept = `.earlier-${1 + Math.max(0, ...names.map((name) => Number(/^\.earlier-(\d+)$/.exec(name)?.[1] ?? 0)))}`;
    await mkdir(join(folder, kept));
    for (const name of names)
      if (name !== workFileName && !/^\.earlier-\d+$/.test(name))
        await rename(join(folder, name), join(folder, kept, name));
    await writeTree(folder, files, lesson.front);
    await keepWork(folder, { ...work, progress: { ...nothingYet, passedAt: work.progress.passedAt } });
    return kept;
  } catch (error) {
    throw fileProblem(error, folder);
  }
}

/** The files of the course's answer that the work has otherwise. @throws ProblemError "lesson-not-passed" */
export async function solutionOf({ id, files }: Lesson, folder: string): Promise<readonly TreeFile[]> {
  const { code, progress } = await workIn(folder);
  if (progress.passedAt === null) throw new ProblemError(lessonProblem("lesson-not-passed", { lesson: id }));
  const differing: TreeFile[] = [];
  for (const file of filesBelow(files, `solution/${code}`)) {
    const reading = readBounded(join(folder, file.path), maxAnswerBytes);
    const own = await unlessMissing(reading, null).catch((error: unknown) => {
      throw fileProblem(error, file.path);
    });
    if (own?.kind === "read" && Buffer.compare(own.bytes, file.bytes) !== 0) differing.push(file);
  }
  return differing;
}

/** The lessons of the course in their parts, each with the work on it below a folder. @throws ProblemError */
export async function courseWithWorks(course: Course, folder: string) {
  const { title, parts } = await course.outline();
  const { works, problems } = await worksIn(folder);
  const one = async (id: string) => ({ lesson: await course.lesson(id), work: works.get(id) ?? null });
  const all = parts.map(async (part) => ({ title: part.title, lessons: await Promise.all(part.lessons.map(one)) }));
  return { title, parts: await Promise.all(all), problems };
}

/**
 * The works below a folder by the id of their lesson, of several the first by name, and why folders beside them could
 * not be looked into. @throws ProblemError if the folder itself cannot be read
 */
async function worksIn(folder: string) {
  const works = new Map<string, { root: string; work: WorkFile }>();
  const problems: Problem[] = [];
  const names = await unlessMissing(readdir(folder), []).catch((error: unknown) => {
    throw fileProblem(error, folder);
  });
  for (const name of names.sort()) {
    const root = join(folder, name);
    try {
      const work = await readWork(root);
      if (work !== null && !works.has(work.lesson)) works.set(work.lesson, { root, work });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(error.problem);
    }
  }
  return { works, problems };
}
