// Scripts that describe themselves as tools: in NAME.tool.json beside the script, or in a comment that begins with
// “tool:” and goes on with the same JSON. The input becomes a request, the response what its Content-Type says.
import { posix } from "node:path";
import { type CallToolResult, fromJsonSchema, type RegisteredTool } from "@modelcontextprotocol/server";
import { parseTree } from "jsonc-parser";
import { z } from "zod";
import { errorText } from "../../base/error-text.js";
import { jsonOf } from "../../base/json-of.js";
import { type Log, noteOf } from "../../base/log.js";
import { ProblemError } from "../../base/problem.js";
import { SerialQueue } from "../../base/serial-queue.js";
import type { Workspace } from "../../workspace/workspace.js";
import { failure } from "./answers.js";
import type { MaskedTraces } from "./masked-traces.js";
import { assistantMessage } from "./messages.js";
import type { AssistantParts, Tool } from "./tools.js";

const toolName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const described = z.strictObject({
  /** The script's name is the default. */
  name: toolName.optional(),
  title: z.string().max(200).optional(),
  description: z.string().min(1).max(4000),
  inputSchema: z.looseObject({ type: z.literal("object") }).default({ type: "object" }),
  /** How the script gets the input. */
  send: z.enum(["query", "form", "json"]).default("query"),
});

const suffix = ".tool.json";
const withoutExtension = (path: string): string => path.slice(0, path.length - posix.extname(path).length);
/** A comment of any language, up to the JSON in it. */
const opening = /^[^\w\r\n]{0,20}tool:\s*(?=\{)/m;
/** A description in a comment is no longer. */
const maxComment = 64 << 10;
/** So much of an error's page is passed on. */
const maxPageBytes = 16 << 10;

export type Register = (named: readonly [name: string, tool: Tool]) => RegisteredTool;

/** The folder's scripts as tools, now and after each change; none while assistants are refused. */
export async function keepScriptTools(parts: AssistantParts, register: Register): Promise<void> {
  const { states, assistants, folder, log } = parts.workbench;
  let shown = "";
  let registered: RegisteredTool[] = [];
  const refresh = async (): Promise<void> => {
    const isShown = folder.current?.root === parts.root && folder.current.isTrusted && !assistants.isRefused;
    const { tools, sources } = isShown ? await toolsIn(folder.current, parts.traces, log) : { tools: [], sources: "" };
    if (parts.signal.aborted || sources === shown) return;
    shown = sources;
    for (const one of registered) one.remove();
    registered = tools.map(register);
  };
  const failed = (error: unknown): void => log.fault("The folder's tools could not be read again.", error);
  const refreshes = new SerialQueue();
  await refresh();
  states.follow(() => void refreshes.run(refresh).catch(failed), parts.signal).catch(failed);
}

/** `sources`: what they were made from. */
async function toolsIn(workspace: Workspace, traces: MaskedTraces, log: Log) {
  const found = new Map<string, Tool>();
  const sources: unknown[] = [];
  const { entries } = await workspace.list();
  for (const { path, kind, mode, target } of entries) {
    if (kind !== "file" || mode === null || target === null) continue;
    const names = [path + suffix, withoutExtension(path) + suffix];
    const file = names.find((name) => entries.some((entry) => entry.path === name)) ?? path;
    try {
      const content = await workspace.read(file);
      const text = content.kind === "text" ? content.text : "";
      const json = file === path ? inComment(text) : text;
      if (json === null) continue;
      const source = described.parse(JSON.parse(json));
      const { name = posix.basename(withoutExtension(path)).replace(/\W/g, "_"), title = name } = source;
      const { description, inputSchema, send } = source;
      const run: Tool["run"] = (args, signal) => callScript(traces, { target, send }, Object(args), signal);
      if (found.has(name)) continue;
      found.set(name, { title, description, inputSchema: fromJsonSchema(inputSchema), run });
      sources.push(target, source);
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : errorText(error);
      log.write(noteOf("warning", "workbench", assistantMessage("tool-mistaken", { path: file, why })));
    }
  }
  return { tools: [...found], sources: JSON.stringify(sources) };
}

/** The JSON without the signs of a comment at the start of each line. Null: the script has no such comment. */
function inComment(text: string): string | null {
  const start = opening.exec(text);
  if (!start) return null;
  const from = start.index + start[0].length;
  const json = text.slice(from, from + maxComment).replace(/^(?:[^\w"{}[\],:-]|--)+/gm, "");
  return json.slice(0, parseTree(json)?.length);
}

async function callScript(
  traces: MaskedTraces,
  { target, send }: { readonly target: string; readonly send: z.infer<typeof described>["send"] },
  args: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<CallToolResult> {
  const pairs = Object.entries(args).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, typeof one === "string" ? one : JSON.stringify(one)]),
  );
  const fields = new URLSearchParams(pairs).toString();
  const posted = (type: string, body: string) => ({ target, headers: { "Content-Type": type }, body });
  const request = {
    query: { target: fields === "" ? target : `${target}?${fields}` },
    form: posted("application/x-www-form-urlencoded", fields),
    json: posted("application/json", JSON.stringify(args)),
  }[send];
  const { id, response } = await traces.ofRequest(request, signal);
  const bytes = Buffer.from(response?.body.base64 ?? "", "base64");
  const [, contentType = ""] = response?.headers.find(([name]) => /^content-type$/i.test(String(name))) ?? [];
  const mimeType = String(contentType).split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (response === null || response.status >= 400) {
    const page = bytes.toString("utf8", 0, maxPageBytes);
    const why = new ProblemError(assistantMessage("tool-failed", { status: response?.status ?? null, trace: id }));
    return failure(why.problem, mimeType === "text/html" ? withoutTags(page) : page);
  }
  const { bytes: size } = response.body;
  if (bytes.length < size) throw new ProblemError(assistantMessage("tool-answer-large", { bytes: size }));
  return { ...contentOf(bytes, mimeType, id), _meta: { "cgi-workbench/trace": id } };
}

function contentOf(bytes: Buffer, mimeType: string, id: string): CallToolResult {
  const text = bytes.toString();
  const data = bytes.toString("base64");
  const [kind] = mimeType.split("/", 1);
  const isJson = /^application\/(?:.*\+)?json$/.test(mimeType);
  if (kind === "image" || kind === "audio") return { content: [{ type: kind, data, mimeType }] };
  if (kind !== "text" && !isJson)
    return { content: [{ type: "resource", resource: { uri: `cgi-workbench://trace/${id}`, mimeType, blob: data } }] };
  // An object is the structured content; anything else has a text alone.
  const { data: structuredContent } = z.record(z.string(), z.unknown()).safeParse(isJson ? jsonOf(text) : null);
  return { content: [{ type: "text", text }], ...(structuredContent && { structuredContent }) };
}

const withoutTags = (page: string): string =>
  page.replace(/(?:<(script|style|head)\b[\s\S]*?<\/\1>|<[^>]*>|\s)+/gi, " ").trim();
