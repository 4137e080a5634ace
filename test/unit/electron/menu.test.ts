// The native menu and the page's command registry read one table.
import { describe, expect, test } from "vitest";
import { menuCommands, menuTemplate as templateOf } from "../../../electron/menu.js";
import { commandIds, commandKeys, commandTitle, isCommandId, listKey } from "../../../server/contract/commands.js";

const twice = (all: readonly string[]): string[] => all.filter((one, index) => all.indexOf(one) !== index);

const menuTemplate = (options: Partial<Parameters<typeof templateOf>[0]> = {}) => {
  const nothing = (): void => undefined;
  return templateOf({ platform: "linux", run: nothing, zoom: nothing, ...options });
};
const linesOf = (template: ReturnType<typeof templateOf>) =>
  template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));

describe("the table of commands", () => {
  test("gives no key and no title to two commands", () => {
    const keys = commandIds.flatMap((id) => commandKeys(id, true));
    expect(keys).toContain("$mod+,");
    expect(twice(keys)).toEqual([]);
    const listKeys = commandIds.flatMap((id) => listKey(id) ?? []);
    expect(listKeys).toContain("Delete");
    expect(twice(listKeys)).toEqual([]);
    expect(twice(commandIds.map(commandTitle))).toEqual([]);
  });

  test("knows its own ids alone", () => {
    expect(commandIds.length).toBeGreaterThan(60);
    expect(commandIds.every(isCommandId)).toBe(true);
    expect(["toString", "file.Save", ""].map(isCommandId)).toEqual([false, false, false]);
  });

  test("leaves to a browser the keys that it does not give away", () => {
    expect(commandKeys("file.close", true)).toEqual(["$mod+w"]);
    expect(commandKeys("file.close", false)).toEqual([]);
    expect(commandKeys("file.save", false)).toEqual(["$mod+s"]);
  });
});

describe("the native menu", () => {
  test("names no command twice", () => {
    expect(menuCommands.length).toBeGreaterThan(15);
    expect(twice(menuCommands)).toEqual([]);
  });

  test("sends the command's id; its title and key are the table's, and the page handles the key", () => {
    const sent: string[] = [];
    const lines = linesOf(menuTemplate({ run: (command) => sent.push(command) }));
    for (const { id, click } of lines) if (id !== undefined && click) Reflect.apply(click, null, []);
    expect(sent).toEqual(menuCommands);
    expect(lines.filter(({ id }) => id !== undefined).map(({ label }) => label)).toEqual(
      menuCommands.map(commandTitle),
    );
    expect(lines.find(({ id }) => id === "request.stop")).toMatchObject({
      accelerator: "CmdOrCtrl+Shift+Enter",
      registerAccelerator: false,
    });
    expect(lines.find(({ id }) => id === "file.save")).toMatchObject({ accelerator: "CmdOrCtrl+S" });
  });

  test("shows the keys of Undo, Redo and Select all, which the text handles itself", () => {
    const edit = menuTemplate().find(({ label }) => label === "&Edit")?.submenu;
    const shown = (Array.isArray(edit) ? edit : []).flatMap(({ id, role, accelerator, registerAccelerator }) =>
      id?.startsWith("edit.") ? [[id, accelerator, registerAccelerator]] : role === undefined ? [] : [[role]],
    );
    expect(shown).toEqual([
      ["edit.undo", "CmdOrCtrl+Z", false],
      ["edit.redo", "CmdOrCtrl+Shift+Z", false],
      ["cut"],
      ["copy"],
      ["paste"],
      ["edit.selectAll", "CmdOrCtrl+A", false],
    ]);
    expect(commandKeys("edit.undo", true)).toEqual([]);
  });

  test("zooms the window, whichever page has the keyboard", () => {
    const zoomed: unknown[] = [];
    const lines = linesOf(menuTemplate({ zoom: (by) => zoomed.push(by) }));
    for (const key of ["0", "Plus", "-"]) {
      const line = lines.find(({ accelerator }) => accelerator === `CmdOrCtrl+${key}`);
      Reflect.apply(line?.click ?? expect.fail(key), null, []);
    }
    expect(zoomed).toEqual([null, 0.5, -0.5]);
  });

  test("has about 60 entries, and the application menu on macOS alone", () => {
    expect(linesOf(menuTemplate()).filter(({ type }) => type !== "separator").length).toBeLessThanOrEqual(66);
    const labels = (platform: string): unknown[] => menuTemplate({ platform }).map(({ label, role }) => label ?? role);
    const all = ["&File", "&Edit", "&Request", "&Server", "&View", "&Window", "&Help"];
    expect(labels("linux")).toEqual(all);
    expect(labels("darwin")).toEqual(["appMenu", ...all]);
  });
});
