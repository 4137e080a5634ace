// A raw request of the user's own that is replaced can be had back.
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { composeRaw, useComposer } from "../../model/request/composer-store.js";
import type { RawDraft } from "../../model/request/draft.js";
import { notify } from "../../platform/notices.js";

interface Replaced {
  readonly raw: RawDraft;
  /** The script it was for, and its folder. */
  readonly subject: string | null;
  readonly root: string | null;
}

/** Shows other bytes in place of the raw request; a notice gives back what is nowhere else. */
export function replaceRaw(change: Partial<RawDraft>): void {
  const replaced = now();
  const { raw } = replaced;
  composeRaw(change);
  if (raw.isOwn && raw.text !== "" && raw.text !== now().raw.text) offerUndo("The raw request was replaced.", replaced);
}

function now(): Replaced {
  const { raw, subject } = useComposer.getState();
  return { raw, subject, root: useWorkspace.getState().workspace?.root ?? null };
}

function offerUndo(text: string, replaced: Replaced): void {
  notify("info", text, { title: "Undo", run: () => restore(replaced) });
}

/** Each script has a raw request of its own: that of another one stays. What was typed meanwhile can be had back. */
function restore(replaced: Replaced): void {
  const { subject, root } = now();
  if (root !== replaced.root) offerUndo(`Open the folder ${replaced.root} again to undo this.`, replaced);
  else if (subject === replaced.subject) replaceRaw(replaced.raw);
  else if (replaced.subject === null) notify("info", "The raw request was not restored: it was for no script.");
  else offerUndo(`Open ${replaced.subject} to undo this.`, replaced);
}
