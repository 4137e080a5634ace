// An MCP server for one connection: the folder's traces and requests, or its scripts as tools. It is the way to the
// library, which nothing else loads, and this only once an assistant has come.
import type { Readable, Writable } from "node:stream";
import {
  type CallToolResult,
  CLIENT_INFO_META_KEY,
  McpServer,
  type ServerContext,
  type StandardSchemaWithJSON,
} from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import { version } from "../../base/version.js";
import { dataRule, failure } from "./answer.js";
import type { AssistantParts, ToolList } from "./assistant-parts.js";
import { MaskedTraces } from "./masked-traces.js";
import { assistantMessage } from "./messages.js";
import { addResources } from "./resources.js";
import { addRunTools } from "./run-tools.js";
import { keepScriptTools } from "./script-tools.js";
import { addTraceTools } from "./trace-tools.js";

const instructions = `Shows what CGI scripts got and wrote, request by request. Begin with last_failure or list_traces, then explain. ${dataRule}`;
const identity = { name: "cgi-workbench", title: "CGI Workbench", version };
/** A client of the revision 2026-07-28 says with each call who it is. */
const envelope = z.object({ [CLIENT_INFO_META_KEY]: z.object({ name: z.string(), version: z.string() }) });

interface Connection {
  readonly input: Readable;
  readonly output: Writable;
  /** The folder's scripts are the tools. */
  readonly isTools: boolean;
}

/** Resolves when the client has gone. */
export function serveAssistant(workbench: Workbench, { input, output, isTools }: Connection): Promise<void> {
  const { root } = workbench.folder.workspace();
  const assistant = workbench.assistants.join();
  const parts = { workbench, traces: new MaskedTraces(workbench) };
  const leaving = new AbortController();
  const handle = serveStdio(() => serverOf({ parts, root, assistant, isTools, signal: leaving.signal }), {
    transport: new Wire(input, output, () => leaving.abort()),
  });
  return new Promise((resolve) => {
    const leave = (): void => {
      leaving.abort();
      assistant.leave();
      handle.close().then(resolve, resolve);
    };
    leaving.signal.addEventListener("abort", leave, { once: true });
    input.once("close", leave).once("end", leave);
    output.once("error", leave); // it went before it read
  });
}

/** The transport closes itself after a message that is too large, and would tell nobody. */
class Wire extends StdioServerTransport {
  readonly #onClosed: () => void;

  constructor(input: Readable, output: Writable, onClosed: () => void) {
    super(input, output);
    this.#onClosed = onClosed;
  }

  override async close(): Promise<void> {
    await super.close();
    this.#onClosed();
  }
}

interface Served {
  readonly parts: AssistantParts;
  /** The folder that the assistant came for. */
  readonly root: string;
  readonly assistant: ReturnType<Workbench["assistants"]["join"]>;
  readonly isTools: boolean;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

async function serverOf({ parts, root, assistant, isTools, signal }: Served): Promise<McpServer> {
  const { assistants, folder } = parts.workbench;
  const mcp = new McpServer(identity, isTools ? { capabilities: { tools: { listChanged: true } } } : { instructions });
  const clientOf = ({ mcpReq }: ServerContext): string | null => {
    const said = envelope.safeParse(mcpReq.envelope).data?.[CLIENT_INFO_META_KEY] ?? mcp.server.getClientVersion();
    return said ? `${said.name} ${said.version}` : null;
  };
  /** Notes what is asked for. @throws what `work` throws; ProblemError if the user refuses assistants */
  const noted = async <T>(context: ServerContext, what: string, about: string, work: () => Promise<T>): Promise<T> => {
    const answered = (code: string | null): void => assistant.asked(clientOf(context), what, about, code);
    try {
      if (assistants.isRefused) throw new ProblemError(assistantMessage("assistants-refused"));
      if (folder.current?.root !== root) throw new ProblemError(assistantMessage("folder-left", { folder: root }));
      const done = await work();
      answered(null);
      return done;
    } catch (error) {
      answered(error instanceof ProblemError ? error.problem.code : "bug");
      throw error;
    }
  };
  const answering = async (
    context: ServerContext,
    name: string,
    args: unknown,
    work: () => Promise<CallToolResult>,
  ): Promise<CallToolResult> => {
    try {
      return await noted(context, name, JSON.stringify(args), work);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { code, message, fix } = error.problem;
      return failure(code, fix === null ? message : `${message} ${fix}`);
    }
  };
  if (isTools) {
    await keepScriptTools(mcp, parts, root, answering, signal);
    return mcp;
  }
  const tools: ToolList = {
    add: (name, description, annotations, input, run) => {
      const inputSchema: StandardSchemaWithJSON = input;
      const config = { description: `${description} ${dataRule}`, annotations, inputSchema };
      mcp.registerTool(name, config, (args, context) =>
        answering(context, name, args, () => run(input.parse(args), context.mcpReq.signal)),
      );
    },
  };
  addTraceTools(tools, parts);
  addRunTools(tools, parts);
  addResources(mcp, parts, noted);
  return mcp;
}
