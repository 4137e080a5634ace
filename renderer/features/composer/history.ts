// What was sent for each script, newest first, remembered with the folder. Bounded three ways:
// requests a script, requests in all, and the size of one. Passwords and the contents of files are
// not remembered, only that there were some.
import { create } from "zustand";
import { movedPath } from "../../format/file-path.js";
import { fileMoves } from "../../model/folder/file-store.js";
import { onOtherFolder, useWorkspace } from "../../model/folder/workspace-store.js";
import { movedDraft } from "../../model/request/composer-store.js";
import {
  draftFrom,
  listOf,
  maxStoredChars,
  type RequestDraft,
  storable,
  withoutFilled,
} from "../../model/request/draft.js";
import { isRecord, recall, remember } from "../../platform/storage.js";

export interface SentRequest {
  readonly id: string;
  /** The script; null for what is none's. */
  readonly subject: string | null;
  /** Unix time in ms. */
  readonly sentAt: number;
  readonly draft: RequestDraft;
  /** Of the trace it became, while the server has it. */
  readonly traceId: string;
}

const maxPerScript = 20;
const maxInAll = 200;

export const useHistory = create<{ readonly requests: readonly SentRequest[] }>()(() => ({ requests: [] }));

/** Sending the same request once more moves it to the front. */
export function addToHistory(subject: string | null, draft: RequestDraft, traceId: string): void {
  const entry = { id: crypto.randomUUID(), subject, sentAt: Date.now(), draft: { ...draft, parent: null }, traceId };
  change((requests, kept) => withFirst({ ...entry, draft: kept(entry.draft) }, requests));
}

function withFirst(entry: SentRequest, requests: readonly SentRequest[]): readonly SentRequest[] {
  const { subject } = entry;
  const same = sameness(entry.draft);
  const others = requests.filter((request) => request.subject !== subject || sameness(request.draft) !== same);
  const ofThis = others.filter((request) => request.subject === subject).slice(0, maxPerScript - 1);
  const rest = others.filter((request) => request.subject !== subject || ofThis.includes(request));
  return [entry, ...rest].slice(0, maxInAll);
}

export function forgetHistory(subject: string | null): void {
  change((requests) => requests.filter((request) => request.subject !== subject));
}

/** Follows the folder, and scripts that are renamed. Once, at the start of the page. */
export function followHistory(): void {
  onOtherFolder((root) => useHistory.setState({ requests: root === null ? [] : storedFor(root) }));
  fileMoves.on(({ from, to }) => {
    change((requests) => requests.map((request) => moved(request, from, to)));
  });
}

function moved(request: SentRequest, from: string, to: string): SentRequest {
  const { subject, draft } = request;
  const next = subject === null ? null : movedPath(subject, from, to);
  return subject === null || next === null
    ? request
    : { ...request, subject: next, draft: movedDraft(draft, subject, next) };
}

type Change = (
  requests: readonly SentRequest[],
  /** How a draft is kept in this list. */
  kept: (draft: RequestDraft) => RequestDraft,
) => readonly SentRequest[];

/** Here, and in what is stored now: another window may have stored requests of its own meanwhile, or removed some. */
function change(by: Change): void {
  useHistory.setState(({ requests }) => ({ requests: by(requests, (draft) => draft) }));
  const root = useWorkspace.getState().workspace?.root;
  if (root === undefined) return;
  const stored = by(storedFor(root), (draft) => draftFrom(storable(draft)) ?? draft)
    .map((request) => ({ ...request, draft: storable(request.draft) }))
    .filter((request) => JSON.stringify(request).length <= maxStoredChars);
  remember(keyOf(root), stored); // without room it lasts as long as the page
}

const keyOf = (root: string): string => `history:${root}`;

const storedFor = (root: string): readonly SentRequest[] =>
  recall(keyOf(root), (value) => listOf(value, sentFrom)) ?? [];

/** Two requests are the same when the same bytes go out. Ids of rows do not count, nor bytes that fields filled in. */
const sameness = ({ parent: _parent, ...draft }: RequestDraft): string =>
  JSON.stringify(withoutFilled(draft), (key, value: unknown) => (leftOut.has(key) ? undefined : value));
const leftOut = new Set(["id", "boundary", "isOwn"]);

function sentFrom(value: unknown): SentRequest | null {
  if (!isRecord(value)) return null;
  const { id, subject, sentAt, traceId } = value;
  const draft = draftFrom(value["draft"]);
  if (
    typeof id !== "string" ||
    (subject !== null && typeof subject !== "string") ||
    typeof sentAt !== "number" ||
    typeof traceId !== "string" ||
    !draft
  )
    return null;
  return { id, subject, sentAt, traceId, draft };
}
