// The search that was begun last: what it found so far, what a replacement would change, and what one did.
import { create } from "zustand";
import { maxExaminedFiles } from "../../../server/contract/limits.js";
import type {
  FoundFile,
  Replacement,
  SearchProgress,
  SearchQuery,
  TextQuery,
} from "../../../server/contract/search-contract.js";
import { parseHexPattern } from "../../../server/protocol/hex-pattern.js";
import { allChosen } from "../../model/documents/chosen-encodings.js";
import { hasEdits, useDocuments } from "../../model/documents/document-store.js";
import { filesWithEdits, leftByServer } from "../../model/documents/left-files.js";
import { readAs } from "../../model/documents/text-format.js";
import { noteEncodings } from "../../model/folder/known-encodings.js";
import { type SearchForm, useSearchForm } from "../../model/folder/search-form.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import type { LeftFile } from "../../ui/left-files.js";
import { leftText, replacedText, restoredText } from "./words.js";

export interface Preview {
  readonly query: TextQuery;
  readonly replacement: string;
  readonly files: readonly Replacement[];
  readonly left: readonly LeftFile[];
  /** How many further files were found: more than one replacement takes. */
  readonly rest: number;
  /** Of the search that found them. */
  readonly progress: SearchProgress | null;
  /** Files that the user takes out. */
  readonly without: ReadonlySet<string>;
}
interface Done {
  readonly text: string;
  readonly left: readonly LeftFile[];
  readonly token: string | null;
  /** The text of the replacement that `token` undoes; null: it is this one. */
  readonly earlier: string | null;
}
interface SearchState {
  /** Of which folder the results are. */
  readonly root: string | null;
  /** What was searched for; null: nothing yet. */
  readonly query: SearchQuery | null;
  /** The same with the files that were searched, as `askedBy` has it. */
  readonly asked: string | null;
  readonly found: readonly FoundFile[];
  readonly progress: SearchProgress | null;
  readonly isCancelled: boolean;
  /** Null: the results are shown. */
  readonly preview: Preview | null;
  readonly busy: "searching" | "previewing" | "replacing" | null;
  /** What failed, a sentence. */
  readonly failure: string | null;
  readonly done: Done | null;
}

const nothing = { query: null, asked: null, found: [], progress: null, isCancelled: false, preview: null };
export const useSearch = create<SearchState>()(() => ({
  root: null,
  ...nothing,
  busy: null,
  failure: null,
  done: null,
}));
const set = useSearch.setState;

/** What the form asks for; null: nothing that can be searched for. */
export function queryOf({ text, isHex, matchesCase, wholeWord, isRegex }: SearchForm): SearchQuery | null {
  if (!isHex) return text === "" ? null : { kind: "text", text, matchesCase, wholeWord, isRegex };
  const { digits } = parseHexPattern(text);
  return digits === null ? null : { kind: "bytes", hex: digits };
}

/** What the form asks for, to tell whether it is what was searched for. */
export const askedBy = (form: SearchForm): string => JSON.stringify([queryOf(form), form.include, form.exclude]);

/** Whether a preview shows what the form would replace now. */
export const isPreviewOf = ({ replacement }: Preview, form: SearchForm): boolean =>
  replacement === form.replacement && useSearch.getState().asked === askedBy(form);

/** Drops the results when another folder is opened. */
export function forgetOthers(root: string | null): void {
  if (useSearch.getState().root === root) return;
  current.abort();
  set({ root, ...nothing, busy: null, failure: null, done: null });
}

/** Of the search, preview or replacement that was begun last. What comes of one that was aborted is dropped. */
let current = new AbortController();
/** Resolves when no replacement is under way. */
let written: Promise<void> = Promise.resolve();

/** Searches for what the form asks for; ends the search before. Waits for a replacement: it changes what is found. */
export async function search(): Promise<void> {
  const hasToWait = useSearch.getState().busy === "replacing";
  if (hasToWait) await written;
  const form = useSearchForm.getState();
  const query = queryOf(form);
  if (query === null) return;
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const root = useWorkspace.getState().workspace?.root ?? null;
  // What a replacement did stays: all of one that was waited for, and of an earlier one what can be undone.
  set(({ failure, done }) => ({
    ...nothing,
    root,
    query,
    asked: askedBy(form),
    busy: "searching",
    failure: hasToWait ? failure : null,
    done: hasToWait || done?.token != null ? done : null,
  }));
  try {
    const { search } = connected();
    const { include, exclude } = form;
    const { id } = await search.begin({ query, include, exclude, readAs: chosenEncodings() }, { signal });
    for (let isEnded = false; !isEnded; ) {
      const { found, progress } = await search.next({ id }, { signal });
      if (signal.aborted) break;
      set((state) => ({ found: found.length === 0 ? state.found : [...state.found, ...found], progress }));
      noteEncodings(found);
      isEnded = progress.end !== null;
    }
  } catch (error) {
    if (!signal.aborted) set({ failure: problemText(problemOf(error)) });
  }
  if (current.signal === signal) set({ busy: null, isCancelled: signal.aborted });
}

