// What the composer would send. Each script has its own request, remembered with the folder, so that going from file to
// file and back changes nothing that was typed.
import { create } from "zustand";
import type { Problem } from "../../../server/contract/workspace.js";
import { movedPath } from "../../format/file-path.js";
import { useSelection } from "../../platform/selection.js";
import { recall, remember } from "../../platform/storage.js";
import { fileMoves, useFiles } from "../folder/file-store.js";
import { onOtherFolder, useWorkspace } from "../folder/workspace-store.js";
import {
  type BodyDraft,
  type BodyKind,
  blankDraft,
  draftFrom,
  draftOf,
  listOf,
  maxStoredChars,
  type RawDraft,
  type RequestDraft,
  type SignIn,
  storable,
} from "./draft.js";
import { isPartOf, subjectIn } from "./subject.js";

export interface Composer extends RequestDraft {
  /** The script this request is for, or the path that leads to an external application; null before one was opened. */
  readonly subject: string | null;
  readonly sendOnSave: boolean;
  /** Unsafe methods may be sent on save too: null until the user was asked. */
  readonly unsafeOnSave: boolean | null;
  /** A save would have sent an unsafe request, and the user has not confirmed it yet. */
  readonly isAsking: boolean;
  readonly isRunning: boolean;
  /** Why the last request could not be sent at all. */
  readonly problem: Problem | null;
}

const maxRemembered = 100;
const drafts = new Map<string, RequestDraft>();

export const useComposer = create<Composer>()(() => ({
  ...blankDraft("/"),
  subject: null,
  sendOnSave: recall("sendOnSave", (value) => (typeof value === "boolean" ? value : null)) ?? true,
  unsafeOnSave: null,
  isAsking: false,
  isRunning: false,
  problem: null,
}));

export const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";

/** The method that would go out. */
export const methodOf = ({ method, raw }: RequestDraft): string =>
  raw.isOn ? (raw.text.split(/[ \r\n]/, 1)[0] ?? "") : method;

/** Changes the request that is shown. */
export function compose(change: Partial<RequestDraft>): void {
  useComposer.setState({ ...change, problem: null });
  rememberDraft();
}

export const composeBody = (change: Partial<BodyDraft>): void =>
  compose({ body: { ...useComposer.getState().body, ...change } });
/** Forms and files go by POST, unless a method was chosen by hand. */
export function composeBodyKind(kind: BodyKind): void {
  const { method, isMethodChosen, body } = useComposer.getState();
  const goesByPost = kind !== "text" && isSafe(method) && !isMethodChosen;
  compose({ body: { ...body, kind }, ...(goesByPost && { method: "POST" }) });
}
export const chooseMethod = (method: string): void => compose({ method, isMethodChosen: true });
export const composeSignIn = (change: Partial<SignIn>): void =>
  compose({ signIn: { ...useComposer.getState().signIn, ...change } });
export const composeRaw = (change: Partial<RawDraft>): void =>
  compose({ raw: { ...useComposer.getState().raw, ...change } });

/** Shows another request, for this script. */
export function showDraft(draft: RequestDraft, subject: string | null): void {
  useComposer.setState({ ...draftOf(draft), subject, isAsking: false, problem: null });
  rememberDraft();
}

/** The request for an application at an address: the last one, else a plain one for the path that leads there. */
export function showApplication(path: string): void {
  showDraft(drafts.get(path) ?? blankDraft(path), path);
}

export function setSendOnSave(sendOnSave: boolean): void {
  useComposer.setState({ sendOnSave, isAsking: false });
  remember("sendOnSave", sendOnSave);
}

/** The user's choice whether unsafe methods may be sent on save; for as long as the folder is open. */
export function answerUnsafe(unsafeOnSave: boolean): void {
  useComposer.setState({ unsafeOnSave, isAsking: false });
}

