// What a server process and the process that started it (the desktop app's main, or a launcher in browser mode) say to each
// other, over Electron's parentPort or Node's IPC channel. Not the window's RPC: that has a port or socket of its own.
import { z } from "zod";
import { problem } from "../contract/workspace.js";

/** A folder to open, and the port its scripts get (null: the configured or the next free one). */
export const openWorkspace = z.object({ path: z.string(), port: z.number().int().nullable() });
export type OpenWorkspace = z.infer<typeof openWorkspace>;

/** To the server. `settings` comes first, once. A `port` message carries a MessagePort beside it. */
export const toServer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("settings"),
    workspace: openWorkspace.nullable(),
    /** Browser mode only: where the window is served, and its token; null chooses a free port and a new token. */
    ui: z.object({ port: z.number().int().nullable(), token: z.string().nullable() }).nullable(),
  }),
  z.object({ kind: z.literal("port") }),
  z.object({ kind: z.literal("open"), path: z.string() }),
  z.object({ kind: z.literal("shutdown") }),
]);
export type ToServer = z.infer<typeof toServer>;
export type ServerSettings = Extract<ToServer, { kind: "settings" }>;

/** From the server. */
export const fromServer = z.discriminatedUnion("kind", [
  /** Ports and folders may come now. `ui`: the window's address with its token, in browser mode. */
  z.object({ kind: z.literal("ready"), pid: z.number().int(), ui: z.string().nullable() }),
  /** What is open changed. */
  z.object({ kind: z.literal("workspace"), workspace: openWorkspace.nullable() }),
  /** The folder of `settings` or `open` cannot be opened. */
  z.object({ kind: z.literal("not-opened"), problem }),
]);
export type FromServer = z.infer<typeof fromServer>;
