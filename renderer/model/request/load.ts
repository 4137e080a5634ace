// Puts a request into the composer: one that was recorded, pasted or sent before. Nothing is lost: a body that is no
// plain text or form becomes a file of exactly these bytes.
import { firstValue } from "../../../server/protocol/header-values.js";
import { useSelection } from "../../platform/selection.js";
import { useFiles } from "../folder/file-store.js";
import { showDraft } from "./composer-store.js";
import { blankDraft, type RequestDraft } from "./draft.js";
import { loadBody } from "./load-body.js";
import { bytesToRaw } from "./raw-text.js";

interface LoadedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** The trace it comes from: the next request links to it. */
  readonly parent?: { readonly id: string; readonly kind: "replay" };
}

/**
 * Shows the request in the composer, in the place of what it held (which its script's history has, once it was sent).
 */
export function loadIntoComposer({ method, target, headers, body, parent }: LoadedRequest): void {
  const blank = blankDraft(target);
  const contentType = firstValue(headers, "content-type");
  const draft: RequestDraft = {
    ...blank,
    method,
    ...loadBody(blank.body, headers, contentType, body),
    parent: parent ?? null,
  };
  showDraft(draft, subjectOf(target));
}

/** A request that the fields cannot hold: its bytes, which are sent as they are. `target`: as text. */
export function loadBytes(bytes: Uint8Array, target: string): void {
  const blank = blankDraft(target);
  showDraft({ ...blank, raw: { ...blank.raw, isOn: true, isOwn: true, text: bytesToRaw(bytes) } }, subjectOf(target));
}

/**
 * The script that serves the target: the file with the longest address that the path begins with; else the open one.
 */
export function subjectOf(target: string): string | null {
  const path = target.split("?", 1)[0] ?? "";
  let best: { readonly path: string; readonly length: number } | null = null;
  for (const { path: file, target: address } of useFiles.getState().entries) {
    if (address === null || (path !== address && !path.startsWith(address.endsWith("/") ? address : `${address}/`)))
      continue;
    if (best === null || address.length > best.length) best = { path: file, length: address.length };
  }
  return best?.path ?? useSelection.getState().openFile;
}
