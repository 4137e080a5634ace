// The lesson whose work folder is open, and what its last check found.
import { create } from "zustand";
import type { LessonReport, LessonView } from "../../../server/contract/lessons-contract.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useWithheld } from "../../model/traces/withheld.js";
import { recall, remember } from "../../platform/storage.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { useLessonFolder } from "./lesson-folder.js";

interface LessonState {
  /** The folder whose lesson was read last; null before the first. */
  readonly root: string | null;
  /** Null: the folder is no work on a lesson. */
  readonly view: LessonView | null;
  readonly report: LessonReport | null;
  readonly isChecking: boolean;
  /** Why the last call could not do its work, a sentence. */
  readonly why: string | null;
  readonly tab: "lesson" | "files";
  /** The language that the texts are shown in. */
  readonly language: string;
}

export const useLesson = create<LessonState>()(() => ({
  root: null,
  view: null,
  report: null,
  isChecking: false,
  why: null,
  tab: "lesson",
  language: recall("lesson-language", (value) => (typeof value === "string" ? value : null)) ?? "en",
}));

/** After so many checks a lesson shows the findings of the doctor that come late. */
const checksBefore = 2;
useLesson.subscribe(({ view }) => {
  const fixes = view !== null && view.doctor !== "shown" && view.progress.passedAt === null;
  const isLate = fixes && view.doctor === "late";
  const { attempts = 0, hints = 0 } = view?.progress ?? {};
  const findings = fixes && !(isLate && (attempts >= checksBefore || hints === view.hints.length));
  const what = findings ? "findings" : "fixes";
  const when = findings && isLate ? "after two checks, or with the last hint" : "when your work has passed";
  const until = `The lesson shows the doctor’s ${what} ${when}.`;
  const before = useWithheld.getState();
  if (before.findings !== findings || before.fixes !== fixes || before.until !== until)
    useWithheld.setState({ findings, fixes, until });
});

/** Finds out whether the open folder is a work on a lesson. */
export async function lookForLesson(): Promise<void> {
  const { client } = useServer.getState();
  const root = useWorkspace.getState().workspace?.root ?? null;
  if (!client || root === null) return;
  if (useLesson.getState().root !== root) useLesson.setState({ root, view: null, report: null, why: null });
  const isCurrent = (): boolean => useLesson.getState().root === root;
  try {
    const view = await client.lessons.open({ root, language: useLesson.getState().language });
    if (!isCurrent()) return;
    useLesson.setState({ view });
    useLessonFolder.setState({ root: view && root });
  } catch (error) {
    if (isCurrent()) useLesson.setState({ why: problemText(problemOf(error)) });
  }
}

/** The texts of an open lesson are read again. */
export async function setLessonLanguage(language: string): Promise<void> {
  remember("lesson-language", language);
  useLesson.setState({ language });
  if (useLesson.getState().view !== null) await lookForLesson();
}

// Each folder that is opened is looked at, and again by a new connection. Keeps its failures.
useWorkspace.subscribe(({ workspace }, before) => {
  if (workspace !== before.workspace) void lookForLesson();
});
useServer.subscribe(({ client }, before) => {
  if (client !== before.client) void lookForLesson();
});
void lookForLesson();
