// What the composer would send. Each script has its own request, remembered with the folder, so that going from file to file and
// back changes nothing that was typed.
import { create } from "zustand";
import type { Problem } from "../../../server/contract/workspace.js";
import { useSelection } from "../../app/selection.js";
import { isRecord, recall, remember } from "../../app/storage.js";
import { useFiles } from "../explorer/file-store.js";
import { useWorkspace } from "../workspace/workspace-store.js";

export interface RequestDraft {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly HeaderLine[];
  readonly body: string;
}

export interface HeaderLine {
  /** For the list on the screen alone. */
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

export interface Composer extends RequestDraft {
  /** The script this request is for; null before a script was opened. */
  readonly subject: string | null;
  readonly sendOnSave: boolean;
  /** Unsafe methods may be sent on save too: null until the person was asked. */
  readonly unsafeOnSave: boolean | null;
  /** A save would have sent an unsafe request, and nobody has said yet whether it may. */
  readonly isAsking: boolean;
  readonly isRunning: boolean;
  /** Why the last request could not be sent at all. */
  readonly problem: Problem | null;
}

const blank: RequestDraft = { method: "GET", target: "/", headers: [], body: "" };
const maxRemembered = 100;
const drafts = new Map<string, RequestDraft>();

export const useComposer = create<Composer>()(() => ({
  ...blank,
  subject: null,
  sendOnSave: recall("sendOnSave", (value) => (typeof value === "boolean" ? value : null)) ?? true,
  unsafeOnSave: null,
  isAsking: false,
  isRunning: false,
  problem: null,
}));

export const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";

/** Changes the request that is shown. */
export function compose(change: Partial<RequestDraft>): void {
  useComposer.setState({ ...change, problem: null });
  rememberDraft();
}

export function setSendOnSave(sendOnSave: boolean): void {
  useComposer.setState({ sendOnSave, isAsking: false });
  remember("sendOnSave", sendOnSave);
}

/** The person's answer to whether unsafe methods may be sent on save; for as long as the folder is open. */
export function answerUnsafe(unsafeOnSave: boolean): void {
  useComposer.setState({ unsafeOnSave, isAsking: false });
}

/** Follows what is selected and the folder. Once, at the start of the page. */
export function followScripts(): void {
  useWorkspace.subscribe(({ workspace }, before) => {
    if (workspace?.root === before.workspace?.root) return;
    drafts.clear();
    for (const [path, draft] of workspace === null ? [] : (recall(keyOf(workspace.root), accept) ?? [])) drafts.set(path, draft);
    useComposer.setState({ ...blank, subject: null, unsafeOnSave: null, isAsking: false, problem: null });
  });
  const look = (): void => {
    const { openFile } = useSelection.getState();
    if (openFile === null || openFile === useComposer.getState().subject) return;
    const files = useFiles.getState();
    if (files.root !== useWorkspace.getState().workspace?.root) return; // still the list of another folder
    const target = files.byPath.get(openFile)?.target ?? null;
    if (target === null) return; // not reachable by a request: the request on the screen stays
    useComposer.setState({ ...(drafts.get(openFile) ?? { ...blank, target }), subject: openFile, isAsking: false, problem: null });
  };
  useSelection.subscribe(look);
  useFiles.subscribe(look);
}

function rememberDraft(): void {
  const { subject, method, target, headers, body } = useComposer.getState();
  const root = useWorkspace.getState().workspace?.root;
  if (subject === null || root === undefined) return;
  drafts.delete(subject); // last used last, so that the oldest goes first
  drafts.set(subject, { method, target, headers, body });
  for (const path of drafts.keys()) {
    if (drafts.size <= maxRemembered) break;
    drafts.delete(path);
  }
  remember(keyOf(root), [...drafts]); // without room it lasts as long as the page
}

const keyOf = (root: string): string => `requests:${root}`;

function accept(value: unknown): readonly (readonly [string, RequestDraft])[] | null {
  if (!Array.isArray(value)) return null;
  const entries: readonly unknown[] = value;
  return entries.flatMap((entry) => {
    if (!Array.isArray(entry)) return [];
    const [path, draft]: readonly unknown[] = entry;
    if (typeof path !== "string" || !isRecord(draft)) return [];
    const { method, target, headers, body } = draft;
    if (typeof method !== "string" || typeof target !== "string" || typeof body !== "string" || !Array.isArray(headers)) return [];
    const lines: readonly unknown[] = headers;
    return [[path, { method, target, body, headers: lines.flatMap(headerFrom) }] as const];
  });
}

function headerFrom(line: unknown): readonly HeaderLine[] {
  if (!isRecord(line)) return [];
  const { id, name, value } = line;
  return typeof id === "string" && typeof name === "string" && typeof value === "string" ? [{ id, name, value }] : [];
}
