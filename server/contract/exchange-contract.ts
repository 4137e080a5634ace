// The exchange's part of the contract: a trace as a file, and traces from a file.

import { z } from "zod";
import { call } from "./call.js";
import { maxExchangedText, maxImportedFiles } from "./limits.js";
import { savedForms } from "./saved-forms.js";
import { workspacePath } from "./workspace.js";

const traceId = z.string().max(64);
const importedFile = z.object({ name: z.string().max(1024), text: z.string().max(maxExchangedText) });

const savedCollection = z.object({
  /** The new `.http` file; null: the file had environments alone. */
  path: workspacePath.nullable(),
  requests: z.number().int(),
  /** What has no place in such a file: comments there name it. */
  leftOut: z.number().int(),
  /** Files of its folder that cannot be read, with their lines: `Account/login.yml:7`. */
  damaged: z.array(z.string()).optional(),
  /** The files of environments that were written. */
  environments: z.array(workspacePath),
  /** Values of environments that were there already, and differ. */
  kept: z.number().int(),
  /** Variables of `.http` files, there already or new, that come before the environments' values of these names. */
  comeFirst: z.array(z.object({ path: workspacePath, names: z.array(z.string()) })),
});
export type SavedCollection = z.infer<typeof savedCollection>;

const imported = z.object({
  /** The ids of the traces, in the order of the files. */
  ids: z.array(z.string()),
  collections: z.array(savedCollection),
});
export type Imported = z.infer<typeof imported>;

export const exchangeContract = {
  /** The names of the secrets that are in a trace. */
  secrets: call.input(z.object({ id: traceId })).output(z.array(z.string())),
  /** The text of the file. */
  export: call.input(z.object({ id: traceId, form: z.enum(savedForms), isMasked: z.boolean() })).output(z.string()),
  /**
   * Takes in the traces of files, and collections of requests, which become `.http` files.
   * `name`: with `/` if it comes out of a folder.
   */
  import: call.input(z.object({ files: z.array(importedFile).min(1).max(maxImportedFiles) })).output(imported),
};
