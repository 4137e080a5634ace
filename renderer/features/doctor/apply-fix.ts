// Makes a fix: in the editor where the file is open, so that undo there reverts it, on disk otherwise; then sends the
// request again, to prove it. Everything can be undone in one step.
import type { FileEncoding } from "../../../server/contract/charsets.js";
import type { AvailableFix, Change } from "../../../server/contract/fix-contract.js";
import { toProblem } from "../../../server/contract/problem.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { changeDocument, documentAt, hasEdits, useDocuments } from "../../model/documents/document-store.js";
import { saveDocument, savedAs } from "../../model/documents/save-document.js";
import {
  bufferOf,
  isBufferDirty,
  loadMonaco,
  replaceText,
  setLineEnd,
  usualLineEnd,
} from "../../model/documents/text-buffers.js";
import { notify, notifyFailure } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { windowMessage } from "../../rpc/messages.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { untilEnded } from "../../rpc/sending.js";
import { connected } from "../../rpc/store.js";
import type { TextChange } from "./change-lines.js";
import { type Proof, useProof } from "./proof-store.js";

/** What a save would write of a file, where it differs from what is on disk. */
export function unsavedOf(path: string): EditorText | null {
  const buffer = bufferOf(path);
  return buffer && isBufferDirty(buffer) ? editorTextOf(path) : null;
}

/** What a fix changes. Null: what is on disk, which the server reads as the editor does. */
export function textToFix(path: string): EditorText | null {
  const document = documentAt(path);
  const isReadAsDetected = document?.kind !== "text" || document.encoding === document.detected;
  return isReadAsDetected ? unsavedOf(path) : editorTextOf(path);
}

type EditorText = { readonly text: string } & ReturnType<typeof savedAs>;

function editorTextOf(path: string): EditorText | null {
  const document = documentAt(path);
  const buffer = bufferOf(path);
  return document?.kind === "text" && buffer ? { text: buffer.model.getValue(), ...savedAs(document) } : null;
}

const isOpen = (path: string): boolean => documentAt(path)?.kind === "text" && bufferOf(path) !== undefined;
const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, "\n");

/** The editor has the text that the change was made from. */
function isAsPreviewed({ path, before, hash }: TextChange): boolean {
  const document = documentAt(path);
  if (document?.kind !== "text") return false;
  const isOfDisk = !document.isDirty || document.mixed; // the line ends of a mixture are those on disk
  if (isOfDisk && document.hash !== hash) return false;
  const text = textToFix(path)?.text;
  return (
    text === undefined || text === before || (document.mixed && withLineFeeds(text) === withLineFeeds(before ?? ""))
  );
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
  /** Scripts that get the same fix with it. */
  readonly others?: readonly string[];
  readonly fix: AvailableFix;
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
  { path, others = [], fix, finding, traceId }: FixToApply,
  shown: readonly Change[] | null,
): Promise<Problem | null> {
  const client = connected();
  const asked = { path, others: [...others], fix: fix.id, unsaved: textToFix(path) };
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
  const outdated = inEditor.find((change) => !isAsPreviewed(change)); // typed in meanwhile
  if (outdated) {
    if (token !== null) await client.doctor.undo({ token });
    return toProblem(windowMessage("fix-outdated", { path: outdated.path }));
  }
  // Last: the server may refuse its part, and finds nothing to change in a script that is fixed already.
  for (const change of inEditor)
    await edit(change, { text: change.after, bom: change.bomAfter, encoding: change.encoding?.after });
  const leftAs = new Map(inEditor.map((change) => [change.path, hashAt(change.path)]));
  const { root } = useDocuments.getState();
  const undoAll = async (): Promise<void> => {
    if (useDocuments.getState().root !== root) throw new Error("Another folder is open now.");
    const again = connected();
    const checkAll = (): void => {
      for (const [changed, hash] of leftAs) checkUnchanged(changed, hash);
    };
    checkAll();
    if (token !== null) await again.doctor.undo({ token }); // first: it is refused where a file was changed since
    checkAll(); // typed in meanwhile
    for (const change of inEditor)
      await edit(change, { text: change.before ?? "", bom: change.bomBefore, encoding: change.encoding?.before });
    useProof.setState({ proof: null });
  };
  const undo = (): void => void undoAll().catch((error: unknown) => notifyFailure("Could not undo the fix", error));
  if (traceId === null) notify("info", `Applied “${fix.title}”.`, { title: "Undo", run: undo });
  else await prove({ fix, finding, traceId }, undo);
  return null;
}

/** Sends the request again. If that fails, a notice reports it. */
export async function prove(
  { traceId, ...search }: Pick<Proof, "fix" | "finding" | "traceId" | "seeks">,
  undo: () => void,
): Promise<void> {
  const client = connected();
  const { fix } = search;
  try {
    const { rules: rulesBefore } = await client.doctor.fixes({ traceId });
    const { id } = await untilEnded(await client.traces.replay({ id: traceId }));
    useProof.setState({ proof: { ...search, traceId: id, before: traceId, rulesBefore, undo } });
    useSelection.getState().showSent(id);
  } catch (error) {
    const why = problemText(problemOf(error));
    notify("bad", `Applied “${fix.title}”, but the request could not be sent again: ${why}`, {
      title: "Undo",
      run: undo,
    });
  }
}

const hashAt = (path: string): string | null => {
  const document = documentAt(path);
  return document?.kind === "text" ? document.hash : null;
};

/** What was typed, or written by another program, since the fix must not go with it. @throws Error */
function checkUnchanged(path: string, leftAs: string | null): void {
  if (!isOpen(path)) throw new Error(`${path} is not open any more. Open it, and change it back there.`);
  if (hasEdits(path) || hashAt(path) !== leftAs)
    throw new Error(`${path} was changed since. Use the editor’s own undo.`);
}

/** One edit of an open file, saved with each line end as in `text`: the editor's undo reverts it. */
async function edit(
  { path }: TextChange,
  {
    text,
    bom,
    encoding,
  }: { readonly text: string; readonly bom: boolean; readonly encoding?: FileEncoding | undefined },
): Promise<void> {
  const monaco = await loadMonaco(); // first: nothing can be typed between the edit and the save
  const buffer = bufferOf(path);
  if (!buffer) return;
  replaceText(buffer, text);
  setLineEnd(monaco, buffer, usualLineEnd(text));
  changeDocument(path, { bom });
  if (!(await saveDocument(path, { sendsItself: true, exactText: text, ...(encoding && { encoding }) })))
    throw new Error(`Could not save ${path}. Save it in the editor.`);
}
