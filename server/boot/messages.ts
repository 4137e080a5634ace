// The messages between a server process and its parent (the desktop app's main process, or a launcher in browser mode),
// over Electron's parentPort or Node's IPC channel. Not the window's RPC, which has a port or socket of its own.
import { z } from "zod";
import { defineProblems } from "../contract/problem.js";
import { problem } from "../contract/workspace.js";

/** A folder to open, and the port of its scripts (null: the configured or the next free one). */
const openWorkspace = z.object({ path: z.string(), port: z.number().int().nullable() });
export type OpenWorkspace = z.infer<typeof openWorkspace>;

/** Browser mode's window, which the launcher listens for. */
const uiSettings = z.object({
  /** Host and port that the launcher listens on. */
  authority: z.string(),
  /** Host and port of the page's address, if they differ. */
  page: z.string().nullable(),
  token: z.string(),
  /** How long the address of the ready message is good; null: until it is used. */
  linkLifeMs: z.number().nullable(),
});

/**
 * To the server. `settings` comes first, once. A `port` or `load-driver` message comes with a MessagePort, or in
 * browser mode with a connection for the window and its number.
 */
export const toServer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("settings"),
    workspace: openWorkspace.nullable(),
    /** Browser mode only. */
    ui: uiSettings.nullable(),
  }),
  z.object({ kind: z.literal("port"), connection: z.number().int().optional() }),
  z.object({ kind: z.literal("open"), path: z.string() }),
  /** The desktop app: a port of a new process that sends the load of a benchmark comes with it. */
  z.object({ kind: z.literal("load-driver") }),
  z.object({ kind: z.literal("shutdown") }),
]);
export type ToServer = z.infer<typeof toServer>;
export type ServerSettings = Extract<ToServer, { kind: "settings" }>;

/** From the server. */
export const fromServer = z.discriminatedUnion("kind", [
  /** The server accepts ports and folders now. `ui`: an address that opens the window once, in browser mode. */
  z.object({ kind: z.literal("ready"), pid: z.number().int(), ui: z.string().nullable() }),
  /** A page holds the token, in browser mode. */
  z.object({ kind: z.literal("opened") }),
  /** The connection with this number has arrived, in browser mode. */
  z.object({ kind: z.literal("accepted"), connection: z.number().int() }),
  /** Another folder or port is open. */
  z.object({ kind: z.literal("workspace"), workspace: openWorkspace.nullable() }),
  /** The folder of `settings` or `open` cannot be opened. */
  z.object({ kind: z.literal("not-opened"), problem }),
  /** The desktop app: wants a process that sends the load of a benchmark. */
  z.object({ kind: z.literal("load-driver") }),
]);
export type FromServer = z.infer<typeof fromServer>;

/** What the parent itself has to say of the server. */
export const bootMessage = defineProblems({
  "folder-given-up": {
    message: ({ path, deaths }: { readonly path: string; readonly deaths: number }) =>
      `The server process ended ${deaths} times before ${path} was open, so it runs without that folder now.`,
    fix: "Open the folder again to try once more. The terminal that started the workbench has the reasons.",
  },
});
