// Makes a fix: in the editor where the file is open, so that undo there takes it back, on disk otherwise; then sends
// the request again, to prove it. Everything can be taken back in one step.
import type { FileEncoding } from "../../../server/contract/charsets.js";
import { toProblem } from "../../../server/contract/problem.js";
import type { Change, FixOffer } from "../../../server/contract/repair-contract.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { changeDocument, documentAt, hasEdits, useDocuments } from "../../model/documents/document-store.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { bufferOf, isBufferDirty, loadMonaco, replaceText, setLineEnd } from "../../model/documents/text-buffers.js";
import { knownRow } from "../../model/traces/trace-store.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { windowMessage } from "../../rpc/messages.js";
import { untilEnded } from "../../rpc/sending.js";
import { connected } from "../../rpc/store.js";
import type { TextChange } from "./change-lines.js";
import { useProof } from "./proof-store.js";

/** The editor's text of a file where it differs from the disk's. */
export function unsavedOf(path: string): { text: string; bom: boolean; encoding: FileEncoding } | null {
  const document = documentAt(path);
  const buffer = bufferOf(path);
  return document?.kind === "text" && buffer && isBufferDirty(buffer)
    ? { text: buffer.model.getValue(), bom: document.bom, encoding: document.encoding }
    : null;
}

const isOpen = (path: string): boolean => documentAt(path)?.kind === "text" && bufferOf(path) !== undefined;

/** The editor has the text that the change was made from. */
function isAsPreviewed({ path, before, hash }: TextChange): boolean {
  const document = documentAt(path);
  const unsaved = unsavedOf(path);
  return unsaved === null ? document?.kind === "text" && document.hash === hash : unsaved.text === before;
}

/** Why a fix must not be made: it would drop edits, or be another one than was shown. Null: it may be made. */
function whyNot(path: string, changes: readonly Change[], shown: readonly Change[] | null): Problem | null {
  const texts = changes.filter((change) => change.kind === "text");
  // The change to another file than the script was made from the disk's text.
  const unsaved = texts.find((change) => change.path !== path && hasEdits(change.path));
  if (unsaved) return toProblem(windowMessage("unsaved-edits", { path: unsaved.path }));
  const isOther = shown !== null && JSON.stringify(shown) !== JSON.stringify(changes);
  const outdated = texts.find((change) => isOpen(change.path) && !isAsPreviewed(change));
  return isOther || outdated ? toProblem(windowMessage("fix-outdated", { path: outdated?.path ?? path })) : null;
}

export interface FixToApply {
  /** The script, in the workspace. */
  readonly path: string;
  readonly fix: FixOffer;
  /** The finding to fix, for the text of the proof. */
  readonly finding: { readonly rule: string; readonly title: string };
  /** The request that is sent again; null: none. */
  readonly traceId: string | null;
}

/**
 * `shown`: what the user saw of it; null: nothing. Resolves with why nothing was changed, null if the fix was made;
 * rejects when it failed. If the proving request fails, a notice reports it.
 */
export async function applyFix(
  { path, fix, finding, traceId }: FixToApply,
  shown: readonly Change[] | null,
): Promise<Problem | null> {
  const client = connected();
  const asked = { path, fix: fix.id, unsaved: unsavedOf(path) };
  const { changes } = await client.doctor.preview(asked);
  const refusal = whyNot(path, changes, shown);
  if (refusal !== null) return refusal;
  const texts = changes.filter((change) => change.kind === "text");
  const inEditor = texts.filter((change) => isOpen(change.path));
  const onDisk = changes.length - inEditor.length;
  const expected = texts.map((change) => ({ path: change.path, hash: change.hash }));
  const token =
    onDisk > 0
      ? (await client.doctor.apply({ ...asked, expected, leave: inEditor.map((change) => change.path) })).token
      : null;
  // Last: the server may refuse its part, and finds nothing to change in a script that is fixed already.
  for (const change of inEditor)
    await edit(change, { text: change.after, bom: change.bomAfter, encoding: change.encoding?.after });
  const { root } = useDocuments.getState();
  const undo = async (): Promise<void> => {
    if (useDocuments.getState().root !== root) throw new Error("Another folder is open now.");
    const again = connected();
    for (const change of inEditor) checkUnchanged(change);
    if (token !== null) await again.doctor.undo({ token }); // first: it is refused where a file was changed since
    for (const change of inEditor)
      await edit(change, { text: change.before ?? "", bom: change.bomBefore, encoding: change.encoding?.before });
    useProof.setState({ proof: null });
  };
  const takeBack = (): void => void undo().catch((error: unknown) => notifyFailure("Could not undo the fix", error));
  if (traceId === null) {
    notify("info", `Applied “${fix.title}”.`, { title: "Undo", run: takeBack });
    return null;
  }
  const before = knownRow(traceId);
  try {
    const { id } = await untilEnded(await client.traces.replay({ id: traceId }));
    useProof.setState({ proof: { traceId: id, before: traceId, seq: before?.seq ?? null, fix, finding, takeBack } });
    useSelection.getState().showSent(id);
  } catch (error) {
    notifyFailure("The fix was applied, but the request could not be sent again", error);
  }
  return null;
}

/** What was typed since the fix must not go with it. @throws Error */
function checkUnchanged({ path, after }: TextChange): void {
  const buffer = bufferOf(path);
  if (!buffer) throw new Error(`${path} is not open any more. Open it, and change it back there.`);
  const lines = (text: string): string => text.replace(/\r\n?/g, "\n");
  if (lines(buffer.model.getValue()) !== lines(after))
    throw new Error(`${path} was changed since. Use the editor’s own undo.`);
}

/** One edit of an open file, saved: the editor's undo reverts it. */
async function edit(
  { path }: TextChange,
  {
    text,
    bom,
    encoding,
  }: { readonly text: string; readonly bom: boolean; readonly encoding?: FileEncoding | undefined },
): Promise<void> {
  const buffer = bufferOf(path);
  if (!buffer) return;
  replaceText(buffer, text);
  setLineEnd(await loadMonaco(), buffer, /\r\n/.test(text) ? "crlf" : "lf");
  changeDocument(path, { bom });
  if (!(await saveDocument(path, { sendsItself: true, ...(encoding && { encoding }) })))
    throw new Error(`Could not save ${path}. Save it in the editor.`);
}
