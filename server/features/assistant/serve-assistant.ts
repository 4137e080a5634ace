// An MCP server for one connection: the folder's traces and requests, or its scripts as tools. It is the way to the
// library, which nothing else loads, and this only once an assistant has come.
import type { Readable, Writable } from "node:stream";
import { CLIENT_INFO_META_KEY, McpServer, type RegisteredTool, type ServerContext } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import { SerialQueue } from "../../base/serial-queue.js";
import { version } from "../../base/version.js";
import { maskedTraces } from "./masked-traces.js";
import { assistantMessage } from "./messages.js";
import { addResources, type Noted } from "./resources.js";
import { runTools } from "./run-tools.js";
import { scriptTools } from "./script-tools.js";
import { type AssistantParts, dataRule, failure, type Tool } from "./tool.js";
import { traceTools } from "./trace-tools.js";

const instructions = `Shows what CGI scripts got and wrote, request by request. Begin with last_failure or list_traces, then explain. ${dataRule}`;
const identity = { name: "cgi-workbench", title: "CGI Workbench", version };
/** A client of the revision 2026-07-28 says with each call who it is. */
const envelope = z.object({ [CLIENT_INFO_META_KEY]: z.object({ name: z.string(), version: z.string() }) });

/** Resolves when the client has gone. `isTools`: the folder's scripts are the tools. */
export function serveAssistant(
  workbench: Workbench,
  isTools: boolean,
  input: Readable,
  output: Writable,
): Promise<void> {
  const { root } = workbench.folder.workspace();
  const leaving = new AbortController();
  const asked = workbench.assistants.join(leaving.signal);
  const parts = { workbench, root, traces: maskedTraces(workbench), signal: leaving.signal };
  const transport = new StdioServerTransport(input, output);
  const handle = serveStdio(() => serverOf(parts, asked, isTools), { transport });
  const { onclose } = transport;
  return new Promise((resolve) => {
    transport.onclose = () => {
      onclose?.();
      leaving.abort();
      handle.close().then(resolve, resolve);
    };
  });
}

type Asked = ReturnType<Workbench["assistants"]["join"]>;

async function serverOf(parts: AssistantParts, asked: Asked, isTools: boolean): Promise<McpServer> {
  const { assistants, folder } = parts.workbench;
  const mcp = new McpServer(identity, isTools ? { capabilities: { tools: { listChanged: true } } } : { instructions });
  const noted: Noted = async ({ mcpReq }, what, about, work) => {
    const said = envelope.safeParse(mcpReq.envelope).data?.[CLIENT_INFO_META_KEY] ?? mcp.server.getClientVersion();
    const answered = (code: string | null): void =>
      asked(said ? `${said.name} ${said.version}` : null, what, about, code);
    try {
      if (assistants.isRefused) throw new ProblemError(assistantMessage("assistants-refused"));
      if (folder.current?.root !== parts.root)
        throw new ProblemError(assistantMessage("folder-left", { folder: parts.root }));
      const done = await work();
      answered(null);
      return done;
    } catch (error) {
      answered(error instanceof ProblemError ? error.problem.code : "bug");
      throw error;
    }
  };
  const register = ({ name, isReadOnly, run, ...config }: Tool): RegisteredTool => {
    const annotations = { readOnlyHint: isReadOnly, destructiveHint: !isReadOnly, openWorldHint: !isReadOnly };
    return mcp.registerTool(name, { ...config, annotations }, async (args: unknown, context: ServerContext) => {
      try {
        return await noted(context, name, JSON.stringify(args), async () => {
          if (isReadOnly || folder.workspace().isTrusted) return run(args, context.mcpReq.signal);
          throw new ProblemError(assistantMessage("folder-not-trusted", { folder: parts.root }));
        });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const { code, message, fix } = error.problem;
        return failure(code, fix === null ? message : `${message} ${fix}`);
      }
    });
  };
  if (isTools) await keepScriptTools(parts, register);
  else {
    [...traceTools(parts), ...runTools(parts)].forEach(register);
    addResources(mcp, parts, noted);
  }
  return mcp;
}

/**
 * The folder's scripts as tools, none while assistants are refused; now and after each change, until the client left.
 */
async function keepScriptTools(parts: AssistantParts, register: (tool: Tool) => RegisteredTool): Promise<void> {
  const { states, assistants, log } = parts.workbench;
  const refreshes = new SerialQueue();
  let shown = "";
  let wasRefused = false;
  let registered: RegisteredTool[] = [];
  const refresh = async (): Promise<void> => {
    wasRefused = assistants.isRefused;
    const { tools, described } = wasRefused ? { tools: [], described: "" } : await scriptTools(parts);
    if (parts.signal.aborted || described === shown) return;
    shown = described;
    for (const one of registered) one.remove();
    registered = tools.map(register);
  };
  const told = (error: unknown): void => {
    if (!parts.signal.aborted) log.fault("The folder's tools could not be read again.", error);
  };
  const refreshed = (): Promise<void> => refreshes.run(refresh).catch(told);
  const followFolder = async (): Promise<never> => {
    for (let since = -1; ; await refreshed()) since = (await states.next(since, parts.signal)).rev;
  };
  const followRefusal = async (): Promise<never> => {
    for (let since = -1; ; ) {
      since = (await assistants.states.next(since, parts.signal)).rev;
      if (assistants.isRefused !== wasRefused) await refreshed();
    }
  };
  await refresh();
  followFolder().catch(told);
  followRefusal().catch(told);
}
