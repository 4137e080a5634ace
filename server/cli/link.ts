// `cgi-workbench link [dir]`: another address for the window of a running server.
import { text } from "node:stream/consumers";
import { errorCode } from "../base/disk.js";
import { errorText } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { joinServer } from "../features/join/server-socket.js";
import { parsed } from "./config-option.js";
import { cliMessage } from "./messages.js";
import { UsageError } from "./usage/usage.js";
import { withoutLinks } from "./without-links.js";

export async function link(args: readonly string[]): Promise<number> {
  const { positionals } = parsed(args, {});
  if (positionals.length > 1) throw new UsageError("link takes one folder");
  const root = await withoutLinks(positionals[0] ?? "."); // a folder that is gone may still be open
  const url = await windowLink(root).catch((error: unknown) => {
    if (errorCode(error) === "") throw error; // a bug
    throw new ProblemError(cliMessage("windows-not-found", { systemText: errorText(error) }), { cause: error });
  });
  if (url === "") throw new ProblemError(cliMessage("no-window", { path: root }));
  process.stdout.write(`${url}\n`);
  return 0;
}

/** Empty: no running server has the folder open and a window. */
async function windowLink(root: string): Promise<string> {
  const socket = await joinServer(root, "window-link");
  return socket === null ? "" : text(socket.end());
}
