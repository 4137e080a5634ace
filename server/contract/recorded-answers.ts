// Answers of commands that this machine does not have, recorded in the folder: where they are, and which were used.
import { z } from "zod";
import { bytesText } from "./bytes-text.js";

/** In the workspace. Each file is named after its command. */
export const answersFolder = ".cgi-workbench/commands-of-the-target";

/** No path, and no name that a shell would read as something else. */
export const commandName = /^[A-Za-z0-9_][A-Za-z0-9_.+@-]*$/;
/** A command and its arguments; `*` matches any. */
export const commandLine = /^[A-Za-z0-9_][A-Za-z0-9_.+@-]*(?: [^\r\n\0]*)?$/;

export const usedAnswer = z
  .object({
    command: bytesText.describe("The command and its arguments, with blanks between them."),
    found: z.boolean().describe("False: no answer to these arguments is recorded; the exit code was 127."),
  })
  .describe(`A call of a command that this machine does not have, answered from the folder's ${answersFolder}.`);
export type UsedAnswer = z.infer<typeof usedAnswer>;

/** An answer to record. */
export const answer = z.object({
  command: z.string().max(4096).regex(commandLine),
  stdout: z.string().max(1 << 20),
  exitCode: z.int().min(0).max(255),
  /** It reads its stdin to the end. */
  readsStdin: z.boolean(),
});
export type Answer = z.infer<typeof answer>;
