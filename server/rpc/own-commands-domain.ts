// The folder's own commands: what each gets, and what its answer is for the window.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { type CommandAnswer, type CommandSubject, maxCommandBytes } from "../contract/own-commands-contract.js";
import type { StreamName, TraceJson } from "../contract/trace.js";
import { addExamples } from "../features/commands/add-examples.js";
import { type FoundCommand, findCommands } from "../features/commands/command-files.js";
import { commandProblem } from "../features/commands/messages.js";
import { type CommandInput, type CommandOutput, runCommand } from "../features/commands/run-command.js";
import { fromBytes } from "../protocol/byte-string.js";
import { exportTrace } from "../trace/formats/export-trace.js";
import { fromTraceJson } from "../trace/formats/read-trace-json.js";
import { maskSecrets, SecretNames } from "../trace/formats/secrets.js";
import { streamIn } from "../trace/trace-streams.js";
import type { Workspace } from "../workspace/workspace.js";
import { endedTrace } from "./exchange-domain.js";
import { never, os } from "./implementer.js";
import { shownFolder } from "./shown-folder.js";

type Parts = Pick<Workbench, "folder" | "traces" | "starter" | "scripts" | "mail" | "log">;

export const ownCommandsDomain = (parts: Parts) => {
  const { folder, scripts, starter, mail, log } = parts;
  return {
    list: os.ownCommands.list.handler(async () => {
      const found = await findCommands(folder.workspace());
      return found.map(({ file, title, menus, problem }) => ({ file, title, menus, problem }));
    }),
    run: os.ownCommands.run.handler(async ({ input: { subject, file, ...shown }, signal = never }) => {
      const workspace = shownFolder(folder, shown);
      if (!workspace.isTrusted) throw new ProblemError(commandProblem("commands-not-trusted"));
      const command = (await findCommands(workspace)).find((one) => one.file === file);
      if (!command) throw new ProblemError(commandProblem("command-missing", { file }));
      const input = await inputOf(parts, workspace, command, subject);
      const run = { command, folder: workspace, starter, mail, log, input, signal };
      return answerOf(parts, workspace, await runCommand(run));
    }),
    apply: os.ownCommands.apply.handler(async ({ input: { patch, expected, ...shown } }) => {
      const bytes = fromBytes(Buffer.from(patch, "base64"));
      return { token: await scripts.fixes.applyPatch(shownFolder(folder, shown), bytes, expected) };
    }),
    addExamples: os.ownCommands.addExamples.handler(({ input }) => addExamples(shownFolder(folder, input).root)),
  };
};

/** @throws ProblemError */
async function inputOf(
  { traces }: Parts,
  workspace: Workspace,
  { secrets, trace: form }: FoundCommand,
  subject: CommandSubject,
): Promise<CommandInput> {
  if (subject.kind === "nothing") return { bytes: new Uint8Array(), type: "application/octet-stream", path: "" };
  if (subject.kind === "file") {
    const { path } = subject;
    const bytes = await workspace.readRange(path, 0, maxCommandBytes + 1);
    return { bytes, type: "application/octet-stream", path };
  }
  const whole = await endedTrace(traces, subject.id);
  if (subject.kind === "trace") {
    const isMasked = !secrets;
    const bytes =
      form === "har"
        ? exportTrace(whole, "har", { isMasked }).bytes
        : Buffer.from(JSON.stringify(secrets ? whole : maskSecrets(whole, new SecretNames())));
    return { bytes, type: "application/json", path: "" };
  }
  const shown = secrets ? whole : maskSecrets(whole, new SecretNames());
  const stream = streamIn[subject.stream](fromTraceJson(shown));
  if (stream && stream.captured < stream.bytes)
    throw new ProblemError(commandProblem("command-input-cut", { captured: stream.captured, bytes: stream.bytes }));
  return { bytes: stream?.read(0, stream.captured) ?? new Uint8Array(), type: typeOf(whole, subject.stream), path: "" };
}

function typeOf({ request, response }: TraceJson, stream: StreamName): string {
  const headers = stream === "response-body" ? response?.headers : stream === "stderr" ? [] : request.headers;
  const found = headers?.find(([name]) => String(name).toLowerCase() === "content-type")?.[1];
  return typeof found === "string" ? found : "application/octet-stream";
}

/** @throws ProblemError if a diff does not fit */
async function answerOf({ scripts }: Parts, workspace: Workspace, output: CommandOutput): Promise<CommandAnswer> {
  const { type, body, text, saveAs } = output;
  if (saveAs === null && type === "text/html") return { kind: "page", html: text() };
  if (saveAs === null && type === "text/plain") return { kind: "text", text: text() };
  const base64 = body.toString("base64");
  if (saveAs === null && (type === "text/x-diff" || type === "text/x-patch"))
    return { kind: "change", changes: await scripts.fixes.previewPatch(workspace, fromBytes(body)), patch: base64 };
  return { kind: "file", name: saveAs ?? "answer", base64 };
}
