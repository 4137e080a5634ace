// Compiling a C or C++ source beside its program, and where a program crashed.

import { z } from "zod";
import { call } from "./call.js";
import { shownRoot } from "./files-contract.js";
import { workspacePath } from "./workspace.js";

/** `root`: the folder that the caller shows. */
const toCompile = {
  root: shownRoot,
  path: workspacePath,
  /** Crashes are reported with their lines. */ sanitize: z.boolean(),
};

const compilerMessage = z.object({
  /** In the workspace; as the compiler wrote it for a file outside. */
  path: z.string(),
  line: z.int().positive(),
  severity: z.enum(["error", "warning", "hint"]),
  text: z.string(),
});
export type CompilerMessage = z.infer<typeof compilerMessage>;

const compilePlan = z.object({
  /** Null: none is beside the program. */
  source: workspacePath.nullable(),
  program: workspacePath,
  /** Null: there is no source, or no compiler. */
  command: z.array(z.string()).nullable(),
  /** Finds the line of a crash without a compiler; null: there is none, or the program is not a compiled one. */
  debugger: z.enum(["gdb", "lldb"]).nullable(),
});
export type CompilePlan = z.infer<typeof compilePlan>;

const frame = z.object({
  function: z.string(),
  /** In the workspace; as the debugger wrote it for a file outside. Null: the program has no debugging information. */
  path: z.string().nullable(),
  line: z.int().positive().nullable(),
});
export type Frame = z.infer<typeof frame>;

export const compileContract = {
  /** `path`: a source, or a program whose source may be in the folder. */
  compilePlan: call.input(z.object(toCompile)).output(compilePlan),
  /** Needs trust. `token` for `undo`, which brings the earlier program back; null: the source does not compile. */
  compile: call
    .input(z.object(toCompile))
    .output(z.object({ program: workspacePath, token: z.uuid().nullable(), messages: z.array(compilerMessage) })),
  /** Runs the program of a trace once more, with the same input, in a debugger. Needs trust. */
  frames: call.input(z.object({ traceId: z.string() })).output(z.object({ frames: z.array(frame) })),
};
