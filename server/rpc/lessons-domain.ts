// The course: its list, the open work on a lesson, and its check.
import { randomBytes } from "node:crypto";
import { isAbsolute, join } from "node:path";
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { homeFolder } from "../base/user-folders.js";
import type { LessonLine } from "../contract/lessons-contract.js";
import { LessonChecker } from "../lessons/check/checker.js";
import { Course } from "../lessons/course.js";
import { textsIn } from "../lessons/format/lesson.js";
import { installed } from "../lessons/installed.js";
import { demandTrust, trustLesson } from "../lessons/lesson-trust.js";
import { lessonView } from "../lessons/lesson-view.js";
import {
  noteProgress,
  noteReport,
  readWork,
  resetWork,
  solutionOf,
  startWork,
  workIn,
  worksIn,
} from "../lessons/work.js";
import { folderMessage } from "../workspace/files/messages.js";
import { never, os } from "./implementer.js";
import { refusing } from "./refusal.js";
import { shownFolder } from "./shown-folder.js";

/** The folder of all works, if the user chose none. */
function worksFolder(chosen: string | null): string {
  const folder = chosen ?? join(homeFolder(), "cgi-lessons");
  if (isAbsolute(folder)) return folder;
  throw new ProblemError(folderMessage("relative-path", { path: folder }));
}

export const lessonsDomain = (parts: Pick<Workbench, "folder" | "traces" | "beforeEnd">) => {
  const { folder, traces } = parts;
  const course = new Course();
  const checker = new LessonChecker();
  parts.beforeEnd(() => checker.dispose());
  /** The open folder, the work in it, and its lesson. @throws ProblemError */
  const opened = async (shown: { readonly root: string | null }) => {
    const { root } = shownFolder(folder, shown);
    const work = await workIn(root);
    return { root, work, lesson: await course.lesson(work.lesson) };
  };
  return {
    list: os.lessons.list.handler(({ input: { language, works: chosen } }) =>
      refusing(async () => {
        const works = worksFolder(chosen);
        const { title, language: own, translations, parts } = await course.outline();
        const started = await worksIn(works);
        const line = async (id: string): Promise<LessonLine> => {
          const lesson = await course.lesson(id);
          const { title: name, goal } = textsIn(lesson, language);
          const { minutes, code, after } = lesson.front;
          const found = started.get(id);
          const work = found ? { root: found.root, code: found.work.code, progress: found.work.progress } : null;
          return { id, title: name, goal, minutes, codes: installed(code), after, work };
        };
        return {
          title,
          languages: [own, ...translations],
          works,
          parts: await Promise.all(
            parts.map(async (part) => ({ title: part.title, lessons: await Promise.all(part.lessons.map(line)) })),
          ),
        };
      }),
    ),
    open: os.lessons.open.handler(({ input }) =>
      refusing(async () => {
        const work = await readWork(shownFolder(folder, input).root);
        return work && lessonView(course, await course.lesson(work.lesson), work, input.language);
      }),
    ),
    start: os.lessons.start.handler(({ input: { id, code, name, works } }) =>
      refusing(async () => {
        const root = join(worksFolder(works), id);
        const lesson = await course.lesson(id);
        return { root, isNew: await startWork(course, { lesson, code, name, folder: root }) };
      }),
    ),
    check: os.lessons.check.handler(({ input: { language, seed, ...shown }, signal = never }) =>
      refusing(async () => {
        const { root, work, lesson } = await opened(shown);
        await demandTrust(course, lesson);
        const report = await checker.check(
          lesson,
          { folder: root, code: work.code },
          {
            seed: seed ?? randomBytes(3).toString("hex"),
            texts: textsIn(lesson, language),
            signal,
            onProof: (trace) => traces.add(trace).id,
          },
        );
        return { report, progress: await noteReport(root, report) };
      }),
    ),
    note: os.lessons.note.handler(({ input: { hints, prediction, ...shown } }) =>
      refusing(async () => {
        const { root } = await opened(shown);
        return noteProgress(root, { ...(hints !== null && { hints }), ...(prediction !== null && { prediction }) });
      }),
    ),
    solution: os.lessons.solution.handler(({ input }) =>
      refusing(async () => {
        const { root, lesson } = await opened(input);
        return solutionOf(lesson, root);
      }),
    ),
    reset: os.lessons.reset.handler(({ input }) =>
      refusing(async () => {
        const { root, lesson } = await opened(input);
        return { kept: await resetWork(lesson, root) };
      }),
    ),
    trust: os.lessons.trust.handler(({ input }) =>
      refusing(async () => {
        const { lesson } = await opened(input);
        await trustLesson(course, lesson, input.fingerprint);
        return null;
      }),
    ),
  };
};
