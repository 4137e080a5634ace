// What is kept of files in localStorage, so that a reload or a crash loses nothing: unsaved edits, removed once the
// file is saved, and open tabs. Edits that it has no room for stay in the page's memory.
import { forget, isRecord, recall, remember } from "../../platform/storage.js";
import { type Split, splitFrom } from "./editor-groups.js";

export interface Draft {
  readonly text: string;
  /** Hash of the file that the edits began from; null when there was none. */
  readonly baseHash: string | null;
  /** As in the document that was edited. The drafts of earlier versions lack them. */
  readonly lineEnd?: "lf" | "crlf";
  readonly mixed?: boolean;
  readonly undecodable?: readonly number[];
}

const keyOf = (root: string, path: string): string => `draft:${root}\n${path}`;

/** Those that there was no room for, of every folder that was open. */
const inMemory = new Map<string, Draft>();

/** Those that this window kept. Another window of the same address has its drafts in the same localStorage. */
const own = new Set<string>();

export function draftOf(root: string, path: string): Draft | null {
  const key = keyOf(root, path);
  return inMemory.get(key) ?? recall(key, accept);
}

function accept(value: unknown): Draft | null {
  if (!isRecord(value)) return null;
  const { text, baseHash, lineEnd, mixed, undecodable } = value;
  if (typeof text !== "string" || (typeof baseHash !== "string" && baseHash !== null)) return null;
  const lines: readonly unknown[] | null = Array.isArray(undecodable) ? undecodable : null;
  return {
    text,
    baseHash,
    ...((lineEnd === "lf" || lineEnd === "crlf") && { lineEnd }),
    ...(typeof mixed === "boolean" && { mixed }),
    ...(lines !== null && { undecodable: lines.filter((line) => typeof line === "number") }),
  };
}

export function keepDraft(root: string, path: string, draft: Draft): void {
  keep(keyOf(root, path), draft);
}

function keep(key: string, draft: Draft): void {
  own.add(key);
  inMemory.delete(key);
  if (remember(key, draft)) return;
  forget(key); // an older one would be taken for this one after a reload
  inMemory.set(key, draft);
}

export function dropDraft(root: string, path: string): void {
  const key = keyOf(root, path);
  own.delete(key);
  inMemory.delete(key);
  forget(key);
}

/** For a file without edits here: another window may have some. */
export function dropOwnDraft(root: string, path: string): void {
  if (own.has(keyOf(root, path))) dropDraft(root, path);
}

/** Looks for room again. False when there is none: some drafts end with the page. */
export function areDraftsKept(): boolean {
  for (const [key, draft] of [...inMemory]) keep(key, draft);
  return inMemory.size === 0;
}

/** The open tabs of a folder. */
export interface Session {
  readonly open: readonly string[];
  readonly active: string | null;
  /** Null: the editor has one group of tabs. */
  readonly split: Split | null;
}

export function keepSession(root: string, session: Session): void {
  remember(`tabs:${root}`, session); // a convenience: without room the tabs are simply not restored
}

export function sessionOf(root: string): Session | null {
  return recall(`tabs:${root}`, (value) => {
    if (!isRecord(value) || !Array.isArray(value["open"])) return null;
    const paths: readonly unknown[] = value["open"];
    const open = paths.filter((path) => typeof path === "string");
    const active = value["active"];
    return {
      open,
      active: typeof active === "string" && open.includes(active) ? active : null,
      split: splitFrom(value["split"], open),
    };
  });
}
