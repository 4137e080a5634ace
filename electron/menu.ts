// The native menu, from a table. An entry of ours sends a command's id to the page, whose registry (renderer/app/commands.ts) does
// the rest; keys are shown here and handled there, so that both shells behave alike. A test holds the two tables together.
import type { MenuItemConstructorOptions } from "electron";

export interface MenuEntry {
  /** Id, title and first key in the page's command registry. */
  readonly command: string;
  readonly title: string;
  readonly key?: string;
}
type MenuLine = MenuEntry | { readonly role: NonNullable<MenuItemConstructorOptions["role"]>; readonly accelerator?: string } | "separator";

/** Every menu, except the application menu that macOS has first. */
const menus: readonly { readonly label: string; readonly lines: readonly MenuLine[] }[] = [
  {
    label: "&File",
    lines: [
      { command: "workspace.open", title: "Open folder…", key: "$mod+o" },
      { command: "workspace.close", title: "Close folder" },
      "separator",
      { command: "file.new", title: "New file…" },
      { command: "file.save", title: "Save file", key: "$mod+s" },
      { command: "file.close", title: "Close file", key: "$mod+w" },
      "separator",
      { role: "quit" },
    ],
  },
  {
    label: "&Edit",
    lines: [{ role: "undo" }, { role: "redo" }, "separator", { role: "cut" }, { role: "copy" }, { role: "paste" }, { role: "selectAll" }],
  },
  {
    label: "&Request",
    lines: [
      { command: "request.send", title: "Send request", key: "$mod+Enter" },
      { command: "request.stop", title: "Stop request", key: "$mod+Shift+Enter" },
      "separator",
      { command: "trace.clear", title: "Clear traces" },
    ],
  },
  {
    label: "&Server",
    lines: [
      { command: "server.start", title: "Start server" },
      { command: "server.stop", title: "Stop server" },
      "separator",
      { command: "server.copy", title: "Copy server address" },
      { command: "server.open", title: "Open server address in browser" },
    ],
  },
  {
    label: "&View",
    lines: [
      { command: "view.palette", title: "Search files and commands…", key: "$mod+k" },
      "separator",
      { command: "view.explorer", title: "Show or hide files", key: "$mod+b" },
      { command: "view.inspector", title: "Show or hide inspector", key: "$mod+Alt+b" },
      { command: "view.bottom", title: "Show or hide traces and latency", key: "$mod+j" },
      "separator",
      { command: "theme.light", title: "Use light theme" },
      { command: "theme.dark", title: "Use dark theme" },
      { command: "theme.system", title: "Use the system’s theme" },
      "separator",
      { role: "resetZoom" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      "separator",
      { role: "togglefullscreen" },
    ],
  },
  // The usual key of "close" closes a file here.
  { label: "&Window", lines: [{ role: "minimize" }, { role: "close", accelerator: "CmdOrCtrl+Shift+W" }] },
];

/** The commands of all menus. */
export const menuEntries: readonly MenuEntry[] = menus.flatMap(({ lines }) => lines.filter((line) => isEntry(line)));

export interface MenuOptions {
  readonly platform: string;
  /** Adds reload and the developer tools. */
  readonly isDevelopment: boolean;
  run(command: string): void;
}

export function menuTemplate({ platform, isDevelopment, run }: MenuOptions): MenuItemConstructorOptions[] {
  const item = (line: MenuLine): MenuItemConstructorOptions => {
    if (line === "separator") return { type: "separator" };
    if (!isEntry(line)) return line;
    const { command, title, key } = line;
    return { id: command, label: title, click: () => run(command), ...(key !== undefined && { accelerator: accelerator(key), registerAccelerator: false }) };
  };
  return [
    ...(platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    ...menus.map(({ label, lines }) => ({ label, submenu: lines.map(item) })),
    ...(isDevelopment ? [{ label: "&Development", submenu: [{ role: "reload" } as const, { role: "toggleDevTools" } as const] }] : []),
  ];
}

/** A key of the registry ("$mod+Shift+p") as Electron writes it ("CmdOrCtrl+Shift+P"). */
function accelerator(key: string): string {
  const parts = key.split("+").map((part) => (part === "$mod" ? "CmdOrCtrl" : part.length === 1 ? part.toUpperCase() : part));
  return parts.join("+");
}

function isEntry(line: MenuLine): line is MenuEntry {
  return typeof line === "object" && "command" in line;
}
