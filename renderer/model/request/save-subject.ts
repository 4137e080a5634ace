// The request that the dialog “Save request” is about: one of the composer, or a trace's.
import { create } from "zustand";
import type { RequestToSave } from "../../../server/contract/saved-contract.js";
import { openDialog } from "../../platform/dialogs.js";

export interface SaveSubject {
  readonly source: RequestToSave["source"];
  /** To begin with. */
  readonly name: string;
  /** Assertions that hold of its response now. */
  readonly proposed: readonly string[];
  /** It has headers that sign in. */
  readonly hasSecrets: boolean;
}

export const useSaveSubject = create<{ readonly subject: SaveSubject | null }>()(() => ({ subject: null }));

export function askToSave(subject: SaveSubject): void {
  useSaveSubject.setState({ subject });
  openDialog("save-request");
}

const signIn = new Set(["authorization", "proxy-authorization", "cookie"]);
export const signsIn = (headers: readonly (readonly [string, string])[]): boolean =>
  headers.some(([name]) => signIn.has(name.toLowerCase()));
