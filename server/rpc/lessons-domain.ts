// The course: its list, the open work on a lesson, and its check.
import { randomBytes } from "node:crypto";
import { isAbsolute, join } from "node:path";
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import { homeFolder } from "../base/user-folders.js";
import type { LessonLine } from "../contract/lessons-contract.js";
import { LessonChecker } from "../lessons/check/checker.js";
import { LessonProofs } from "../lessons/check/proofs.js";
import { Course } from "../lessons/course.js";
import { textsIn } from "../lessons/format/lesson.js";
import { installed } from "../lessons/installed.js";
import { demandTrust, trustLesson } from "../lessons/lesson-trust.js";
import { lessonView } from "../lessons/lesson-view.js";
import { lessonProblem } from "../lessons/messages.js";
import { newLesson } from "../lessons/new-lesson.js";
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
import type { TraceRecord } from "../trace/trace-record.js";
import { folderMessage } from "../workspace/files/messages.js";
import { versionContent } from "../workspace/files/text-file.js";
import { endedTrace } from "./exchange-domain.js";
import { never, os } from "./implementer.js";
import { callMessage } from "./messages.js";
import { trustOwn } from "./own-folder.js";
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
  const proofs = new LessonProofs(traces);
  parts.beforeEnd(() => checker.dispose());
  /** The work's file is read and written by one call after the other. */
  const notes = new SerialQueue();
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
        const { title, parts } = await course.outline();
        const { works: started } = await worksIn(works);
        const languages = new Set(["en"]);
        const line = async (id: string): Promise<LessonLine> => {
          const lesson = await course.lesson(id);
          for (const known of lesson.translations.keys()) languages.add(known);
          const { title: name, goal } = textsIn(lesson, language);
          const found = started.get(id);
          const { code, progress } = found?.work ?? {};
          const work = found && code && progress && { root: found.root, code, isPassed: progress.passedAt !== null };
          return { id, title: name, goal, codes: installed(lesson.front.code), work: work ?? null };
        };
        const all = parts.map(async (part) => ({ ...part, lessons: await Promise.all(part.lessons.map(line)) }));
        return { title, works, parts: await Promise.all(all), languages: [...languages] };
      }),
    ),
    open: os.lessons.open.handler(({ input }) =>
      refusing(async () => {
        const work = await readWork(shownFolder(folder, input).root);
        return work && lessonView(course, await course.lesson(work.lesson), work, input.language);
      }),
    ),
    start: os.lessons.start.handler(({ input: { id, code, works } }) =>
      refusing(async () => {
        if (!(await course.ids()).includes(id)) throw new ProblemError(lessonProblem("no-lesson", { lesson: id }));
        const root = join(worksFolder(works), id);
        const lesson = await course.lesson(id);
        const here = installed(lesson.front.code);
        const chosen = here.includes(code) ? code : (here[0] ?? code);
        const isNew = await startWork(course, { lesson, code: chosen, name: null, folder: root });
        if (isNew) await trustOwn(root);
        return { root, isNew };
      }),
    ),
    fromTrace: os.lessons.fromTrace.handler(({ input: { trace: id, works } }) =>
      refusing(async () => {
        const trace = await endedTrace(traces, id);
        const root = join(worksFolder(works), `trace-${trace.seq}-${randomBytes(2).toString("hex")}`);
        await newLesson(root, trace);
        return { root };
      }),
    ),
    check: os.lessons.check.handler(({ input: { language, ...shown }, signal = never }) =>
      refusing(async () => {
        const { root, work, lesson } = await opened(shown);
        await demandTrust(course, lesson);
        const found: TraceRecord[] = [];
        const report = await checker.check(
          lesson,
          { folder: root, code: work.code },
          {
            seed: randomBytes(3).toString("hex"),
            texts: textsIn(lesson, language),
            signal,
            onProof: (trace) => void found.push(trace),
          },
        );
        proofs.replace(root, found);
        return { report, progress: await notes.run(() => noteReport(root, report)) };
      }),
    ),
    show: os.lessons.show.handler(({ input: { trace, ...shown } }) =>
      refusing(() => {
        const id = proofs.show(shownFolder(folder, shown).root, trace);
        if (id === null) throw new ProblemError(callMessage("trace-not-kept", { trace }));
        return { id };
      }),
    ),
    note: os.lessons.note.handler(({ input: { hints, prediction, ...shown } }) =>
      refusing(async () => {
        const { root } = await opened(shown);
        return notes.run(() =>
          noteProgress(root, {
            ...(hints !== undefined && { hints }),
            ...(prediction !== undefined && { prediction }),
          }),
        );
      }),
    ),
    solution: os.lessons.solution.handler(({ input }) =>
      refusing(async () => {
        const { root, lesson } = await opened(input);
        return (await solutionOf(lesson, root)).map(({ path, bytes }) => ({ path, content: versionContent(bytes) }));
      }),
    ),
    reset: os.lessons.reset.handler(({ input }) =>
      refusing(async () => {
        const { root, lesson } = await opened(input);
        const kept = await resetWork(lesson, root);
        return { kept, progress: (await workIn(root)).progress };
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
