// A folder made from a table, and the routing of it: what the tests of this folder and its neighbours share.
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { config as schema } from "../../../server/contract/config.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import type { InterpreterFinder } from "../../../server/routing/handlers.js";
import type { Route } from "../../../server/routing/route.js";
import { Routing, type RoutingOptions } from "../../../server/routing/routing.js";

/**
 * A text is a file with mode 0644, `run` one with 0755, `link` a symbolic link.
 * Folders appear as needed; "x/" is an empty one.
 */
export type Entry = string | Uint8Array | { readonly run: string | Uint8Array } | { readonly link: string };

export interface Site extends Disposable {
  readonly root: string;
  put(path: string, entry: Entry): void;
}

export function site(entries: Readonly<Record<string, Entry>>): Site {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "cgi-workbench-site-")));
  const put = (path: string, entry: Entry): void => {
    const file = join(root, path);
    if (path.endsWith("/")) return void mkdirSync(file, { recursive: true });
    mkdirSync(dirname(file), { recursive: true });
    if (typeof entry === "string" || entry instanceof Uint8Array) writeFileSync(file, entry);
    else if ("link" in entry) symlinkSync(entry.link, file);
    else {
      writeFileSync(file, entry.run);
      chmodSync(file, 0o755);
    }
  };
  for (const [path, entry] of Object.entries(entries)) put(path, entry);
  return { root, put, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

/** Finds every interpreter that is asked for by name under /interpreters, except these. */
export const interpretersWithout = (...missing: string[]): InterpreterFinder => ({
  find: (program) =>
    missing.includes(program) ? null : program.startsWith("/") ? program : `/interpreters/${program}`,
});

export function routingOf(
  root: string,
  config: unknown = {},
  { interpreters = interpretersWithout(), configFile = null }: Partial<RoutingOptions> = {},
): Routing {
  return new Routing({ root, config: schema.parse(config), interpreters, configFile });
}

/** Resolves a decoded path, with an optional query. */
export function ask(routing: Routing, path: string): Route {
  const [before = "", query = ""] = path.split("?");
  return routing.resolve({ path: utf8(before), query: utf8(query) });
}

/** A route in a line: "run", "handler python3: why", "static", "404", with what follows the script's name. */
export function inShort(route: Route): string {
  if (route.kind === "none") return `${route.status}${route.location === null ? "" : ` ${route.location}`}`;
  if (route.kind === "static") return "static";
  const how =
    route.interpreter === null
      ? "run"
      : `handler ${route.interpreter.join(" ").replace("/interpreters/", "")}: ${route.handlerBecause?.code}`;
  return `${how}${route.pathInfo === "" ? "" : ` + ${route.pathInfo}`}`;
}
