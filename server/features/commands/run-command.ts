// Runs a command of the folder as a CGI script, in a process of its own, and reads its answer.
import { posix } from "node:path";
import { type Log, noteOf } from "../../base/log.js";
import { ProblemError } from "../../base/problem.js";
import { serverSoftware } from "../../base/version.js";
import { wordsOf } from "../../contract/message.js";
import { maxCommandBytes, maxCommandMs } from "../../contract/own-commands-contract.js";
import { exchangeMessage } from "../../http/exchange/messages.js";
import { byteString, latin1, utf8 } from "../../protocol/byte-string.js";
import { charsetOf, decodeText } from "../../protocol/charset.js";
import { parametersOf } from "../../protocol/header-parameters.js";
import { type MetaVariable, metaVariables } from "../../protocol/meta-variables.js";
import { ScriptHeadParser } from "../../protocol/script-head.js";
import { interpretScriptHead } from "../../protocol/script-response.js";
import { CgiRunner } from "../../runners/cgi/cgi-runner.js";
import { joinedMails, type MailCatcher } from "../../runners/mail/mail-catcher.js";
import { readMails } from "../../runners/mail/read-mail.js";
import { SmtpReceiver } from "../../runners/mail/smtp-receiver.js";
import { mailInSource } from "../../runners/mail/uncaught-mail.js";
import type { Starter } from "../../spawn/start.js";
import type { CommandFolder, FoundCommand } from "./command-files.js";
import { commandProblem } from "./messages.js";

export interface CommandInput {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** The file's path in the folder, or nothing. */
  readonly path: string;
}

export interface CommandOutput {
  /** Without parameters, in lower case. */
  readonly type: string;
  readonly body: Buffer;
  /** The body, decoded as its type says. */
  readonly text: () => string;
  /** The name of the file that it is to be saved as; null: it is to be shown, if it can be. */
  readonly saveAs: string | null;
}

/** So much of stderr, or of an error's page, is quoted. */
const maxQuoted = 1000;

interface Run {
  readonly command: FoundCommand;
  readonly folder: CommandFolder;
  readonly starter: Starter;
  readonly mail: MailCatcher;
  readonly log: Log;
  readonly input: CommandInput;
  readonly signal: AbortSignal;
}

/** @throws ProblemError */
export async function runCommand(run: Run): Promise<CommandOutput> {
  const { file } = run.command;
  if (run.input.bytes.length > maxCommandBytes)
    throw new ProblemError(commandProblem("command-input-large", { bytes: run.input.bytes.length }));
  const { stdout, stderr } = await (run.folder.config.mail === "caught"
    ? outputWithoutMail(run)
    : outputOf(run, variablesOf(run)));
  const parser = new ScriptHeadParser();
  const head = parser.push(stdout) ?? parser.end();
  const { kind, status, headers, reasons } = interpretScriptHead(head, run.folder.config.policy);
  const body = stdout.subarray(head.bodyOffset);
  const quoted = (bytes: Buffer): string => bytes.toString("utf8", 0, maxQuoted).trim();
  if (kind !== "document" || (status ?? 500) >= 400) {
    const why = kind === "invalid" ? wordsOf(reasons[0]?.text ?? "") : `${kind} ${status ?? ""}: ${quoted(body)}`;
    throw new ProblemError(commandProblem("command-failed", { file, why, stderr: quoted(stderr) }));
  }
  const fieldOf = (wanted: string): string =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? byteString("");
  const contentType = fieldOf("content-type");
  const disposition = fieldOf("content-disposition");
  const named = parametersOf(disposition).get("filename");
  return {
    type: (contentType.split(";", 1)[0] ?? "").trim().toLowerCase(),
    body,
    text: () => decodeText(body, charsetOf(contentType) ?? "utf-8"),
    saveAs: named !== undefined ? posix.basename(named) : /^attachment\b/i.test(disposition) ? file : null,
  };
}

