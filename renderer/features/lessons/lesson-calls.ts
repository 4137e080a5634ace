// What a learner does with a lesson: start it, check it, see a hint, and go on.

import type { LanguageId } from "../../../server/contract/samples-contract.js";
import { fromBase64 } from "../../format/bytes-text.js";
import { useFiles } from "../../model/folder/file-store.js";
import { listed, openAndWait } from "../../model/folder/opened.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { loadIntoComposer } from "../../model/request/load.js";
import { followLastSave } from "../../model/traces/last-save.js";
import { notify, orNotify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useServer } from "../../rpc/store.js";
import { lookForLesson, useLesson } from "./lesson-store.js";
import { showPlace } from "./show-place.js";

/** A save by the editor is seen twice: as such, and in the list of files, ms. */
const togetherMs = 150;
let soon: ReturnType<typeof setTimeout> | undefined;
let isAskedAgain = false;

/** The folder whose saves are known: one that was just opened has none yet, and is not checked for that. */
let knownRoot = useFiles.getState().root;
followLastSave(() => {
  const { root } = useFiles.getState();
  const isSave = root !== null && root === knownRoot && root === useWorkspace.getState().workspace?.root;
  knownRoot = root;
  if (!isSave || useLesson.getState().view?.trust !== null) return;
  clearTimeout(soon);
  soon = setTimeout(() => void checkLesson(), togetherMs); // keeps its failures
});

/** Checks the work as it is on disk. What changes meanwhile is checked afterwards. */
export async function checkLesson(): Promise<void> {
  const { root, view, isChecking, language } = useLesson.getState();
  const { client } = useServer.getState();
  isAskedAgain = isChecking;
  if (isChecking || view === null || client === null) return;
  const isCurrent = (): boolean => useLesson.getState().root === root;
  useLesson.setState({ isChecking: true, why: null });
  try {
    const { report, progress } = await client.lessons.check({ root, language });
    const { view: now } = useLesson.getState();
    if (isCurrent() && now !== null) useLesson.setState({ report, view: { ...now, progress } });
  } catch (error) {
    if (isCurrent()) useLesson.setState({ why: problemText(problemOf(error)) });
  } finally {
    useLesson.setState({ isChecking: false });
  }
  if (isAskedAgain) await checkLesson();
}

/** Brings the trace that proves a failure into the list and opens it, at a place of it if one is given. */
export async function showProof(trace: string, place: string | null): Promise<void> {
  const { root } = useLesson.getState();
  await orNotify("The trace could not be shown", async () => {
    const { id } = await connected().lessons.show({ root, trace });
    if (place === null) useSelection.getState().bringUp(id);
    else await showPlace(place, id);
  });
}

/** Shown at once, and remembered in the work folder. */
export async function noteInWork(note: { readonly hints?: number; readonly prediction?: number }): Promise<void> {
  const { root, view } = useLesson.getState();
  if (view !== null) useLesson.setState({ view: { ...view, progress: { ...view.progress, ...note } } });
  await orNotify("This could not be remembered", () => connected().lessons.note({ root, ...note }));
}

/** Opens a lesson of the course, in `code` if it exists in that. `works`: the folder of all works. @throws */
export async function startLesson(id: string, code: LanguageId, works: string | null): Promise<void> {
  const { root, isNew } = await connected().lessons.start({ id, code, works });
  await openAndWait(root);
  useLesson.setState({ tab: "lesson" });
  await lookForLesson();
  const { view } = useLesson.getState();
  if (view === null) return;
  await listed(view.script);
  useSelection.getState().open(view.script);
  const { request } = view;
  if (isNew && request !== null) {
    const { body } = request;
    const bytes = body && fromBase64(body.base64);
    loadIntoComposer({ ...request, body: bytes });
  }
}

/** Opens a new lesson whose solution and check are the script and the response of the selected trace. */
export async function lessonFromTrace(): Promise<void> {
  const { traceId } = useSelection.getState();
  if (traceId === null) return;
  await orNotify("No lesson was made from this trace", async () => {
    const { root } = await connected().lessons.fromTrace({ trace: traceId, works: null });
    await openAndWait(root);
    await listed("lesson.md");
    useSelection.getState().open("lesson.md");
  });
}

/** Beside the work that is open. */
export async function startNext(): Promise<void> {
  const { root, view } = useLesson.getState();
  if (root === null || view?.next == null) return;
  const { next, code } = view;
  await orNotify("The next lesson could not be started", () =>
    startLesson(next.id, code, root.replace(/[\\/][^\\/]+$/, "")),
  );
}

export async function startOver(): Promise<void> {
  const { root, view } = useLesson.getState();
  knownRoot = null; // these are no saves
  await orNotify("The lesson could not be started over", async () => {
    const { kept, progress } = await connected().lessons.reset({ root });
    if (view !== null) useLesson.setState({ view: { ...view, progress }, report: null });
    notify("info", `The files are as they were at the start. Yours are in ${kept}.`);
  });
}

export async function trustLesson(): Promise<void> {
  const { root, view } = useLesson.getState();
  if (view?.trust == null) return;
  const { fingerprint } = view.trust;
  await orNotify("The lesson is not trusted", () => connected().lessons.trust({ root, fingerprint }));
  await lookForLesson();
}

/** The course's answer, beside the learner's own. */
export async function showSolution(): Promise<void> {
  const { root } = useLesson.getState();
  await orNotify("The course’s answer could not be shown", async () => {
    const [{ compareWithSolution }, files] = await Promise.all([
      import("../file-diff/solution.js"),
      connected().lessons.solution({ root }),
    ]);
    const [file] = files;
    if (file === undefined) notify("info", "Your answer is the course’s, byte for byte.");
    else if (file.content.kind === "text") compareWithSolution(file.path, file.content);
    if (files.length > 1)
      notify(
        "info",
        `Other files differ too: ${files
          .slice(1)
          .map(({ path }) => path)
          .join(", ")}.`,
      );
  });
}
