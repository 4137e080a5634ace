// The native menu and the page's command registry are two tables of the same commands: this holds them together.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { describe, expect, test } from "vitest";
import { menuEntries, menuTemplate } from "../../../electron/menu.js";
import { repositoryRoot } from "../../support/repository.js";

/** Every command's id and all keys of all commands, as often as they are written. */
const written: { readonly ids: string[]; readonly keys: string[] } = { ids: [], keys: [] };

/** Id → title and first key, read from the registry's source: importing it would start the page. */
function registry(): Map<string, { title: string; key: string | undefined }> {
  const renderer = join(repositoryRoot, "renderer");
  const found = new Map<string, { title: string; key: string | undefined }>();
  for (const file of readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("commands.ts"),
  )) {
    visit(parseSync(file, readFileSync(join(renderer, file), "utf8")).program, (node) => {
      if (
        node["type"] !== "CallExpression" ||
        property(node["callee"], "name") !== "command" ||
        !Array.isArray(node["arguments"])
      )
        return;
      const [id, title, keys] = node["arguments"].map((argument) => literals(argument));
      if (id?.[0] === undefined || title?.[0] === undefined) return;
      found.set(id[0], { title: title[0], key: keys?.[0] });
      written.ids.push(id[0]);
      written.keys.push(...(keys ?? []));
    });
  }
  return found;
}

describe("the native menu", () => {
  const commands = registry();

  test("names commands that there are, with their titles and keys", () => {
    expect(commands.size).toBeGreaterThan(15);
    expect(menuEntries.length).toBeGreaterThan(15);
    for (const { command, title, key } of menuEntries)
      expect([command, commands.get(command)]).toEqual([command, { title, key }]);
  });

  test("and no two commands have the same id or key: one registry for palette, menus, buttons and shortcuts", () => {
    const twice = (all: readonly string[]): string[] => all.filter((one, index) => all.indexOf(one) !== index);
    expect(twice(written.ids)).toEqual([]);
    expect(twice(written.keys)).toEqual([]);
    expect(written.keys).toContain("$mod+,");
  });

  test("names no command twice", () => {
    expect(new Set(menuEntries.map(({ command }) => command)).size).toBe(menuEntries.length);
  });

  test("sends the command's id; its key is shown here and handled by the page", () => {
    const sent: string[] = [];
    const template = menuTemplate({ platform: "linux", isDevelopment: false, run: (command) => sent.push(command) });
    const lines = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    for (const { id, click } of lines) if (id !== undefined && click) Reflect.apply(click, null, []);
    expect(sent).toEqual(menuEntries.map(({ command }) => command));
    expect(lines.find(({ id }) => id === "request.stop")).toMatchObject({
      accelerator: "CmdOrCtrl+Shift+Enter",
      registerAccelerator: false,
    });
    expect(lines.find(({ id }) => id === "file.save")).toMatchObject({ accelerator: "CmdOrCtrl+S" });
  });

  test("has developer tools in development alone, and the application menu on macOS", () => {
    const labels = (platform: string, isDevelopment: boolean): unknown[] =>
      menuTemplate({ platform, isDevelopment, run: () => undefined }).map(({ label, role }) => label ?? role);
    expect(labels("linux", false)).toEqual(["&File", "&Edit", "&Request", "&Server", "&View", "&Window"]);
    expect(labels("darwin", true)).toEqual([
      "appMenu",
      "&File",
      "&Edit",
      "&Request",
      "&Server",
      "&View",
      "&Window",
      "&Development",
    ]);
  });
});

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;
const property = (value: unknown, name: string): unknown => (isNode(value) ? value[name] : undefined);

function visit(value: unknown, see: (node: Node) => void): void {
  if (!isNode(value)) return;
  if (typeof value["type"] === "string") see(value);
  for (const below of Object.values(value)) visit(below, see);
}

/** The string literals in an expression, in order. */
function literals(expression: unknown): string[] {
  const found: string[] = [];
  visit(expression, ({ type, value }) => {
    if (type === "Literal" && typeof value === "string") found.push(value);
  });
  return found;
}
