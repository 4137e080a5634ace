// Commands of the folder: CGI scripts that the window runs on a trace, a file or a stream of bytes.

import { z } from "zod";
import { call } from "./call.js";
import { change } from "./fix-contract.js";
import { sentence, streamName } from "./trace.js";
import { workspacePath } from "./workspace.js";

/** How large a command's input, and its answer, may be, bytes. */
export const maxCommandBytes = 16 << 20;
/** A command that takes longer is ended, ms. */
export const maxCommandMs = 10_000;

const root = z.string().min(1).max(4096);
const file = z.string().min(1).max(255);
const traceId = z.string().max(64);

export const commandMenu = z.enum(["trace", "file", "body"]);
export type CommandMenu = z.infer<typeof commandMenu>;

const ownCommand = z.object({
  /** The script's name in the folder of commands. */
  file,
  title: z.string(),
  menus: z.array(commandMenu),
  /** Why it cannot be run: what is wrong with its description. */
  problem: sentence.nullable(),
});
export type OwnCommand = z.infer<typeof ownCommand>;

const subject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("trace"), id: traceId }),
  z.object({ kind: z.literal("file"), path: workspacePath }),
  z.object({ kind: z.literal("body"), id: traceId, stream: streamName }),
  z.object({ kind: z.literal("nothing") }),
]);
export type CommandSubject = z.infer<typeof subject>;

const commandAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("page"), html: z.string() }),
  z.object({ kind: z.literal("text"), text: z.string() }),
  /** `patch`: the diff's bytes, for `apply`. */
  z.object({ kind: z.literal("change"), changes: z.array(change), patch: z.base64() }),
  z.object({ kind: z.literal("file"), name: z.string(), base64: z.base64() }),
]);
export type CommandAnswer = z.infer<typeof commandAnswer>;

export const ownCommandsContract = {
  /** None while the folder is not trusted. */
  list: call.output(z.array(ownCommand)),
  /** Runs a command. Secrets are masked, unless its description asks for them. */
  run: call.input(z.object({ root, file, subject })).output(commandAnswer),
  /** Makes the change of an answer, if every file still has the hash that was shown. */
  apply: call
    .input(
      z.object({
        root,
        patch: z.base64().max(maxCommandBytes * 2),
        expected: z.array(z.object({ path: workspacePath, hash: z.string().nullable() })),
      }),
    )
    .output(z.object({ /** For `doctor.undo`. */ token: z.uuid() })),
  /** Copies the examples of such commands into the folder, over no other file. Returns the names of the new ones. */
  addExamples: call.input(z.object({ root })).output(z.array(file)),
};
