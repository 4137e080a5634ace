// The course: its list, the open work on a lesson, and its check.
import { randomBytes } from "node:crypto";
import { isAbsolute, join } from "node:path";
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import { homeFolder } from "../base/user-folders.js";
import type { LessonLine } from "../contract/lessons-contract.js";
import type { TraceRow } from "../contract/trace.js";
import { LessonChecker } from "../lessons/check/checker.js";
import { LessonProofs } from "../lessons/check/proofs.js";
import { Course } from "../lessons/course.js";
import { scriptOf, textsIn } from "../lessons/format/lesson.js";
import { codeFor, installed } from "../lessons/installed.js";
import { demandTrust, trustLesson } from "../lessons/lesson-trust.js";
import { lessonView } from "../lessons/lesson-view.js";
import { lessonProblem } from "../lessons/messages.js";
import { newLesson } from "../lessons/new-lesson.js";
import {
  courseWithWorks,
  noteProgress,
  noteReport,
  readWork,
  resetWork,
  solutionOf,
  startWork,
  workIn,
} from "../lessons/work.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { folderMessage } from "../workspace/files/messages.js";
import { versionContent } from "../workspace/files/text-file.js";
import { endedTrace } from "./exchange-domain.js";
import { never, os } from "./implementer.js";
import { lessonClassDomain } from "./lesson-class-domain.js";
import { callMessage } from "./messages.js";
import { trustOwn } from "./own-folder.js";
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
    ...lessonClassDomain(parts, course),
    list: os.lessons.list.handler(async ({ input: { language, works: chosen } }) => {
      const works = worksFolder(chosen);
      const { title, parts } = await courseWithWorks(course, works);
      const languages = new Set(["en"]);
      const line = ({ lesson, work: found }: (typeof parts)[number]["lessons"][number]): LessonLine => {
        for (const known of lesson.translations.keys()) languages.add(known);
        const { title: name, goal } = textsIn(lesson, language);
        const work = found && {
          root: found.root,
          code: found.work.code,
          isPassed: found.work.progress.passedAt !== null,
        };
        return { id: lesson.id, title: name, goal, codes: installed(lesson.front.code), work };
      };
      const all = parts.map((part) => ({ ...part, lessons: part.lessons.map(line) }));
      return { title, works, parts: all, languages: [...languages] };
    }),
    open: os.lessons.open.handler(async ({ input }) => {
      const work = await readWork(shownFolder(folder, input).root);
      return work && lessonView(course, await course.lesson(work.lesson), work, input.language);
    }),
    start: os.lessons.start.handler(async ({ input: { id, code, works } }) => {
      if (!(await course.ids()).includes(id)) throw new ProblemError(lessonProblem("no-lesson", { lesson: id }));
      const root = join(worksFolder(works), id);
      const lesson = await course.lesson(id);
      const here = installed([code])[0];
      const isNew = await startWork(course, { lesson, code: codeFor(lesson, here), name: null, folder: root });
      if (isNew) await trustOwn(root);
      return { root, isNew };
    }),
    fromTrace: os.lessons.fromTrace.handler(async ({ input: { trace: id, works } }) => {
      const trace = await endedTrace(traces, id);
      const root = join(worksFolder(works), `trace-${trace.seq}-${randomBytes(2).toString("hex")}`);
      await newLesson(root, trace);
      return { root };
    }),
    check: os.lessons.check.handler(async ({ input: { language, ...shown }, signal = never }) => {
      const { root, work, lesson } = await opened(shown);
      await demandTrust(course, lesson);
      const found: TraceRecord[] = [];
      const script = scriptOf(lesson, work.code);
      const isYours = ({ file, from, outcome }: TraceRow) => file === script && from !== "lesson" && outcome !== null;
      const yours = traces.inMemory().filter(isYours);
      const report = await checker.check(
        lesson,
        { folder: root, code: work.code },
        {
          seed: randomBytes(3).toString("hex"),
          texts: textsIn(lesson, language),
          signal,
          onProof: (trace) => void found.push(trace),
          yours: yours.flatMap(({ id }) => traces.get(id) ?? []),
        },
      );
      proofs.replace(root, found);
      return { report, progress: await notes.run(() => noteReport(root, report)) };
    }),
    show: os.lessons.show.handler(({ input: { trace, ...shown } }) => {
      const id = proofs.show(shownFolder(folder, shown).root, trace);
      if (id === null) throw new ProblemError(callMessage("trace-not-kept", { trace }));
      return { id };
    }),
    note: os.lessons.note.handler(async ({ input: { root: shown, ...change } }) => {
      const { root } = await opened({ root: shown });
      return notes.run(() => noteProgress(root, change));
    }),
    solution: os.lessons.solution.handler(async ({ input }) => {
      const { root, lesson } = await opened(input);
      return (await solutionOf(lesson, root)).map(({ path, bytes }) => ({ path, content: versionContent(bytes) }));
    }),
    reset: os.lessons.reset.handler(async ({ input }) => {
      const { root, lesson } = await opened(input);
      const kept = await resetWork(lesson, root);
      return { kept, progress: (await workIn(root)).progress };
    }),
    trust: os.lessons.trust.handler(async ({ input }) => {
      const { lesson } = await opened(input);
      await trustLesson(course, lesson, input.fingerprint);
      return null;
    }),
  };
};
