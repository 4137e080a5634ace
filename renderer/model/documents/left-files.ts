// Why an action on many files leaves some of them as they are.
import { type Message, wordsOf } from "../../../server/contract/message.js";
import type { LeftFile } from "../../ui/left-files.js";
import { hasEdits } from "./document-store.js";

/** Of these files, those with edits that are not saved. */
export const filesWithEdits = (paths: readonly string[]): LeftFile[] =>
  paths.filter(hasEdits).map((path) => ({ path, why: "It has unsaved edits. Save the file first." }));

/** What the server left, in its words. */
export const leftByServer = (left: readonly { readonly path: string; readonly why: Message }[]): LeftFile[] =>
  left.map(({ path, why }) => ({ path, why: wordsOf(why.text) }));
