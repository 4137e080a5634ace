// The folder's scripts and its newest traces, for clients that read resources.
import {
  type McpServer,
  type ReadResourceResult,
  ResourceTemplate,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { ProblemError } from "../../base/problem.js";
import { dataRule } from "./answer.js";
import type { AssistantParts } from "./assistant-parts.js";
import { findTraces } from "./find-traces.js";
import { assistantMessage } from "./messages.js";
import { partNames, partsOf, summaryOf } from "./trace-views.js";

/** Of the list, the newest. */
const listedTraces = 20;

type Noted = <T>(context: ServerContext, what: string, about: string, work: () => Promise<T>) => Promise<T>;

export function addResources(mcp: McpServer, parts: AssistantParts, noted: Noted): void {
  const { workbench, traces } = parts;
  const add = (
    name: string,
    of: string,
    mimeType: string,
    list: (signal: AbortSignal) => Promise<readonly string[]>,
    read: (id: string) => Promise<string>,
  ): void => {
    const start = `cgi-workbench://${name}/`;
    const template = new ResourceTemplate(`${start}{+id}`, {
      list: (context) =>
        noted(context, "resources/list", name, async () => ({
          resources: (await list(context.mcpReq.signal)).map((id) => ({ uri: start + encodeURI(id), name: id })),
        })),
    });
    mcp.registerResource(name, template, { description: `${of} ${dataRule}`, mimeType }, ({ href }, { id }, context) =>
      noted(context, "resources/read", href, async (): Promise<ReadResourceResult> => {
        const text = await read(decodeURI(String(id)));
        return { contents: [{ uri: href, mimeType, text }] };
      }),
    );
  };
  const scripts = async (): Promise<readonly string[]> => {
    const { entries } = await workbench.folder.workspace().list();
    return entries.flatMap(({ path, kind, mode }) => (kind === "file" && mode !== null ? [path] : []));
  };
  add("script", "A script of the folder.", "text/plain", scripts, async (path) => {
    const isScript = (await scripts()).includes(path);
    const content = isScript ? await workbench.folder.workspace().read(path) : null;
    if (content?.kind === "text") return content.text;
    throw new ProblemError(assistantMessage("script-not-shown", { path }));
  });
  const newest = async (signal: AbortSignal): Promise<readonly string[]> =>
    (await findTraces(parts, "", listedTraces, signal)).slice(0, listedTraces).map(({ id }) => id);
  add("trace", "A recorded request.", "application/json", newest, async (id) => {
    const trace = await traces.get(id);
    return JSON.stringify({ ...summaryOf(trace), data: partsOf(trace, partNames, null) });
  });
}
