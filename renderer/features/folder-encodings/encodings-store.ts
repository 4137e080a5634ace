// The report about the folder's encodings, which files are selected, and the conversion of those.
import { create } from "zustand";
import type { Conversion, EncodedFileRow, EncodingReport } from "../../../server/contract/encodings-contract.js";
import { restoreEncodings } from "../../model/documents/chosen-encodings.js";
import { hasEdits } from "../../model/documents/document-store.js";
import { filesWithEdits, leftByServer } from "../../model/documents/left-files.js";
import { forgetReadAs, readAs } from "../../model/documents/text-format.js";
import { noteEncodings } from "../../model/folder/known-encodings.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import type { LeftFile } from "../../ui/left-files.js";
import { countOf } from "./rows.js";

export interface Preview {
  readonly files: readonly Conversion[];
  readonly left: readonly LeftFile[];
}

interface EncodingsState {
  /** Of which folder the report is. */
  readonly root: string | null;
  readonly report: EncodingReport | null;
  readonly chosen: ReadonlySet<string>;
  /** Null: the table is shown. */
  readonly preview: Preview | null;
  readonly busy: "examining" | "previewing" | "converting" | null;
  /** What failed, a sentence. */
  readonly failure: string | null;
  /** What was done, a sentence; and how to undo it. */
  readonly done: { readonly text: string; readonly left: readonly LeftFile[]; readonly token: string | null } | null;
}

const initial: EncodingsState = {
  root: null,
  report: null,
  chosen: new Set(),
  preview: null,
  busy: null,
  failure: null,
  done: null,
};
export const useEncodings = create<EncodingsState>()(() => initial);
const set = useEncodings.setState;

let examination = new AbortController();

/** Ends an examination that is under way. */
export const stopExamining = (): void => examination.abort();

export async function examine(): Promise<void> {
  if (useEncodings.getState().busy === "converting") return; // it examines when it has ended
  const root = useWorkspace.getState().workspace?.root ?? null;
  stopExamining();
  examination = new AbortController();
  const { signal } = examination;
  if (useEncodings.getState().root !== root) set({ ...initial, root });
  set({ busy: "examining", failure: null });
  try {
    const report = await connected().encodings.scan(undefined, { signal });
    noteEncodings(
      report.files.map(({ path, detected }) => ({ path, encoding: detected === "ascii" ? "utf-8" : detected })),
    );
    const convertible = new Set(report.files.flatMap((file) => (file.convertible ? [file.path] : [])));
    set(({ chosen }) => ({ report, chosen: new Set([...chosen].filter((path) => convertible.has(path))) }));
  } catch (error) {
    if (!signal.aborted) set({ failure: problemText(problemOf(error)) });
  }
  // Another piece of work may have stopped it and begun.
  if (examination.signal === signal) set(({ busy }) => (busy === "examining" ? { busy: null } : {}));
}

export function choose(files: readonly EncodedFileRow[], isChosen: boolean): void {
  set(({ chosen }) => {
    const next = new Set(chosen);
    for (const { path, convertible } of files)
      if (isChosen && convertible) next.add(path);
      else next.delete(path);
    return { chosen: next };
  });
}

export const leavePreview = (): void => set({ preview: null, failure: null });

/** Asks what the conversion of the selected files would change. */
export async function previewConversion(): Promise<void> {
  const { root, chosen } = useEncodings.getState();
  const paths = [...chosen];
  const asked = paths.filter((path) => !hasEdits(path)).map((path) => ({ path, encoding: readAs(path) }));
  await doing("previewing", async () => {
    const { files, left } = await connected().encodings.preview({ root, files: asked });
    set({ preview: { files, left: [...filesWithEdits(paths), ...leftByServer(left)] } });
  });
}

/** Of conversions, by their tokens: under which name the choices of encodings are kept that their undo brings back. */
const keptOf = new Map<string, { readonly kept: string; readonly converted: readonly string[] }>();
const keptAs = (kept: string, path: string): string => `${kept} ${path}`;

/** Converts what the preview shows. */
export async function convert(): Promise<void> {
  const { root, preview } = useEncodings.getState();
  const previewed = preview?.files ?? [];
  const files = previewed.filter(({ path }) => !hasEdits(path));
  const unsaved = filesWithEdits(previewed.map(({ path }) => path));
  const isDone = await doing("converting", async () => {
    const { encodings } = connected();
    const kept = crypto.randomUUID();
    for (const { path } of files) forgetReadAs(path, keptAs(kept, path));
    let unchanged = files.map(({ path }) => path);
    try {
      const { token, converted, left } = await encodings.convert({
        root,
        files: files.map(({ path, hash, from }) => ({ path, hash, from })),
      });
      unchanged = left.map(({ path }) => path);
      if (token !== null) keptOf.set(token, { kept, converted });
      set({
        preview: null,
        chosen: new Set(),
        done: {
          text: `Converted ${countOf(converted.length, "file")} to UTF-8.`,
          left: [...unsaved, ...leftByServer(left)],
          token,
        },
      });
    } finally {
      for (const path of unchanged) restoreEncodings(keptAs(kept, path));
    }
  });
  if (isDone) await examine();
}

/** Restores the bytes of the last conversion. Files that cannot be written can be tried again. */
export async function undoConversion(token: string): Promise<void> {
  const isDone = await doing("converting", async () => {
    const { encodings } = connected();
    const { kept, converted } = keptOf.get(token) ?? { kept: "", converted: [] };
    for (const path of converted) restoreEncodings(keptAs(kept, path)); // before the editor reads the files again
    let unchanged = converted;
    try {
      const { restored, left, token: rest } = await encodings.undo({ token });
      unchanged = left.map(({ path }) => path);
      set({ done: { text: `Restored ${countOf(restored.length, "file")}.`, left: leftByServer(left), token: rest } });
    } finally {
      for (const path of unchanged) forgetReadAs(path, keptAs(kept, path));
    }
  });
  if (isDone) await examine();
}

/** One at a time; a failure is in the store, and false is returned. */
async function doing(busy: "previewing" | "converting", work: () => Promise<void>): Promise<boolean> {
  stopExamining();
  set({ busy, failure: null });
  try {
    await work();
  } catch (error) {
    set({ busy: null, failure: problemText(problemOf(error)) });
    return false;
  }
  set({ busy: null });
  return true;
}
