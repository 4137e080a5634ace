// Which comparison the editor shows: the current text of a file, with the version on disk or with the one a trace ran.
// The left side is read once, and again when the file on disk changes; the right side is the editor's own text and can
// be edited.
import { create } from "zustand";
import type { FileVersion } from "../../../server/contract/files-contract.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { OpenDocument } from "../../model/documents/document.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { readAs } from "../../model/documents/text-format.js";
import { useFiles } from "../../model/folder/file-store.js";
import { newestRow } from "../../model/traces/requests.js";
import { knownRow } from "../../model/traces/trace-store.js";
import { notify, orNotify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useServer } from "../../rpc/store.js";

/** What the file is compared with. */
export type Against =
  | { readonly kind: "disk" }
  | { readonly kind: "solution" }
  | { readonly kind: "ran"; readonly traceId: string; readonly seq: number; readonly hash: string };

export interface FileDiff {
  readonly path: string;
  readonly against: Against;
  /** The other version; null while it is being read. */
  readonly original: Extract<FileVersion, { kind: "text" }> | null;
  /** Why there is nothing to compare with, a sentence. */
  readonly why: string | null;
}

interface DiffState {
  readonly comparison: FileDiff | null;
  /** Number of differences; null before it is known. */
  readonly count: number | null;
}

export const useDiff = create<DiffState>()(() => ({ comparison: null, count: null }));

export const noteCount = (count: number | null): void => useDiff.setState({ count });
export const closeDiff = (): void => useDiff.setState({ comparison: null, count: null });

/** Shows the file's edits beside the version on disk. */
export async function compareWithDisk(path: string): Promise<void> {
  beginComparison({ path, against: { kind: "disk" }, original: null, why: null });
  await readOther();
}

/** Whether there is a request to `path` whose script could be compared with it. */
export const canCompareRan = (path: string): boolean => rowFor(path) !== null;

/** The file that the selected trace ran, if it still exists; null when there is none. */
export function ranBySelected(): string | null {
  const row = knownRow(useSelection.getState().traceId);
  return row?.kind === "script" && row.file !== null && useFiles.getState().byPath.has(row.file) ? row.file : null;
}

/**
 * Shows the file beside what the selected trace ran, or, when that ran something
 * else, the newest trace that ran the file.
 */
export async function compareWithRan(path: string): Promise<void> {
  const row = rowFor(path);
  if (row === null) return notify("info", `No request has run ${path} yet.`);
  await orNotify("The versions could not be compared", async () => {
    const { route } = await connected().traces.get({ id: row.id });
    if (route.scriptHash === null)
      return notify("info", `The version that request #${row.seq} ran was too large to keep.`);
    beginComparison({
      path,
      against: { kind: "ran", traceId: row.id, seq: row.seq, hash: route.scriptHash },
      original: null,
      why: null,
    });
    await readOther();
  });
}

function rowFor(path: string): TraceRow | null {
  const ran = (row: TraceRow): boolean => row.kind === "script" && row.file === path;
  const selected = knownRow(useSelection.getState().traceId);
  return selected && ran(selected) ? selected : newestRow(ran);
}

/** Shows a comparison, whose other version is read yet or is there. */
export function beginComparison(comparison: FileDiff): void {
  followDisk();
  useDiff.setState({ comparison, count: null });
  useSelection.getState().open(comparison.path);
}

let isFollowing = false;

/** From the first comparison on: what changes on disk shows in it. */
function followDisk(): void {
  if (isFollowing) return;
  isFollowing = true;
  useDocuments.subscribe(({ open }, before) => {
    const { comparison } = useDiff.getState();
    if (!comparison) return;
    const isCompared = ({ path }: OpenDocument): boolean => path === comparison.path;
    const now = open.find(isCompared);
    if (!now) return closeDiff();
    const earlier = before.open.find(isCompared);
    // Reopened or saved with another encoding. Keeps its own failures.
    if (now.kind === "text" && earlier?.kind === "text" && now.encoding !== earlier.encoding) void readOther();
  });
  useFiles.subscribe(({ root, entries }, before) => {
    const { comparison } = useDiff.getState();
    if (root !== before.root) return closeDiff();
    // Keeps its own failures.
    if (entries !== before.entries && comparison?.against.kind === "disk") void readOther();
  });
  useServer.subscribe(({ client }, before) => {
    const { comparison } = useDiff.getState();
    if (client !== null && client !== before.client && comparison?.original === null) void readOther();
  });
}

async function readOther(): Promise<void> {
  const { comparison } = useDiff.getState();
  const { client } = useServer.getState();
  if (!comparison || !client) return;
  const { path, against } = comparison;
  if (against.kind === "solution") return;
  const encoding = readAs(path);
  const found = await (against.kind === "disk"
    ? client.files.read({ path, encoding })
    : client.files.version({ hash: against.hash, encoding })
  ).then(
    (content) => {
      if (content.kind === "text") return { original: content, why: null };
      return { original: null, why: content.kind === "binary" ? content.why : "It is too large to show." };
    },
    (error: unknown) => ({ original: null, why: problemText(problemOf(error)) }),
  );
  useDiff.setState((now) =>
    now.comparison?.path === path && now.comparison.against === against && readAs(path) === encoding
      ? { comparison: { ...now.comparison, ...found } }
      : {},
  );
}
