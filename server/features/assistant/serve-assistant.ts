// An MCP server for one connection: the folder's traces and requests, or its scripts as tools. It is the way to the
// library, which nothing else loads, and this only once an assistant has come.
import type { Readable, Writable } from "node:stream";
import { CLIENT_INFO_META_KEY, McpServer, ResourceTemplate, type ServerContext } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";
import { appMessage } from "../../app/messages.js";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import { version } from "../../base/version.js";
import { dataRule, failure, summaryOf, withSlices } from "./answers.js";
import { maskedTraces } from "./masked-traces.js";
import { assistantMessage } from "./messages.js";
import { keepScriptTools, type Register } from "./script-tools.js";
import { type AssistantParts, toolsOf } from "./tools.js";

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
  const parts = { workbench, root, traces: maskedTraces(workbench, root), signal: leaving.signal };
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
/** @throws what `work` throws; ProblemError if the user refuses assistants */
type Noted = <T>(context: ServerContext, what: string, work: () => Promise<T>) => Promise<T>;

async function serverOf(parts: AssistantParts, asked: Asked, isTools: boolean): Promise<McpServer> {
  const { assistants, folder } = parts.workbench;
  const mcp = new McpServer(identity, isTools ? { capabilities: { tools: { listChanged: true } } } : { instructions });
  /** `since`: it was open then, and is not open again since. */
  const check = (since = folder.current): void => {
    if (assistants.isRefused) throw new ProblemError(assistantMessage("assistants-refused"));
    if (folder.current?.root !== parts.root || folder.current !== since)
      throw new ProblemError(appMessage("folder-left", { root: parts.root }));
  };
  const noted: Noted = async ({ mcpReq }, what, work) => {
    const said = envelope.safeParse(mcpReq.envelope).data?.[CLIENT_INFO_META_KEY] ?? mcp.server.getClientVersion();
    let code: string | null = null;
    try {
      check();
      const workspace = folder.current;
      return await work().finally(() => check(workspace)); // by now it may be about another folder
    } catch (error) {
      code = error instanceof ProblemError ? error.problem.code : mcpReq.signal.aborted ? "cancelled" : "bug";
      throw error;
    } finally {
      asked(said ? `${said.name} ${said.version}` : null, what, code);
    }
  };
  /** A script may do anything, with anyone. */
  const registers = (isReadOnly: boolean): Register => {
    const annotations = { readOnlyHint: isReadOnly, destructiveHint: !isReadOnly, openWorldHint: !isReadOnly };
    return ([name, { run, ...config }]) =>
      mcp.registerTool(name, { ...config, annotations }, async (args: unknown, context: ServerContext) => {
        try {
          return await noted(context, `${name} ${JSON.stringify(args)}`, async () => {
            if (isReadOnly || folder.workspace().isTrusted) return run(args, context.mcpReq.signal);
            throw new ProblemError(assistantMessage("folder-not-trusted", { folder: parts.root }));
          });
        } catch (error) {
          if (error instanceof ProblemError) return failure(error.problem);
          throw error;
        }
      });
  };
  if (isTools) await keepScriptTools(parts, registers(false));
  else {
    const { reading, running } = toolsOf(parts);
    Object.entries(reading).forEach(registers(true));
    Object.entries(running).forEach(registers(false));
    addResources(mcp, parts, noted);
  }
  return mcp;
}

/** The folder's scripts and its newest traces, for clients that read resources. */
function addResources(mcp: McpServer, { workbench, traces }: AssistantParts, noted: Noted): void {
  const scripts = async (): Promise<readonly string[]> => {
    const { entries } = await workbench.folder.workspace().list();
    return entries.flatMap(({ path, kind, mode }) => (kind === "file" && mode !== null ? [path] : []));
  };
  const kinds = {
    script: {
      config: { description: `A script of the folder. ${dataRule}`, mimeType: "text/plain" },
      list: scripts,
      read: async (path: string) => {
        const content = (await scripts()).includes(path) ? await workbench.folder.workspace().read(path) : null;
        if (content?.kind === "text") return content.text;
        throw new ProblemError(assistantMessage("script-not-shown", { path }));
      },
    },
    trace: {
      config: { description: `A recorded request; the newest are listed. ${dataRule}`, mimeType: "application/json" },
      list: async (signal: AbortSignal) => (await traces.find("", 20, signal)).found.map(({ id }) => id),
      read: async (id: string) => {
        const trace = await traces.get(id);
        return JSON.stringify({ ...summaryOf(trace), data: withSlices(trace) });
      },
    },
  };
  for (const [name, { config, list, read }] of Object.entries(kinds)) {
    const start = `cgi-workbench://${name}/`;
    const template = new ResourceTemplate(`${start}{+id}`, {
      list: (context) =>
        noted(context, `resources/list ${name}`, async () => ({
          resources: (await list(context.mcpReq.signal)).map((id) => ({ uri: start + encodeURI(id), name: id })),
        })),
    });
    mcp.registerResource(name, template, config, ({ href }, { id }, context) =>
      noted(context, `resources/read ${href}`, async () => ({
        contents: [{ uri: href, mimeType: config.mimeType, text: await read(decodeURI(String(id))) }],
      })),
    );
  }
}
