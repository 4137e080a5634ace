// What a command is, and the usual reasons why one cannot be run now.
import { useWorkspace } from "../model/folder/workspace-store.js";
import { useServer } from "../rpc/store.js";

export interface Command {
  readonly id: string;
  /** As in a menu: a verb first. */
  readonly title: string;
  /** Written for tinykeys; `$mod` is Ctrl, on macOS Cmd. The first is the one that is shown. */
  readonly keys: readonly string[];
  /** Why it cannot be run now, a sentence; null when it can. */
  readonly unavailable: () => string | null;
  readonly run: () => void | Promise<void>;
}

export const command = (
  id: string,
  title: string,
  keys: readonly string[],
  unavailable: Command["unavailable"],
  run: Command["run"],
): Command => ({
  id,
  title,
  keys,
  unavailable,
  run,
});

export const always = (): null => null;
export const needsConnection = (): string | null =>
  useServer.getState().client ? null : "There is no connection to the server.";
export const needsFolder = (): string | null =>
  useWorkspace.getState().workspace ? needsConnection() : "Open a folder first.";
