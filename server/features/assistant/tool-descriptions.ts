// Scripts that describe themselves as tools: in NAME.tool.json beside the script, or in a comment that begins with
// “tool:” and goes on with the same JSON.
import { posix } from "node:path";
import { z } from "zod";
import { noteOf } from "../../base/log.js";
import type { FileEntry } from "../../contract/workspace.js";
import type { AssistantParts } from "./assistant-parts.js";
import { assistantMessage } from "./messages.js";

const described = z.strictObject({
  /** The script's name is the default. */
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  title: z.string().max(200).optional(),
  description: z.string().min(1).max(4000),
  inputSchema: z.looseObject({ type: z.literal("object") }).default({ type: "object" }),
  /** How the script gets the input: in the query, as a form, or as JSON. */
  send: z.enum(["query", "form", "json"]).default("query"),
});
export type ScriptTool = Omit<z.infer<typeof described>, "name"> & { readonly name: string; readonly target: string };

const suffix = ".tool.json";
const withoutExtension = (path: string): string => path.slice(0, path.length - posix.extname(path).length);
/** A comment of any language, up to the JSON in it. */
const opening = /^([^\w\r\n]{0,20})tool:\s*(?=\{)/m;
/** A description in a comment is no longer. */
const maxComment = 64 << 10;

/** Of a trusted folder; none of another one. The log says which descriptions are wrong. */
export async function scriptTools({ workbench }: AssistantParts): Promise<readonly ScriptTool[]> {
  const workspace = workbench.folder.current;
  if (!workspace?.isTrusted) return [];
  const { entries } = await workspace.list();
  const beside = new Set(entries.flatMap(({ path }) => (path.endsWith(suffix) ? [path] : [])));
  const textOf = async (path: string): Promise<string> => {
    const content = await workspace.read(path);
    return content.kind === "text" ? content.text : "";
  };
  const found = new Map<string, ScriptTool>();
  for (const { path, mode, target } of entries.filter(isScript)) {
    if (mode === null || target === null) continue;
    const file = [path, withoutExtension(path)].map((name) => name + suffix).find((name) => beside.has(name));
    const json = file === undefined ? inComment(await textOf(path)) : await textOf(file);
    if (json === null) continue;
    try {
      const { name = posix.basename(withoutExtension(path)).replace(/\W/g, "_"), ...tool } = described.parse(
        JSON.parse(json),
      );
      if (!found.has(name)) found.set(name, { ...tool, name, target });
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      const why = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
      const message = assistantMessage("tool-mistaken", { path: file ?? path, why });
      workbench.log.write(noteOf("warning", "workbench", message));
    }
  }
  return [...found.values()];
}

const isScript = ({ kind, mode }: FileEntry): boolean => kind === "file" && mode !== null;

/** Null: there is none. */
function inComment(text: string): string | null {
  const start = opening.exec(text);
  if (!start) return null;
  const [whole, before = ""] = start;
  const lines = text
    .slice(start.index + whole.length)
    .slice(0, maxComment)
    .split(/\r?\n/);
  const prefix = before.trim();
  let json = "";
  for (const line of lines) {
    json += `${json === "" || !line.trim().startsWith(prefix) ? line : line.trim().slice(prefix.length)}\n`;
    if (line.trim().endsWith("}") && z.json().safeParse(parsed(json)).success) return json;
  }
  return lines[0] ?? "";
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // it goes on
  }
}
