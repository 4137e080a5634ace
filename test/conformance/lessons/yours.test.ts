// Checks of what the learner has done: a request to the script was held, or debugged. The window alone knows it.
import { expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { LessonChecker } from "../../../server/lessons/check/checker.js";
import { Course } from "../../../server/lessons/course.js";
import { lessonIn } from "../../../server/lessons/format/read-lesson.js";
import { trustLesson } from "../../../server/lessons/lesson-trust.js";
import { startWork } from "../../../server/lessons/work.js";
import { rpcWindows } from "../../support/rpc-windows.js";
import { writeSmallLesson } from "../../support/small-lesson.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

test("a request of the learner's own is asked for, in the window alone", async () => {
  using folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  const yours = (fact: string): string => `  - { id: ${fact}, say: So., yours: { ${fact}: true } }`;
  const checks = `  - { id: sent, say: So., request: { target: "/{script}" } }\n${yours("held")}\n${yours("debugged")}`;
  const lesson = await lessonIn(writeSmallLesson(folder.file("small"), { checks }));
  const course = new Course();
  await trustLesson(course, lesson);
  await startWork(course, { lesson, code: "shell", name: null, folder: folder.file("work") });
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.file("work"), { port: 0, run: { host: null } });
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
  const stateOf = async () => {
    const { report } = await client.lessons.check({ root: null, language: "en" });
    return Object.fromEntries(report.checks.map(({ id, state, failure }) => [id, failure?.why.code ?? state]));
  };
  let sent = 0;
  const send = async (): Promise<void> => {
    sent++;
    await fetch(`${workbench.server.servingAddress().url}/cgi-bin/small.sh`);
    const isOver = ({ from, outcome }: TraceRow): boolean => from !== "lesson" && outcome !== null;
    await waitFor("it has ended", () => workbench.traces.inMemory().filter(isOver).length === sent);
  };

  await send();
  expect(await stateOf()).toEqual({ sent: "passed", held: "none-of-yours", debugged: "none-of-yours" });

  const leaving = new AbortController();
  const rule = { query: "", moment: "start", isOnce: true, pace: null, matches: () => true } as const;
  const kept = workbench.holds.keep(rule, leaving.signal);
  const asked = send();
  await waitFor("it is held", () => workbench.holds.held.length === 1);
  leaving.abort();
  await asked;
  await kept;
  expect(await stateOf()).toEqual({ sent: "passed", held: "passed", debugged: "none-of-yours" });

  workbench.debuggers.add({ wants: () => true, start: async () => (plan) => plan });
  await send();
  workbench.debuggers.clear();
  expect(await stateOf()).toEqual({ sent: "passed", held: "passed", debugged: "passed" });

  const checker = new LessonChecker();
  const work = { folder: folder.file("work"), code: "shell" as const };
  const options = { seed: "x", texts: lesson.texts, signal: new AbortController().signal };
  expect((await checker.check(lesson, work, options)).checks.map(({ id }) => id)).toEqual(["sent"]);
  await checker.dispose();
  await workbench.dispose();
  vi.unstubAllEnvs();
});
