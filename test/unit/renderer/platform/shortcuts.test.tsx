// Keys and the desktop app's menu run the window's commands, but none behind a modal dialog or the presentation.
import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { allCommands } from "../../../../renderer/commands.js";
import { always, command, registerCommands, whyUnavailable } from "../../../../renderer/platform/command-registry.js";
import { useNotices } from "../../../../renderer/platform/notices.js";
import { enterPresentation, leavePresentation, usePresentation } from "../../../../renderer/platform/presentation.js";
import { useSelection } from "../../../../renderer/platform/selection.js";
import { listenForCommands } from "../../../../renderer/platform/shortcuts.js";
import { Button } from "../../../../renderer/ui/button.js";
import { Dialog, SearchDialog } from "../../../../renderer/ui/dialog.js";
import { Popover } from "../../../../renderer/ui/popover-part.js";
import { layOutPage } from "../../../support/laid-out-page.js";

const menu = vi.hoisted(() => {
  const listeners: ((id: string) => void)[] = [];
  vi.stubGlobal("workbench", {
    platform: "linux",
    onCommand: (listener: (id: string) => void) => listeners.push(listener),
  });
  return { choose: (id: string) => listeners.forEach((listener) => void listener(id)) };
});

let ran: string[] = [];
const noted = (id: string) => command(always, () => void ran.push(id));

layOutPage();
registerCommands({
  ...allCommands,
  "file.save": noted("file.save"),
  "file.close": noted("file.close"),
  "workspace.open": noted("workspace.open"),
  "settings.open": noted("settings.open"),
  "view.inspector": noted("view.inspector"),
  "request.send": noted("request.send"),
  "view.palette": noted("view.palette"),
  "edit.undo": noted("edit.undo"),
});
listenForCommands();
beforeEach(() => {
  ran = [];
});

/** False: the browser's own action is prevented. */
const press = (key: string, on: Element = document.body): boolean => fireEvent.keyDown(on, { key, ctrlKey: true });
const nothing = (): void => undefined;

test("keys and the menu run commands", () => {
  expect([press("s"), press("w"), press("Enter"), press("e")]).toEqual([false, false, false, true]);
  menu.choose("file.save");
  expect(ran).toEqual(["file.save", "file.close", "request.send", "file.save"]);
});

test("without Latin letters on the keyboard the key's place counts, else its letter", () => {
  const control = ["Control"];
  const pressed = (key: string, code: string, modifiers = control): boolean => {
    const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true });
    // happy-dom's takes Alt for AltGr.
    Object.assign(event, { getModifierState: (name: string) => modifiers.includes(name) });
    return fireEvent(document.body, event);
  };
  expect(pressed("ы", "KeyS")).toBe(false); // Russian
  expect(pressed("б", "Comma")).toBe(false);
  expect(pressed("σ", "KeyS")).toBe(false); // Greek
  expect(pressed("∫", "KeyB", ["Control", "Alt"])).toBe(false); // Option on macOS
  expect(ran).toEqual(["file.save", "settings.open", "file.save", "view.inspector"]);
  ran = [];
  expect(pressed("s", "KeyO")).toBe(false); // Dvorak
  expect(pressed("s", "KeyS")).toBe(false); // once
  expect(ran).toEqual(["file.save", "file.save"]);
  ran = [];
  expect(pressed("ы", "KeyS", [])).toBe(true);
  expect(pressed("”", "KeyB", ["Control", "Alt", "AltGraph"])).toBe(true); // typed with AltGr
  expect(pressed("ç", "Backslash")).toBe(true); // Spanish
  expect(pressed("é", "KeyW")).toBe(true); // Bépo
  expect(ran).toEqual([]);
});

test("in a dialog they go on to it, and the browser does nothing of its own; the palette opens above it", () => {
  const heard: string[] = [];
  render(
    <Dialog title="A note" onClose={nothing}>
      <textarea aria-label="Note" onKeyDown={({ key }) => heard.push(key)} />
    </Dialog>,
  );
  const note = screen.getByLabelText("Note");
  expect([press("s", note), press("w", note), press("Enter", note), press("s")]).toEqual([false, false, false, false]);
  expect(heard).toEqual(["s", "w", "Enter"]);
  expect(ran).toEqual([]);
  press("k", note);
  expect(ran).toEqual(["view.palette"]);
  expect(heard).toHaveLength(3);
});

test("the menu runs nothing behind a dialog, and says that", () => {
  render(<Dialog title="A note" onClose={nothing} />);
  menu.choose("file.save");
  expect(ran).toEqual([]);
  expect(useNotices.getState().notices).toHaveLength(1);
  menu.choose("edit.undo"); // in the dialog's own text
  expect(ran).toEqual(["edit.undo"]);
});

test("the palette is such a dialog too", () => {
  render(
    <SearchDialog label="Search" onClose={nothing}>
      <input aria-label="Text" />
    </SearchDialog>,
  );
  press("Enter", screen.getByLabelText("Text"));
  expect(ran).toEqual([]);
});

test("in the presentation only what shows there runs, from keys, the menu and the palette alike", () => {
  useNotices.setState({ notices: [] });
  enterPresentation("a trace");
  for (const key of ["w", "s", "Enter", "k", ","]) press(key);
  menu.choose("view.inspector");
  expect(ran).toEqual(["request.send", "view.palette", "settings.open"]);
  expect(useNotices.getState().notices).toHaveLength(3);
  usePresentation.setState({ scriptOf: "a trace" });
  press("s");
  expect(ran.at(-1)).toBe("file.save");
  usePresentation.setState({ scriptOf: null });
  expect(whyUnavailable("doctor.index")).toBeNull();
  leavePresentation();
  useSelection.getState().reset();
  expect(whyUnavailable("file.close")).toBeNull();
});

test("commands about a trace give one reason while none is selected", () => {
  const about = [
    "trace.onlyPath",
    "trace.pin",
    "trace.save",
    "trace.exportHar",
    "doctor.show",
    "encoding.follow",
    "response.source",
    "preview.enter",
  ] as const;
  const reasons = about.map(whyUnavailable);
  expect(reasons).not.toContain(null);
  expect(new Set(reasons).size).toBe(1);
});

test("beside a panel that is not modal they run", () => {
  render(
    <Popover title="Facts" trigger={<Button>Facts</Button>} isOpen>
      <input aria-label="Text" />
    </Popover>,
  );
  press("s", screen.getByLabelText("Text"));
  expect(ran).toEqual(["file.save"]);
});
