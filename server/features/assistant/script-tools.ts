// Scripts that describe themselves as tools: in NAME.tool.json beside the script, or in a comment that begins with
// “tool:” and goes on with the same JSON.
import { posix } from "node:path";
import { fromJsonSchema } from "@modelcontextprotocol/server";
import { parseTree } from "jsonc-parser";
import { z } from "zod";
import { errorText } from "../../base/error-text.js";
import { noteOf } from "../../base/log.js";
import { callScript, ways } from "./call-script.js";
import { assistantMessage } from "./messages.js";
import type { AssistantParts, Tool } from "./tool.js";

const toolName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const described = z.strictObject({
  /** The script's name is the default. */
  name: toolName.optional(),
  title: z.string().max(200).optional(),
  description: z.string().min(1).max(4000),
  inputSchema: z.looseObject({ type: z.literal("object") }).default({ type: "object" }),
  send: z.enum(ways).default("query"),
});

const suffix = ".tool.json";
const withoutExtension = (path: string): string => path.slice(0, path.length - posix.extname(path).length);
/** A comment of any language, up to the JSON in it. */
const opening = /^([^\w\r\n]{0,20})tool:\s*(?=\{)/m;
/** A description in a comment is no longer. */
const maxComment = 64 << 10;

/** None of a folder that is not trusted, or was left. `described`: what they were made from. */
export async function scriptTools({ workbench: { folder, log }, root, traces }: AssistantParts) {
  const workspace = folder.current;
  const found = new Map<string, Tool>();
  const sources: unknown[] = [];
  const { entries } = workspace?.root === root && workspace.isTrusted ? await workspace.list() : { entries: [] };
  const textOf = async (path: string): Promise<string> => {
    const content = await workspace?.read(path);
    return content?.kind === "text" ? content.text : "";
  };
  for (const { path, kind, mode, target } of entries) {
    if (kind !== "file" || mode === null || target === null) continue;
    const names = [path, withoutExtension(path)].map((name) => name + suffix);
    const file = names.find((name) => entries.some((entry) => entry.path === name));
    try {
      const json = file === undefined ? inComment(await textOf(path)) : await textOf(file);
      if (json === null) continue;
      const source = described.parse(JSON.parse(json));
      const { name = posix.basename(withoutExtension(path)).replace(/\W/g, "_"), title = name } = source;
      const { description, inputSchema, send } = source;
      const run: Tool["run"] = (args, signal) => callScript(traces, { target, send }, Object(args), signal);
      if (found.has(name)) continue;
      found.set(name, { name, title, description, isReadOnly: false, inputSchema: fromJsonSchema(inputSchema), run });
      sources.push(target, source);
    } catch (error) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : errorText(error);
      log.write(noteOf("warning", "workbench", assistantMessage("tool-mistaken", { path: file ?? path, why })));
    }
  }
  return { tools: [...found.values()], described: JSON.stringify(sources) };
}

/** The JSON without what begins the comment's lines; null: there is none. */
function inComment(text: string): string | null {
  const start = opening.exec(text);
  if (!start) return null;
  const [whole, before = ""] = start;
  const from = start.index + whole.length;
  const prefix = before.trim();
  const lines = text.slice(from, from + maxComment).split(/\r?\n/);
  const json = lines
    .map((line) => (line.trim().startsWith(prefix) ? line.trim().slice(prefix.length) : line))
    .join("\n");
  return json.slice(0, parseTree(json)?.length);
}
