#!/usr/bin/env node
// The command line: a second shell over the same core. stdout is for data, stderr for messages.
import { ProblemError } from "../base/problem.js";
import { writeWords } from "../base/terminal-text.js";
import { version } from "../base/version.js";
import { UsageError, usage } from "./usage.js";

/** Resolves with the exit code. */
async function run([verb, ...rest]: readonly string[]): Promise<number> {
  switch (verb) {
    case "--version":
    case "-v":
      process.stdout.write(`${version}\n`);
      return 0;
    case "--help":
    case "-h":
    case "help":
      process.stdout.write(usage.general);
      return 0;
    case "serve":
      return (await import("./serve.js")).serve(rest);
    case "link":
      return (await import("./link.js")).link(rest);
    case "untrust":
      return (await import("./untrust.js")).untrust(rest);
    case "request":
      return (await import("./request.js")).request(rest);
    case "test":
      return (await import("./test.js")).test(rest);
    case "traces":
      return (await import("./traces.js")).traces(rest);
    case "trace":
      return (await import("./trace.js")).trace(rest);
    case "capsule":
      return (await import("./capsule.js")).capsule(rest);
    case "import":
      return (await import("./import.js")).importFile(rest);
    case "replay":
      return (await import("./replay.js")).replay(rest);
    case "fcgi":
      return (await import("./fcgi.js")).fcgi(rest);
    case "doctor":
      return (await import("./doctor.js")).doctor(rest);
    case "probe":
      return (await import("./probe.js")).probe(rest);
    case "bench":
      return (await import("./bench.js")).bench(rest);
    case "startup":
      return (await import("./startup.js")).startup(rest);
    case "leaks":
      return (await import("./leaks.js")).leaks(rest);
    case "agent":
      return (await import("./agent.js")).agent(rest);
    case "wrap":
      return (await import("./wrap.js")).wrap(rest);
    case "open":
      return (await import("./open.js")).open(rest);
    default:
      if (verb?.startsWith("-")) throw new UsageError(`unknown option ${verb}`);
      return (await import("./open.js")).open(verb === undefined ? [] : [verb, ...rest]);
  }
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    // no process reads it any more (`| head`): the work is done all the same
    if (!("code" in error && error.code === "EPIPE")) throw error;
  });
}

// Sets the exit code instead of calling exit: what was written to a pipe must still arrive.
run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof UsageError || isParseError(error)) {
      writeWords(process.stderr, `cgi-workbench: ${error.message}\n`);
      process.exitCode = 2;
    } else if (error instanceof ProblemError) {
      writeWords(
        process.stderr,
        `cgi-workbench: ${error.problem.message}${error.problem.fix ? ` ${error.problem.fix}` : ""}\n`,
      );
      process.exitCode =
        error.problem.code === "not-found" ||
        error.problem.code.startsWith("folder-") ||
        error.problem.code === "not-a-folder"
          ? 2
          : 1;
    } else throw error;
  },
);

/** An error of node:util's parseArgs: an unknown option or a missing value. */
function isParseError(error: unknown): error is Error {
  return (
    error instanceof TypeError &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("ERR_PARSE_ARGS")
  );
}