function variablesOf({ command, folder, input }: Run): readonly MetaVariable[] {
  const { route, file } = command;
  const path = byteString(`/${utf8(file)}`);
  const { variables } = metaVariables({
    request: {
      method: latin1("POST"),
      httpVersion: "1.1",
      headers: [[latin1("Content-Type"), utf8(input.type)]],
      target: path,
    },
    target: { raw: path, path, query: byteString(""), authority: null },
    route: { ...route, documentRoot: utf8(folder.root), pathInfo: utf8(input.path === "" ? "" : `/${input.path}`) },
    connection: { remoteAddress: "127.0.0.1", remotePort: 0, localAddress: "127.0.0.1", localPort: 0 },
    contentLength: input.bytes.length,
    serverSoftware,
    auth: null,
    inherited: folder.inherited,
    overrides: new Map(),
    policy: folder.config.policy,
  });
  return variables;
}

interface Output {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly pid: number | null;
}

/** Its mail goes nowhere: the log names who would have got it. @throws ProblemError */
async function outputWithoutMail(run: Run): Promise<Output> {
  const { file, route } = run.command;
  const { uncaught, speaksSmtp } = mailInSource(route);
  const why = uncaught && exchangeMessage("mail-not-caught", { ...uncaught }).text;
  if (why !== null) throw new ProblemError(commandProblem("command-not-started", { file, why: wordsOf(why) }));
  const smtp = speaksSmtp ? await SmtpReceiver.open() : null;
  try {
    const since = Date.now();
    const variables = run.mail.before(variablesOf(run), route);
    const output = await outputOf(run, smtp?.before(variables) ?? variables);
    const byCommand = output.pid === null ? null : run.mail.take(output.pid, since);
    const sent = joinedMails(byCommand, (await smtp?.close()) ?? null);
    const { messages } = sent === null ? { messages: [] } : await readMails(sent);
    const recipients = messages.flatMap((each) => each.recipients).join(", ");
    if (sent) run.log.write(noteOf("info", "workbench", commandProblem("command-mail-caught", { file, recipients })));
    return output;
  } finally {
    await smtp?.close();
  }
}

/** All that the command writes. @throws ProblemError */
function outputOf(run: Run, variables: readonly MetaVariable[]): Promise<Output> {
  const { command, starter, input, signal } = run;
  const { file, route } = command;
  const request = {
    argv: [...(route.interpreter ?? []), route.file],
    env: variables.map(({ name, value }) => byteString(`${name}=${value}`)),
    cwd: byteString(route.file.slice(0, route.file.lastIndexOf("/"))),
    hasBody: true,
  };
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let outBytes = 0;
    let errBytes = 0;
    let pid: number | null = null;
    let left = 2;
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stopped);
    };
    const refuse = (problem: ProblemError): void => {
      done();
      reject(problem);
    };
    const stop = (problem: ProblemError): void => {
      refuse(problem);
      exchange.stop();
    };
    const stopped = (): void => stop(new ProblemError(commandProblem("command-stopped", { file })));
    const timer = setTimeout(() => stop(new ProblemError(commandProblem("command-slow", { file }))), maxCommandMs);
    signal.addEventListener("abort", stopped, { once: true });
    const over = (): void => {
      left -= 1;
      if (left > 0) return;
      done();
      resolve({ stdout: Buffer.concat(out), stderr: Buffer.concat(err), pid });
    };
    const exchange = new CgiRunner(starter).run(request, {
      started: () => {
        exchange.write(input.bytes);
        exchange.endInput();
      },
      failed: ({ why }) =>
        refuse(new ProblemError(commandProblem("command-not-started", { file, why: wordsOf(why.text) }))),
      stdout: (bytes) => {
        outBytes += bytes.length;
        if (outBytes > maxCommandBytes) stop(new ProblemError(commandProblem("command-answer-large", { file })));
        else out.push(Buffer.from(bytes));
        return true;
      },
      stderr: (bytes) => {
        if (errBytes < maxQuoted) err.push(Buffer.from(bytes));
        errBytes += bytes.length;
      },
      stdin: () => {},
      stdinDrain: () => {},
      outputEnd: over,
      exit: (ended) => {
        pid = ended?.pid ?? null;
        over();
      },
    });
  });
}
