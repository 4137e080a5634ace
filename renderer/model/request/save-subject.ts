// The request that the dialog “Save request” is about: one of the composer, or a trace's.
import { create } from "zustand";
import type { AskedToSave } from "../../../server/contract/saved-contract.js";
import { isSecretHeader } from "../../../server/protocol/secret-name.js";
import { openDialog } from "../../platform/dialogs.js";

export interface SaveSubject {
  readonly source: AskedToSave["source"];
  /** To begin with. */
  readonly name: string;
  /** Assertions that hold of its response now. */
  readonly proposed: readonly string[];
  /** It has headers with secrets. */
  readonly hasSecrets: boolean;
  /** Requests that are saved with it in the same file, each with its own assertions. */
  readonly others?: readonly Omit<SaveSubject, "hasSecrets" | "others" | "note">[];
  /** Which requests are not saved with them, and why: a sentence. */
  readonly note?: string;
}

export const useSaveSubject = create<{ readonly subject: SaveSubject | null }>()(() => ({ subject: null }));

export function askToSave(subject: SaveSubject): void {
  useSaveSubject.setState({ subject });
  openDialog("save-request");
}

export const signsIn = (headers: readonly (readonly [string, string])[]): boolean =>
  headers.some(([name, value]) => isSecretHeader(name, value));
