// A class: the ZIP that it is given, and its works, checked again.
import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import type { ClassFound } from "../contract/lesson-class-contract.js";
import { checkClass, classCsv, programsIn, type WorkToCheck, worksFrom } from "../lessons/class/class-report.js";
import { holds, holdWords } from "../lessons/class/confined.js";
import { collect, handOutFolder, handOutLesson } from "../lessons/class/hand-out.js";
import type { Course } from "../lessons/course.js";
import type { Lesson } from "../lessons/format/lesson.js";
import { codeFor } from "../lessons/installed.js";
import { trustLesson, untrusted } from "../lessons/lesson-trust.js";
import { lessonProblem } from "../lessons/messages.js";
import { fileProblem } from "../workspace/files/file-problem.js";
import { folderMessage } from "../workspace/files/messages.js";
import { never, os } from "./implementer.js";
import { shownFolder } from "./shown-folder.js";

export const lessonClassDomain = ({ folder }: Pick<Workbench, "folder">, course: Course) => {
  let collected: Collected | null = null;
  return {
    handOut: os.lessons.handOut.handler(async ({ input: { root, lesson: id, code } }) => {
      if (id === null) {
        const { root: shown } = shownFolder(folder, { root });
        return { name: `${basename(shown)}.zip`, base64: base64(await handOutFolder(shown)) };
      }
      if (!(await course.ids()).includes(id)) throw new ProblemError(lessonProblem("no-lesson", { lesson: id }));
      const lesson = await course.lesson(id);
      const zip = await handOutLesson(course, lesson, codeFor(lesson, code));
      return { name: `${id}.zip`, base64: base64(zip) };
    }),
    collect: os.lessons.collect.handler(async ({ input: { folder: from, lesson: named } }) => {
      if (!isAbsolute(from)) throw new ProblemError(folderMessage("relative-path", { path: from }));
      const names = await readdir(from).catch((error: unknown) => {
        throw fileProblem(error, from);
      });
      const zips = names.filter((name) => /\.zip$/i.test(name)).toSorted();
      if (zips.length === 0) throw new ProblemError(lessonProblem("no-archives", { path: from }));
      const own = named === null ? null : await course.lesson(named);
      const waits = own && (await untrusted(course, own));
      const into = join(from, `works-${new Date().toISOString().slice(0, 10)}-${randomBytes(2).toString("hex")}`);
      const works = await worksFrom(zips, (work) => collect(join(from, work), into));
      collected = { into, works, own, seen: waits?.fingerprint ?? null };
      const runs = (waits?.runs ?? []).map((path) => `${own?.id}/${path}`);
      return { into, works: works.length, runs: [...runs, ...(await programsIn(works))] };
    }),
    report: os.lessons.report.handler(({ input: { into }, signal = never }) =>
      reported(course, into, collected, signal),
    ),
  };
};

/** The works of the last collection, whose programs the user has seen. */
interface Collected {
  readonly into: string;
  readonly works: readonly WorkToCheck[];
  readonly own: Lesson | null;
  /** What was seen of a lesson that is not trusted yet. */
  readonly seen: string | null;
}

async function* reported(
  course: Course,
  into: string,
  collected: Collected | null,
  signal: AbortSignal,
): AsyncGenerator<ClassFound> {
  if (collected?.into !== into) throw new ProblemError(lessonProblem("not-collected", { path: into }));
  const { works, own, seen } = collected;
  if (own !== null && seen !== null) await trustLesson(course, own, seen);
  const seed = randomBytes(3).toString("hex");
  for await (const { rows, held, isWhole } of checkClass(works, { course, own, seed, signal })) {
    const isRun = rows.some(({ passed }) => passed !== null);
    const limits = holds.map((one) => ({ isHeld: held.includes(one), say: holdWords[one] }));
    yield { rows, whole: isWhole ? { csv: classCsv(rows), limits: isRun ? limits : [] } : null };
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
