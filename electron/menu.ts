// The native menu, from a table. An entry of ours sends a command's id to the page, whose registry (renderer/platform/command-registry.ts) does
// the rest; keys are shown here and handled there, so that both shells behave alike. A test holds the two tables together.
import type { MenuItemConstructorOptions } from "electron";

export interface MenuEntry {
  /** Id, title and first key in the page's command registry. */
  readonly command: string;
  readonly title: string;
  readonly key?: string;
}
type MenuLine =
  | MenuEntry
  | { readonly role: NonNullable<MenuItemConstructorOptions["role"]>; readonly accelerator?: string }
  | "separator";

/** Every menu, except the application menu that macOS has first. */
const menus: readonly { readonly label: string; readonly lines: readonly MenuLine[] }[] = [
  {
    label: "&File",
    lines: [
      { command: "workspace.open", title: "Open folder…", key: "$mod+o" },
      { command: "workspace.close", title: "Close folder" },
      "separator",
      { command: "samples.start", title: "Try the examples…" },
      { command: "samples.show", title: "Examples…" },
      { command: "samples.reset", title: "Put the examples back as they were…" },
      "separator",
      { command: "file.quickOpen", title: "Open file by name…", key: "$mod+p" },
      { command: "script.new", title: "New script…" },
      { command: "file.new", title: "New file…" },
      { command: "folder.new", title: "New folder…" },
      { command: "file.save", title: "Save file", key: "$mod+s" },
      { command: "file.close", title: "Close file", key: "$mod+w" },
      "separator",
      { command: "file.rename", title: "Rename file or folder…" },
      { command: "file.move", title: "Move file or folder…" },
      { command: "file.executable", title: "Set or take execute bit" },
      { command: "file.delete", title: "Delete file or folder" },
      { command: "file.undo", title: "Undo delete, move or rename" },
      "separator",
      { command: "file.compareSaved", title: "Compare edits with saved file" },
      { command: "file.compareRan", title: "Compare file with what a trace ran" },
      "separator",
      { command: "settings.open", title: "Settings…", key: "$mod+," },
      "separator",
      { role: "quit" },
    ],
  },
  {
    label: "&Edit",
    lines: [
      { role: "undo" },
      { role: "redo" },
      "separator",
      { role: "cut" },
      { role: "copy" },
      { role: "paste" },
      { role: "selectAll" },
      "separator",
      { command: "bytes.find", title: "Find in bytes" },
    ],
  },
  {
    label: "&Request",
    lines: [
      { command: "request.send", title: "Send request", key: "$mod+Enter" },
      { command: "request.stop", title: "Stop request", key: "$mod+Shift+Enter" },
      "separator",
      { command: "request.raw", title: "Compose as bytes or as fields" },
      { command: "request.sendOnSave", title: "Send on save or not" },
      { command: "request.followRedirects", title: "Follow redirects or not" },
      { command: "request.cookies", title: "Keep cookies or not" },
      "separator",
      { command: "trace.sendAgain", title: "Send the trace’s request again", key: "$mod+Alt+Enter" },
      { command: "trace.edit", title: "Edit the trace’s request and send it again" },
      { command: "trace.compare", title: "Compare trace" },
      { command: "request.pasteCurl", title: "Paste cURL command…" },
      { command: "trace.copyCurl", title: "Copy trace as cURL command" },
      { command: "trace.copyRaw", title: "Copy trace as raw HTTP" },
      { command: "trace.copyEnv", title: "Copy trace as env -i command" },
      { command: "trace.copyLink", title: "Copy link to the trace" },
      "separator",
      { command: "trace.filter", title: "Filter traces" },
      { command: "trace.pause", title: "Pause or resume the trace list" },
      { command: "trace.clear", title: "Clear traces" },
      { command: "walk.start", title: "Explain what just happened" },
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
      "separator",
      { command: "script.mode", title: "Run this script as…" },
      { command: "workers.show", title: "Show workers" },
      { command: "workers.restart", title: "Restart workers of this script" },
      { command: "workers.ask", title: "See whether applications elsewhere are there" },
      "separator",
      { command: "server.show", title: "Show server and log" },
      { command: "config.open", title: "Open configuration file" },
    ],
  },
  {
    label: "&View",
    lines: [
      { command: "view.palette", title: "Search files and commands…", key: "$mod+k" },
      "separator",
      { command: "response.rendered", title: "Show response as a page" },
      { command: "response.source", title: "Show response source" },
      { command: "response.headers", title: "Show response headers" },
      "separator",
      { command: "encoding.follow", title: "Follow a character" },
      { command: "encoding.lab", title: "Encoding lab" },
      "separator",
      { command: "doctor.show", title: "Show what the doctor says" },
      { command: "doctor.index", title: "Doctor: all rules…" },
      "separator",
      { command: "view.traces", title: "Show traces" },
      { command: "view.compare", title: "Show comparison" },
      { command: "view.goTo", title: "Open link…" },
      "separator",
      { command: "view.explorer", title: "Show or hide files", key: "$mod+b" },
      { command: "view.inspector", title: "Show or hide inspector", key: "$mod+Alt+b" },
      { command: "view.bottom", title: "Show or hide traces and latency", key: "$mod+j" },
      "separator",
      { command: "view.projector", title: "Switch large type on or off" },
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
    return {
      id: command,
      label: title,
      click: () => run(command),
      ...(key !== undefined && { accelerator: accelerator(key), registerAccelerator: false }),
    };
  };
  return [
    ...(platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    ...menus.map(({ label, lines }) => ({ label, submenu: lines.map(item) })),
    ...(isDevelopment
      ? [{ label: "&Development", submenu: [{ role: "reload" } as const, { role: "toggleDevTools" } as const] }]
      : []),
  ];
}

/** A key of the registry ("$mod+Shift+p") as Electron writes it ("CmdOrCtrl+Shift+P"). */
function accelerator(key: string): string {
  const parts = key
    .split("+")
    .map((part) => (part === "$mod" ? "CmdOrCtrl" : part.length === 1 ? part.toUpperCase() : part));
  return parts.join("+");
}

function isEntry(line: MenuLine): line is MenuEntry {
  return typeof line === "object" && "command" in line;
}
