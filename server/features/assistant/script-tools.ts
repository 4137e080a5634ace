// Calls of scripts as tools: the input becomes a request, the response what its Content-Type says.
import {
  type CallToolResult,
  fromJsonSchema,
  type McpServer,
  type RegisteredTool,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { errorText } from "../../base/error-text.js";
import { noteOf } from "../../base/log.js";
import { ProblemError } from "../../base/problem.js";
import { SerialQueue } from "../../base/serial-queue.js";
import { utf8 } from "../../protocol/byte-string.js";
import { failure } from "./answer.js";
import { type AssistantParts, runsScripts, trustedFolder } from "./assistant-parts.js";
import { assistantMessage } from "./messages.js";
import { type ScriptTool, scriptTools } from "./tool-descriptions.js";

/** So much of an error's page is passed on. */
const maxPageBytes = 16 << 10;

/** Calls `work`, noted; a ProblemError becomes the answer. */
type Answering = (
  context: ServerContext,
  name: string,
  args: unknown,
  work: () => Promise<CallToolResult>,
) => Promise<CallToolResult>;

/** The folder's tools, now and after each change, until the signal aborts. */
export async function keepScriptTools(
  mcp: McpServer,
  parts: AssistantParts,
  root: string,
  answering: Answering,
  signal: AbortSignal,
): Promise<void> {
  let shown: string = "";
  let registered: RegisteredTool[] = [];
  const refresh = async (): Promise<void> => {
    // Another folder's tools are none of this assistant's.
    const { folder, assistants } = parts.workbench;
    const tools = folder.current?.root === root && !assistants.isRefused ? await scriptTools(parts) : [];
    if (signal.aborted || JSON.stringify(tools) === shown) return;
    shown = JSON.stringify(tools);
    for (const one of registered) one.remove();
    registered = tools.flatMap((tool) => registeredAs(mcp, parts, tool, answering) ?? []);
  };
  await refresh();
  const turns = new SerialQueue();
  const { log, states, assistants } = parts.workbench;
  const again = (): void => {
    turns.run(refresh).catch((error: unknown) => log.fault("The folder's tools could not be read.", error));
  };
  for (const feed of [states, assistants.states])
    feed
      .follow(again, signal)
      .catch((error: unknown) => log.fault("The folder's tools are not kept up to date.", error));
}

/** Null: its schema is none. */
function registeredAs(
  mcp: McpServer,
  parts: AssistantParts,
  tool: ScriptTool,
  answering: Answering,
): RegisteredTool | null {
  const { name, description, title, inputSchema } = tool;
  try {
    const config = {
      description,
      annotations: runsScripts,
      inputSchema: fromJsonSchema(inputSchema),
      ...(title && { title }),
    };
    return mcp.registerTool(name, config, (args, context) =>
      answering(context, name, args, () => callScript(parts, tool, Object(args), context.mcpReq.signal)),
    );
  } catch (error) {
    const message = assistantMessage("tool-mistaken", { path: tool.target, why: errorText(error) });
    parts.workbench.log.write(noteOf("warning", "workbench", message));
    return null;
  }
}

/** @throws ProblemError */
async function callScript(
  { workbench, traces }: AssistantParts,
  { target, send }: ScriptTool,
  args: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<CallToolResult> {
  trustedFolder(workbench);
  const fields = new URLSearchParams(
    Object.entries(args).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => [
        name,
        typeof one === "string" ? one : JSON.stringify(one),
      ]),
    ),
  ).toString();
  const type = send === "json" ? "application/json" : "application/x-www-form-urlencoded";
  const text = send === "json" ? JSON.stringify(args) : fields;
  const request =
    send === "query"
      ? { method: utf8("GET"), target: utf8(fields === "" ? target : `${target}?${fields}`), headers: [], body: null }
      : {
          method: utf8("POST"),
          target: utf8(target),
          headers: [[utf8("Content-Type"), utf8(type)] as const],
          body: { bytes: Buffer.from(text) },
        };
  const { id } = await workbench.sender.deliver(request, { from: "assistant" }, { signal });
  signal.throwIfAborted();
  const { response } = await traces.get(id);
  const failed = (status: number | null, page = ""): CallToolResult => {
    const { code, text } = assistantMessage("tool-failed", { status, trace: id });
    return failure(code, text, page);
  };
  if (response === null) return failed(null);
  const { body, status, headers } = response;
  if (body.captured < body.bytes) throw new ProblemError(assistantMessage("tool-answer-large", { bytes: body.bytes }));
  const bytes = Buffer.from(body.base64, "base64");
  const [, contentType = ""] = headers.find(([name]) => String(name).toLowerCase() === "content-type") ?? [];
  const mimeType = String(contentType).split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (status >= 400) {
    const page = bytes.toString("utf8", 0, maxPageBytes);
    return failed(status, mimeType === "text/html" ? withoutTags(page) : page);
  }
  return { ...contentOf(bytes, mimeType, id), _meta: { "cgi-workbench/trace": id } };
}

function contentOf(bytes: Buffer, mimeType: string, id: string): CallToolResult {
  const data = bytes.toString("base64");
  if (/^application\/(?:.*\+)?json$/.test(mimeType)) {
    const text = bytes.toString();
    return { content: [{ type: "text", text }], ...structured(text) };
  }
  if (mimeType.startsWith("image/")) return { content: [{ type: "image", data, mimeType }] };
  if (mimeType.startsWith("audio/")) return { content: [{ type: "audio", data, mimeType }] };
  if (mimeType.startsWith("text/")) return { content: [{ type: "text", text: bytes.toString() }] };
  return { content: [{ type: "resource", resource: { uri: `cgi-workbench://trace/${id}`, mimeType, blob: data } }] };
}

/** An object is the structured content; anything else has a text alone. */
function structured(text: string): Pick<CallToolResult, "structuredContent"> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { structuredContent: { ...value } }
      : {};
  } catch {
    return {}; // the script says JSON, and writes something else
  }
}

const withoutTags = (page: string): string =>
  page
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1>|<[^>]*>/gi, " ")
    .replace(/\s+/g, " ")
    .trim();
