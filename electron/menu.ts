// The native menu. An entry of ours sends a command's id to the page, which does the rest; titles and keys are those of
// the table that the page reads too. Keys are shown here and handled there, so that both shells behave alike.
import type { MenuItemConstructorOptions } from "electron";
import { type CommandId, commandKeys, commandTitle } from "../server/contract/commands.js";

/** `zoomBy`: levels; null: to the original size. A role would zoom the page that has the focus, perhaps the preview. */
interface ZoomLine {
  readonly zoomBy: number | null;
  readonly label: string;
  readonly accelerator: string;
}

type MenuLine =
  | CommandId
  /** Its key is not the table's: the text that has the focus handles it. */
  | { readonly command: CommandId; readonly accelerator: string }
  | ZoomLine
  | { readonly role: NonNullable<MenuItemConstructorOptions["role"]>; readonly accelerator?: string }
  | "separator";

/** Every menu, except the application menu that macOS has first. */
const menus: readonly { readonly label: string; readonly lines: readonly MenuLine[] }[] = [
  {
    label: "&File",
    lines: [
      "workspace.open",
      "workspace.close",
      "samples.start",
      "lesson.course",
      "separator",
      "script.new",
      "file.new",
      "file.quickOpen",
      "file.save",
      "file.close",
      "file.undo",
      "separator",
      "trace.open",
      "separator",
      "settings.open",
      { role: "quit" },
    ],
  },
  {
    label: "&Edit",
    lines: [
      // Commands: the roles do nothing in the code editor, whose element takes no editing commands.
      { command: "edit.undo", accelerator: "CmdOrCtrl+Z" },
      { command: "edit.redo", accelerator: "CmdOrCtrl+Shift+Z" },
      "separator",
      { role: "cut" },
      { role: "copy" },
      { role: "paste" },
      { command: "edit.selectAll", accelerator: "CmdOrCtrl+A" },
      "separator",
      "editor.find",
      "editor.replace",
      "editor.goToLine",
      "separator",
      "search.files",
      "search.replace",
    ],
  },
  {
    label: "&Request",
    lines: [
      "request.send",
      "request.stop",
      "debug.send",
      "debug.next",
      "request.vary",
      "request.raw",
      "request.pasteCurl",
      "separator",
      "request.save",
      "saved.show",
      "saved.runAll",
      "separator",
      "trace.sendAgain",
      "trace.edit",
      "trace.compare",
    ],
  },
  {
    label: "&Server",
    lines: [
      "server.start",
      "server.stop",
      "separator",
      "server.copy",
      "server.open",
      "separator",
      "script.waysToRun",
      "workers.show",
      "server.show",
      "log.show",
      "assistants.connect",
      "config.open",
    ],
  },
  {
    label: "&View",
    lines: [
      "view.palette",
      "separator",
      "view.explorer",
      "view.bottom",
      "view.inspector",
      "separator",
      "doctor.problems",
      "files.encodings",
      "view.present",
      "separator",
      { zoomBy: null, label: "Actual Size", accelerator: "CmdOrCtrl+0" },
      { zoomBy: 0.5, label: "Zoom In", accelerator: "CmdOrCtrl+Plus" },
      { zoomBy: -0.5, label: "Zoom Out", accelerator: "CmdOrCtrl+-" },
      { role: "togglefullscreen" },
    ],
  },
  // The usual key of "close" closes a file here.
  { label: "&Window", lines: [{ role: "minimize" }, { role: "close", accelerator: "CmdOrCtrl+Shift+W" }] },
  {
    label: "&Help",
    lines: ["help.documentation", "help.shortcuts", "tour.start", "samples.show", "doctor.index", "help.about"],
  },
];

/** The commands of all menus. */
export const menuCommands: readonly CommandId[] = menus.flatMap(({ lines }) =>
  lines.flatMap((line) => commandOf(line) ?? []),
);

interface MenuOptions {
  readonly platform: string;
  run(command: string): void;
  /** Zooms the window by levels; null: to the original size. */
  zoom(by: number | null): void;
}

export function menuTemplate({ platform, run, zoom }: MenuOptions): MenuItemConstructorOptions[] {
  const item = (line: MenuLine): MenuItemConstructorOptions => {
    if (line === "separator") return { type: "separator" };
    if (typeof line === "object" && "role" in line) return line;
    if (typeof line === "object" && "zoomBy" in line) {
      const { zoomBy, ...shown } = line;
      return { ...shown, click: () => zoom(zoomBy) };
    }
    const id = typeof line === "object" ? line.command : line;
    const [key] = commandKeys(id, true);
    const shown = typeof line === "object" ? line.accelerator : key && accelerator(key);
    return {
      id,
      label: commandTitle(id),
      click: () => run(id),
      ...(shown !== undefined && { accelerator: shown, registerAccelerator: false }),
    };
  };
  return [
    ...(platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    ...menus.map(({ label, lines }) => ({ label, submenu: lines.map(item) })),
  ];
}

/** A key of the registry ("$mod+Shift+p") as Electron writes it ("CmdOrCtrl+Shift+P"). */
function accelerator(key: string): string {
  const parts = key
    .split("+")
    .map((part) => (part === "$mod" ? "CmdOrCtrl" : part.length === 1 ? part.toUpperCase() : part));
  return parts.join("+");
}

function commandOf(line: MenuLine): CommandId | null {
  if (typeof line === "object") return "command" in line ? line.command : null;
  return line === "separator" ? null : line;
}