/** Follows the opened file and the folder. Call once, at the start of the page. */
export function followScripts(): void {
  let seen: string | null = null; // a request that was loaded stays until another file is opened
  onOtherFolder((root) => {
    seen = null;
    drafts.clear();
    for (const [path, draft] of root === null ? [] : (recall(keyOf(root), accept) ?? [])) drafts.set(path, draft);
    useComposer.setState({ ...blankDraft("/"), subject: null, unsafeOnSave: null, isAsking: false, problem: null });
  });
  const look = (): void => {
    const { openFile } = useSelection.getState();
    if (openFile === null || openFile === seen) return;
    const files = useFiles.getState();
    if (files.root !== useWorkspace.getState().workspace?.root) return; // still the list of another folder
    const entry = files.byPath.get(openFile);
    if (!entry || entry.target === null) return; // not reachable by a request: the request on the screen stays
    const { subject } = useComposer.getState();
    // Saving it tries that script again.
    if (!drafts.has(openFile) && isPartOf(entry, subjectIn(files, subject))) return;
    const { target } = entry;
    seen = openFile;
    if (openFile !== subject)
      useComposer.setState({
        ...(drafts.get(openFile) ?? blankDraft(target)),
        subject: openFile,
        isAsking: false,
        problem: null,
      });
  };
  useSelection.subscribe(look);
  useFiles.subscribe(look);
  fileMoves.on(moveDrafts);
}

/** The request for a script whose path was `path` and is now `next`. */
export function movedDraft(draft: RequestDraft, path: string, next: string): RequestDraft {
  const before = addressOf(path);
  const rest = draft.target.slice(before.length);
  const isReached = draft.target.startsWith(before) && /^([/?]|$)/.test(rest); // else in another way
  return isReached ? { ...draft, target: addressOf(next) + rest } : draft;
}

/** As the server encodes paths in the file list. */
const addressOf = (path: string): string => `/${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`;

/** A script was renamed: its request stays and gets the new path. */
function moveDrafts({ from, to }: { readonly from: string; readonly to: string }): void {
  changeDrafts((kept) => {
    for (const [path, draft] of [...kept]) {
      const next = movedPath(path, from, to);
      if (next === null) continue;
      kept.delete(path);
      kept.set(next, movedDraft(draft, path, next));
    }
  });
  const composer = useComposer.getState();
  const next = composer.subject === null ? null : movedPath(composer.subject, from, to);
  if (composer.subject !== null && next !== null)
    useComposer.setState({ ...movedDraft(draftOf(composer), composer.subject, next), subject: next });
}

function rememberDraft(): void {
  const composer = useComposer.getState();
  const { subject } = composer;
  if (subject === null) return;
  changeDrafts((kept) => {
    kept.delete(subject); // last used last, so that the oldest goes first
    kept.set(subject, draftOf(composer));
    for (const path of kept.keys()) {
      if (kept.size <= maxRemembered) break;
      kept.delete(path);
    }
  });
}

/** Here, and in what is stored now: another tab may have stored requests of its own meanwhile. */
function changeDrafts(change: (kept: Map<string, RequestDraft>) => void): void {
  change(drafts);
  const root = useWorkspace.getState().workspace?.root;
  if (root === undefined) return;
  const stored = new Map(recall(keyOf(root), accept));
  change(stored);
  // Without room it lasts as long as the page. One that takes the room of all others is left out.
  remember(
    keyOf(root),
    [...stored]
      .map(([path, draft]) => [path, storable(draft)])
      .filter((entry) => JSON.stringify(entry).length <= maxStoredChars),
  );
}

const keyOf = (root: string): string => `requests:${root}`;

function accept(value: unknown): readonly (readonly [string, RequestDraft])[] {
  return listOf(value, (entry): readonly [string, RequestDraft] | null => {
    if (!Array.isArray(entry)) return null;
    const [path, stored]: readonly unknown[] = entry;
    const draft = draftFrom(stored);
    return typeof path === "string" && draft ? [path, draft] : null;
  });
}
