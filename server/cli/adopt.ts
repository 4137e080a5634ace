// `cgi-workbench adopt`: makes a configuration of another server's, and reports what became of each of its lines.
import { dirname, relative, resolve } from "node:path";
import { z } from "zod";
import { adopt } from "../adopt/adopt.js";
import { adoptProblem } from "../adopt/messages.js";
import { ownFolderLeftOut } from "../adopt/own-folder.js";
import { exists } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { AdoptReport } from "../contract/adopt-contract.js";
import { wordsOf } from "../contract/message.js";
import { parsed } from "./config-option.js";
import { writeOutput } from "./output-file.js";
import { UsageError } from "./usage/usage.js";

export async function adoptConfiguration(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    out: { type: "string" },
    host: { type: "string" },
    include: { type: "string", multiple: true, default: [] },
    json: { type: "boolean" },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError("adopt takes one file or one folder");
  const { host = null, include, out } = values;
  if (out !== undefined && (await exists(out)))
    throw new ProblemError(adoptProblem("adopt-output-exists", { path: resolve(out) }));
  const report = await adopt(resolve(path), { host, folders: include.map((folder) => resolve(folder)) });
  const folder = out === undefined ? null : dirname(resolve(out));
  const made = folder === null ? report.configuration : withoutOwn(report.configuration, folder);
  const text = `${JSON.stringify(made, null, 2)}\n`;
  if (values.json) process.stdout.write(jsonLine(report));
  else writeWords(out === undefined ? process.stderr : process.stdout, reportText(report));
  if (out !== undefined) return writeOutput(out, Buffer.from(text));
  if (!values.json) process.stdout.write(text);
  return 0;
}

function withoutOwn({ routes, ...rest }: AdoptReport["configuration"], folder: string): object {
  const own = z
    .array(z.looseObject({ path: z.string(), dir: z.string().optional() }))
    .catch([])
    .parse(routes);
  const kept = own.map((route) => ownFolderLeftOut(route, folder));
  return { ...rest, routes: kept.filter((route) => Object.keys(route).length > 1) };
}

/** One line a line, those of one directive and result together; then how many are of each kind. */
function reportText({ files, lines }: AdoptReport): string {
  const base = dirname(files[0] ?? "/");
  const shown: { readonly line: Line; last: number }[] = [];
  for (const line of lines) {
    const before = shown.at(-1);
    if (before?.line.file === line.file && keyOf(before.line) === keyOf(line)) before.last = line.line;
    else shown.push({ line, last: line.line });
  }
  const texts = shown.map(({ line: { file, line, text, result, message }, last }) => {
    const path = relative(base, file);
    const place = `${path.startsWith("..") ? file : path}:${line}${last === line ? "" : `-${last}`}`;
    return `${place}: ${result}: ${text}${message === null ? "" : `\n  ${wordsOf(message.text)}`}\n`;
  });
  const count = (result: string) => lines.filter((one) => one.result === result).length;
  const counts = `${count("understood")} understood, ${count("approximated")} approximated, ${count("left-out")} left out`;
  return `${texts.join("")}${counts}; files: ${files.length}\n`;
}

type Line = AdoptReport["lines"][number];
const keyOf = ({ text, result, message }: Line): string =>
  `${text.split(" ", 1)[0]} ${result} ${message === null ? text : `${message.code} ${JSON.stringify(message.data)}`}`;
