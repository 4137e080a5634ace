#!/usr/bin/env node
// The command line: a second shell over the same core. stdout is for data, stderr for messages.
import { errorCode } from "../base/disk.js";
import { errorText, systemReason } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { writeWords } from "../base/terminal-text.js";
import { version } from "../base/version.js";
import { problemText } from "../contract/problem.js";
import { generalUsage, UsageError, usage, type Verb } from "./usage/usage.js";

/** Resolves with the exit code. */
type Run = (args: readonly string[]) => Promise<number>;

/** Loaded when it is called: help and version need none of them. */
const verbs: Readonly<Record<Verb, () => Promise<Run>>> = {
  open: async () => (await import("./open.js")).open,
  serve: async () => (await import("./serve.js")).serve,
  link: async () => (await import("./link.js")).link,
  untrust: async () => (await import("./untrust.js")).untrust,
  doctor: async () => (await import("./doctor.js")).doctor,
  request: async () => (await import("./request.js")).request,
  servers: async () => (await import("./servers.js")).servers,
  test: async () => (await import("./test.js")).test,
  dap: async () => (await import("./dap.js")).dap,
  mcp: async () => (await import("./mcp.js")).mcp,
  try: async () => (await import("./try.js")).tryValues,
  probe: async () => (await import("./probe.js")).probe,
  fcgi: async () => (await import("./fcgi.js")).fcgi,
  traces: async () => (await import("./traces.js")).traces,
  trace: async () => (await import("./trace.js")).trace,
  replay: async () => (await import("./replay.js")).replay,
  capsule: async () => (await import("./capsule.js")).capsule,
  import: async () => (await import("./import.js")).importFile,
  bench: async () => (await import("./bench.js")).bench,
  leaks: async () => (await import("./leaks.js")).leaks,
  startup: async () => (await import("./startup.js")).startup,
  agent: async () => (await import("./agent.js")).agent,
  wrap: async () => (await import("./wrap.js")).wrap,
  deploy: async () => (await import("./deploy.js")).deploy,
  adopt: async () => (await import("./adopt.js")).adoptConfiguration,
  lesson: async () => (await import("./lesson.js")).lesson,
};
const isVerb = (word: string): word is Verb => Object.hasOwn(verbs, word);
const [first, ...rest] = process.argv.slice(2);

/** Resolves with the exit code. */
async function run(): Promise<number> {
  if (first === "--version" || first === "-v") return print(`${version}\n`);
  if (first === "--help" || first === "-h") return print(generalUsage);
  if (first === "help") return print(helpAbout(rest[0]));
  if (first?.startsWith("-")) throw new UsageError(`unknown option ${first}; see cgi-workbench --help`);
  const verb = first !== undefined && isVerb(first) ? first : null;
  if (verb !== null && asksForHelp(rest)) return print(usage[verb]);
  const start = await verbs[verb ?? "open"]();
  return start(verb === null && first !== undefined ? [first, ...rest] : rest);
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** @throws UsageError for a word that is no verb */
function helpAbout(word: string | undefined): string {
  if (word === undefined) return generalUsage;
  if (!isVerb(word)) throw new UsageError(`“${word}” is not a verb; see cgi-workbench --help`);
  return usage[word];
}

/** Behind `--` there are no options. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

// Node would print what a library warns of as it is.
process.removeAllListeners("warning");
process.on("warning", ({ name, message }) => writeWords(process.stderr, `cgi-workbench: ${name}: ${message}\n`));

/** The code of the system's refusal to write; the work is done all the same. @throws any other error */
const refusalOf = (error: Error): string => {
  if (!("syscall" in error)) throw error;
  return errorCode(error);
};
process.stderr.on("error", refusalOf); // there is no other place for messages
let isStdoutWhole = true;
process.stdout.on("error", (error) => {
  const code = refusalOf(error);
  // the reader of a pipe has gone (`| head`), or the terminal has
  if (code === "EPIPE" || code === "EIO" || !isStdoutWhole) return;
  isStdoutWhole = false;
  writeWords(process.stderr, `cgi-workbench: standard output cannot be written: ${systemReason(error)}\n`);
  process.on("exit", () => {
    process.exitCode ||= 1;
  });
});

// Sets the exit code instead of calling exit: what was written to a pipe must still arrive.
run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const misuse = misuseIn(error);
    if (misuse !== null) {
      writeWords(process.stderr, `cgi-workbench: ${misuse}\n`);
      process.exitCode = 2;
    } else if (error instanceof ProblemError) {
      const { problem } = error;
      writeWords(process.stderr, `cgi-workbench: ${problemText(problem)}\n`);
      process.exitCode = /^(?:not-found$|not-a-folder$|folder-|variation-)/.test(problem.code) ? 2 : 1;
    } else {
      // V8 would print the line of the built file where it happened, which has thousands of characters.
      writeWords(process.stderr, `cgi-workbench: This is a bug in CGI Workbench: ${errorText(error)}\n`);
      process.exitCode = 1;
    }
  },
);

/** What is wrong with the call; null: the error is another one. */
function misuseIn(error: unknown): string | null {
  if (error instanceof UsageError) return error.message;
  const isParseError =
    error instanceof TypeError &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("ERR_PARSE_ARGS");
  if (!isParseError) return null;
  const [sentence = ""] = error.message.split(/\.\s/, 1); // of node:util's parseArgs; further ones are advice
  const help = first !== undefined && isVerb(first) ? `cgi-workbench ${first} --help` : "cgi-workbench --help";
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}; see ${help}`;
}
