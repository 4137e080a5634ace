// The scripts in the folder of commands, each with the description that may lie beside it, NAME.command.json. They are
// found as those of a served folder are: a link, or what is no script, is no command.
import type { Dirent } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { toDisplayText } from "../../base/decode-text.js";
import { readBounded, unlessRefused } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import { commandsFolder } from "../../contract/commands-folder.js";
import { defaultConfig } from "../../contract/config.js";
import { commandMenu, type OwnCommand } from "../../contract/own-commands-contract.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";
import { Routing } from "../../routing/routing.js";
import { extensionOf } from "../../routing/url-path.js";
import type { Workspace } from "../../workspace/workspace.js";
import { commandProblem } from "./messages.js";

const described = z.strictObject({
  /** The script's name is the default. */
  title: z.string().trim().min(1).max(80).optional(),
  menus: z.array(commandMenu).max(commandMenu.options.length).default([]),
  /** The form in which it gets a trace. */
  trace: z.enum(["json", "har"]).default("json"),
  /** True: it gets traces with their secrets. */
  secrets: z.boolean().default(false),
});

export interface FoundCommand extends OwnCommand, Pick<z.infer<typeof described>, "trace" | "secrets"> {
  readonly route: ScriptRoute;
}

const suffix = ".command.json";
const maxDescription = 64 << 10;
const maxCommands = 100;

export type CommandFolder = Pick<Workspace, "root" | "config" | "programs" | "inherited" | "isTrusted">;

/** Lists the commands by title; a folder that is not trusted has none. */
export async function findCommands(workspace: CommandFolder): Promise<readonly FoundCommand[]> {
  if (!workspace.isTrusted) return [];
  const { root, config, programs } = workspace;
  const folder = join(root, commandsFolder);
  const names = await namesIn(folder);
  const { handlers, variables, policy } = config;
  const routing = new Routing({
    root: folder,
    config: { ...defaultConfig, handlers, variables, policy },
    interpreters: programs,
  });
  const found: FoundCommand[] = [];
  for (const file of names) {
    if (found.length === maxCommands || file.endsWith(suffix)) continue;
    const route = routing.resolve({ path: utf8(`/${file}`), query: byteString("") });
    if (route.kind !== "script" || route.mode !== "cgi" || toDisplayText(route.file) !== join(folder, file)) continue;
    const plain = file.slice(0, file.length - extensionOf(utf8(file)).length);
    const beside = [file, plain].map((name) => name + suffix).find((name) => names.includes(name));
    const { problem, ...description } = await readDescription(beside === undefined ? null : join(folder, beside), file);
    const { title = plain, ...others } = description;
    found.push({ ...others, file, title, route, problem });
  }
  return found.sort((a, b) => a.title.localeCompare(b.title, "en"));
}

/** Lists the names of the folder's regular files; none if it cannot be read, or if its path leads over a link. */
async function namesIn(folder: string): Promise<readonly string[]> {
  if ((await unlessRefused(realpath(folder), null)) !== folder) return [];
  const entries: Dirent[] = await unlessRefused(readdir(folder, { withFileTypes: true }), []);
  return entries.flatMap((entry) => (entry.isFile() ? entry.name : [])).sort();
}

async function readDescription(
  path: string | null,
  file: string,
): Promise<z.infer<typeof described> & Pick<OwnCommand, "problem">> {
  if (path === null) return { ...described.parse({}), problem: null };
  try {
    const read = await readBounded(path, maxDescription);
    if (read.kind === "too-large") throw new SyntaxError(`it has more than ${maxDescription >> 10} KiB`);
    return { ...described.parse(JSON.parse(Buffer.from(read.bytes).toString("utf8"))), problem: null };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : errorText(error);
    return { ...described.parse({}), problem: commandProblem("command-description", { file, why }).text };
  }
}