/** Ends the search; what it found stays. */
export function cancel(): void {
  current.abort();
  set({ busy: null, isCancelled: true });
}

/** Files that the user reads as something else than what is detected. */
function chosenEncodings() {
  const { root } = useDocuments.getState();
  const chosen = root === null ? [] : allChosen(root);
  return chosen.slice(0, maxExaminedFiles).map(({ path, encoding }) => ({ path, encoding }));
}

export const leavePreview = (): void => set({ preview: null, failure: null });

/** Gives up the undo of the last replacement. */
export const dismissDone = (): void => set({ done: null });

export function take(path: string, isTaken: boolean): void {
  set(({ preview }) => {
    if (preview === null) return {};
    const without = new Set(preview.without);
    if (isTaken) without.delete(path);
    else without.add(path);
    return { preview: { ...preview, without } };
  });
}

/** Asks what the replacement would change in the files that were found; searches before if the form asks for others. */
export async function previewReplacement(): Promise<void> {
  if (useSearch.getState().asked !== askedBy(useSearchForm.getState()) && !(await searchWhole())) return;
  const { root, query, found, preview, progress } = useSearch.getState();
  if (query?.kind !== "text" || found.length === 0) return;
  const { replacement } = useSearchForm.getState();
  const paths = found.map(({ path }) => path).slice(0, maxExaminedFiles);
  const asked = paths.filter((path) => !hasEdits(path)).map((path) => ({ path, encoding: readAs(path) }));
  await doing("previewing", async (signal) => {
    const { files, left } = await connected().search.preview({ root, query, replacement, files: asked }, { signal });
    const all = [...filesWithEdits(paths), ...leftByServer(left)];
    const rest = found.length - paths.length;
    const without = preview?.without ?? new Set<string>();
    return { preview: { query, replacement, files, left: all, rest, progress, without } };
  });
}

/** True when the search was not ended early. */
async function searchWhole(): Promise<boolean> {
  await search();
  const { busy, isCancelled, failure } = useSearch.getState();
  return busy === null && !isCancelled && failure === null;
}

/** Replaces what the preview shows. */
export async function replace(): Promise<void> {
  const { root, preview } = useSearch.getState();
  if (preview === null) return;
  const { query, replacement, without } = preview;
  const taken = preview.files.filter(({ path }) => !without.has(path));
  const files = taken
    .filter(({ path }) => !hasEdits(path))
    .map(({ path, hash, encoding }) => ({ path, hash, encoding }));
  const unsaved = filesWithEdits(taken.map(({ path }) => path));
  await doing("replacing", async () => {
    const { token, replaced, matches, left } = await connected().search.replace({ root, query, replacement, files });
    const { done: before } = useSearch.getState();
    const done = {
      text: replacedText(matches, replaced.length) + leftText(taken, preview),
      left: [...unsaved, ...leftByServer(left)],
      // Nothing was replaced: the replacement before can still be undone.
      ...(token === null && before?.token != null
        ? { token: before.token, earlier: before.earlier ?? before.text }
        : { token, earlier: null }),
    };
    return { ...nothing, query, done };
  });
}

/**
 * Restores the bytes of the last replacement. Files that cannot be written can be tried again. What another search
 * found since stays, and is searched again before it is replaced.
 */
export async function undoReplacement(token: string): Promise<void> {
  await doing("replacing", async () => {
    const { restored, left, token: rest } = await connected().search.undo({ token });
    const text = restoredText(restored.length);
    return { asked: null, preview: null, done: { text, left: leftByServer(left), token: rest, earlier: null } };
  });
}

/** One at a time; what comes of it, or its failure, is in the store. */
async function doing(
  busy: "previewing" | "replacing",
  work: (signal: AbortSignal) => Promise<Partial<SearchState>>,
): Promise<void> {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  set((state) => ({ busy, failure: null, isCancelled: state.isCancelled || state.busy === "searching" }));
  const outcome = work(signal).catch((error: unknown) => ({ failure: problemText(problemOf(error)) }));
  const ended = outcome.then((result) => {
    if (!signal.aborted) set({ ...result, busy: null });
  });
  if (busy === "replacing") written = ended;
  await ended;
}
