// Begins a lesson of one's own: a small one that is right and waits for other words, or one made from a trace, whose
// script is the solution and whose response is the check.
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { stringify } from "yaml";
import { lessonsFolder } from "../base/built-files.js";
import { ProblemError } from "../base/problem.js";
import type { BytesText } from "../contract/bytes-text.js";
import type { LanguageId } from "../contract/samples-contract.js";
import type { TraceJson } from "../contract/trace.js";
import { languages } from "../samples/languages.js";
import { fileProblem } from "../workspace/files/file-problem.js";
import { readTree, type TreeFile, writeTree } from "./format/file-tree.js";
import { unfilled } from "./format/fill.js";
import { lessonProblem } from "./messages.js";

/** Absolute path of the lesson that a new one begins as. */
const template = (): string => join(lessonsFolder(), "new-lesson");

/** `folder`: absolute; it must not exist, or be empty. @throws ProblemError */
export async function newLesson(folder: string, from: TraceJson | null): Promise<void> {
  const files = await readTree(template());
  if ((await readTree(folder)).length > 0) throw new ProblemError(lessonProblem("lesson-not-empty", { path: folder }));
  const all = from === null ? files : [textWith(files, partsOf(from)), ...(await madeFrom(from))];
  try {
    await writeTree(folder, all);
  } catch (error) {
    throw fileProblem(error, folder);
  }
}

interface Parts {
  readonly code: LanguageId;
  /** The script's path in the lesson. */
  readonly script: string;
  readonly file: string;
  readonly request: Record<string, unknown>;
}

function partsOf(trace: TraceJson): Parts {
  const { request, route, seq, response } = trace;
  const file = textOf(route.file ?? "");
  const code = languages.find(({ extension }) => extension === extname(file ?? ""))?.id;
  const target = textOf(request.target);
  const scriptName = textOf(route.scriptName);
  if (file === null || code === undefined || target === null || scriptName === null || response === null)
    throw new ProblemError(lessonProblem("trace-without-script", { seq }));
  const body = Buffer.from(request.body.base64, "base64");
  const type = request.headers.find(([name]) => textOf(name)?.toLowerCase() === "content-type")?.[1];
  const method = textOf(request.method) ?? "GET";
  return {
    code,
    file,
    script: `cgi-bin/${basename(file)}`,
    request: {
      target: `/{script}${target.startsWith(scriptName) ? target.slice(scriptName.length) : ""}`,
      ...(method === (body.length > 0 ? "POST" : "GET") ? {} : { method }),
      ...(body.length === 0
        ? {}
        : { text: body.toString(), ...(type === undefined ? {} : { type: textOf(type) ?? "" }) }),
    },
  };
}

async function madeFrom(trace: TraceJson): Promise<readonly TreeFile[]> {
  const { code, file, script, request } = partsOf(trace);
  const solution = await readFile(file).catch((error: unknown) => {
    throw fileProblem(error, file);
  });
  const [first = ""] = solution.toString("latin1").split("\n", 1);
  const start = Buffer.from(first.startsWith("#!") ? `${first}\n` : "", "latin1");
  const check = {
    schema: 1,
    checks: [{ id: "response", say: "The page is as it was.", request, expect: expected(trace) }],
  };
  return [
    { path: "check.yaml", bytes: Buffer.from(stringify(check)) },
    { path: `start/${code}/${script}`, bytes: start },
    { path: `solution/${code}/${script}`, bytes: solution },
  ];
}

function expected({ response }: TraceJson) {
  const bytes = Buffer.from(response?.body.base64 ?? "", "base64");
  const text = bytes.toString();
  const isText = Buffer.from(text).equals(bytes) && unfilled(text, new Set()).length === 0;
  const type = response?.headers.find(([name]) => textOf(name)?.toLowerCase() === "content-type")?.[1];
  return {
    status: response?.status,
    ...(type === undefined ? {} : { header: { "Content-Type": textOf(type) } }),
    body: isText ? { is: text } : { bytes: bytes.length },
  };
}

/** The text of the template, about that script. */
function textWith(files: readonly TreeFile[], { code, script, request }: Parts): TreeFile {
  const text = Buffer.from(files.find(({ path }) => path === "lesson.md")?.bytes ?? []).toString();
  const keys = { code: `[${code}]`, open: script, request: JSON.stringify({ target: request["target"] }) };
  return {
    path: "lesson.md",
    bytes: Buffer.from(
      Object.entries(keys).reduce(
        (all, [key, value]) => all.replace(new RegExp(`^${key}: .*$`, "m"), () => `${key}: ${value}`),
        text,
      ),
    ),
  };
}

/** Null for bytes that are no text. */
const textOf = (value: BytesText): string | null => (typeof value === "string" ? value : null);
