// An assistant's client of the built `cgi-workbench mcp`, over standard input and output.
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { commandProgram } from "./command-line.js";

/** Both revisions of the protocol. */
export const revisions = ["2025-11-25", "2026-07-28"] as const;
export type Revision = (typeof revisions)[number];

export interface Answered {
  readonly isError: boolean;
  /** Of the whole answer, as JSON. */
  readonly all: string;
  readonly texts: readonly string[];
  readonly structured: Record<string, unknown>;
}

export class Assistant implements AsyncDisposable {
  readonly client: Client;
  readonly #transport: StdioClientTransport;

  private constructor(client: Client, transport: StdioClientTransport) {
    this.client = client;
    this.#transport = transport;
  }

  /** Connected. `env`: beside this process's own. */
  static async connect(
    args: readonly string[],
    revision: Revision = "2026-07-28",
    { env = {}, name = "test" }: { readonly env?: Record<string, string>; readonly name?: string } = {},
  ): Promise<Assistant> {
    const mode = revision === "2025-11-25" ? "legacy" : ({ pin: revision } as const);
    const client = new Client({ name, version: "1" }, { versionNegotiation: { mode } });
    const own = Object.entries(process.env).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    );
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [commandProgram, "mcp", ...args],
      env: { ...Object.fromEntries(own), ...env },
      stderr: "inherit",
    });
    await client.connect(transport);
    return new Assistant(client, transport);
  }

  async call(name: string, args: Record<string, unknown> = {}, signal?: AbortSignal): Promise<Answered> {
    const result = await this.client.callTool({ name, arguments: args }, signal ? { signal } : {});
    const texts = result.content.flatMap((part) => (part.type === "text" ? [part.text] : []));
    const structured: Record<string, unknown> = Object.fromEntries(Object.entries(result.structuredContent ?? {}));
    return { isError: result.isError === true, all: JSON.stringify(result), texts, structured };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.#transport.close();
  }
}
