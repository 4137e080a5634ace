// The folder's scripts and its newest traces, for clients that read resources.
import { type McpServer, ResourceTemplate, type ServerContext } from "@modelcontextprotocol/server";
import { ProblemError } from "../../base/problem.js";
import { findTraces } from "./find-traces.js";
import { assistantMessage } from "./messages.js";
import { type AssistantParts, dataRule } from "./tool.js";
import { partNames, partsOf, summaryOf } from "./trace-views.js";

/** Of the list, the newest. */
const listedTraces = 20;

/** Notes what is asked for. @throws what `work` throws; ProblemError if the user refuses assistants */
export type Noted = <T>(context: ServerContext, what: string, about: string, work: () => Promise<T>) => Promise<T>;

export function addResources(mcp: McpServer, parts: AssistantParts, noted: Noted): void {
  const { workbench, traces } = parts;
  const add = (
    name: string,
    description: string,
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
    const config = { description: `${description} ${dataRule}`, mimeType };
    mcp.registerResource(name, template, config, ({ href }, { id }, context) =>
      noted(context, "resources/read", href, async () => ({
        contents: [{ uri: href, mimeType, text: await read(decodeURI(String(id))) }],
      })),
    );
  };
  const scripts = async (): Promise<readonly string[]> => {
    const { entries } = await workbench.folder.workspace().list();
    return entries.flatMap(({ path, kind, mode }) => (kind === "file" && mode !== null ? [path] : []));
  };
  add("script", "A script of the folder.", "text/plain", scripts, async (path) => {
    const content = (await scripts()).includes(path) ? await workbench.folder.workspace().read(path) : null;
    if (content?.kind === "text") return content.text;
    throw new ProblemError(assistantMessage("script-not-shown", { path }));
  });
  add(
    "trace",
    "A recorded request.",
    "application/json",
    async (signal) => (await findTraces(parts, "", listedTraces, signal)).found.map(({ id }) => id),
    async (id) => {
      const trace = await traces.get(id);
      return JSON.stringify({ ...summaryOf(trace), data: partsOf(trace, partNames) });
    },
  );
}
