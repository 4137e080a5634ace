// Every command of the window: its id, its title and its keys. A table without imports, so that the native menu, the
// palette and the tests read it without starting the page. renderer/window.tsx registers what each command does.

interface CommandText {
  /** The words in a menu: a verb first. */
  readonly title: string;
  /** Written for tinykeys; `$mod` is Ctrl, on macOS Cmd. The first one is shown. */
  readonly keys?: readonly string[];
  /** The keys work in the desktop app only: browsers reserve them. */
  readonly desktopOnly?: boolean;
  /** While the command cannot be run, its keys are the browser's or the editor's. */
  readonly yieldsKeys?: boolean;
  /** A single key, for as long as the list of traces has the focus. */
  readonly listKey?: string;
}

/** In the order of the palette. */
const commandTexts = {
  "workspace.open": { title: "Open folder…", keys: ["$mod+o"] },
  "workspace.adopt": { title: "Open a server’s configuration…" },
  "workspace.close": { title: "Close folder" },
  "workspace.trust": { title: "Trust this folder" },
  "workspace.endTrust": { title: "End trust in this folder" },
  "samples.start": { title: "Try the examples…" },
  "lesson.course": { title: "Learn CGI: the course…" },
  "samples.show": { title: "Show examples…" },
  "samples.reset": { title: "Reset examples…" },
  "script.new": { title: "New script…" },
  "script.compile": { title: "Compile the open C or C++ source" },
  "file.quickOpen": { title: "Open file by name…", keys: ["$mod+p"] },
  "file.new": { title: "New file…" },
  "folder.new": { title: "New folder…" },
  "file.rename": { title: "Rename file or folder…" },
  "file.duplicate": { title: "Duplicate file" },
  "file.move": { title: "Move file or folder…" },
  "file.executable": { title: "Toggle executable bit" },
  "file.reveal": { title: "Reveal the open file in the tree" },
  "file.copyPath": { title: "Copy path of file" },
  "file.delete": { title: "Delete file or folder" },
  "file.undo": { title: "Undo delete, move or rename" },
  "file.filter": { title: "Filter files" },
  "file.save": { title: "Save file", keys: ["$mod+s"] },
  "file.revert": { title: "Reload file from disk and discard edits" },
  "file.encoding": { title: "Change file encoding…" },
  "files.encodings": { title: "Show encodings of all files…" },
  "file.close": { title: "Close file", keys: ["$mod+w"], desktopOnly: true },
  "file.compareSaved": { title: "Compare edits with saved file" },
  "file.compareRan": { title: "Compare file with the version that ran last" },
  "trace.compareScript": { title: "Compare the version that the trace ran with the file" },
  "diff.next": { title: "Go to next difference", keys: ["Alt+F5"] },
  "diff.previous": { title: "Go to previous difference", keys: ["Shift+Alt+F5"] },
  "diff.close": { title: "Close comparison" },
  "request.send": { title: "Send request", keys: ["$mod+Enter"] },
  "request.vary": { title: "Try values…" },
  "request.repeat": { title: "Repeat request…" },
  "request.sendTouched": { title: "Send and see what it touches" },
  "request.sendHeld": { title: "Hold before it runs" },
  "hold.requests": { title: "Hold or slow down requests…" },
  "hold.stop": { title: "Stop holding and slowing down" },
  "hold.goOn": { title: "Let the held request go on", keys: ["Alt+Enter"] },
  "debug.send": { title: "Send and debug", keys: ["Shift+Alt+Enter"] },
  "debug.next": { title: "Debug the next request" },
  "debug.byte": { title: "Stop where this was written" },
  "debug.continue": { title: "Continue the script", keys: ["F5"], yieldsKeys: true },
  "debug.over": { title: "Step over", keys: ["F10"], yieldsKeys: true },
  "debug.in": { title: "Step in", keys: ["F11"], yieldsKeys: true },
  "debug.out": { title: "Step out", keys: ["Shift+F11"], yieldsKeys: true },
  "debug.pause": { title: "Pause the script" },
  "debug.stop": { title: "Stop debugging", keys: ["Shift+F5"], yieldsKeys: true },
  "debug.breakpoint": { title: "Set or remove breakpoint", keys: ["F9"] },
  "debug.editBreakpoint": { title: "Edit breakpoint…", keys: ["Shift+F9"] },
  "debug.clear": { title: "Remove all breakpoints" },
  "debug.uncaught": { title: "Toggle stop at uncaught exceptions" },
  "debug.evaluate": { title: "Evaluate in the stopped script" },
  "request.response": { title: "Open the response of the last send", keys: ["F4"] },
  "request.save": { title: "Save request…" },
  "saved.show": { title: "Show saved requests" },
  "saved.runAll": { title: "Run all saved requests" },
  "saved.sendAtCursor": { title: "Send the request at the cursor" },
  "request.stop": { title: "Stop request", keys: ["$mod+Shift+Enter"] },
  "request.raw": { title: "Switch raw / form editor" },
  "request.fillRaw": { title: "Fill the raw request from the form" },
  "request.sendOnSave": { title: "Toggle send on save" },
  "request.followRedirects": { title: "Toggle redirect following" },
  "request.cookies": { title: "Toggle cookie jar" },
  "request.clearCookies": { title: "Clear the composer’s cookies" },
  "request.forgetHistory": { title: "Clear this script’s request history" },
  "trace.sendAgain": { title: "Send the trace’s request again", keys: ["$mod+Alt+Enter"], listKey: "r" },
  "trace.runThen": { title: "Send the trace’s request to the script as it was then" },
  "trace.runBoth": { title: "Send the trace’s request to both versions of the script and compare" },
  "trace.edit": { title: "Edit the trace’s request and send it again", listKey: "e" },
  "trace.save": { title: "Save the trace’s request…" },
  "trace.copyCurl": { title: "Copy trace as cURL command" },
  "trace.copyRaw": { title: "Copy trace as raw HTTP" },
  "trace.copyEnv": { title: "Copy trace as env -i command" },
  "trace.copyAccessLog": { title: "Copy trace as access log line" },
  "trace.exportCapsule": { title: "Export trace as capsule…" },
  "trace.exportHar": { title: "Save trace as HAR…" },
  "trace.exportPage": { title: "Export trace as page…" },
  "trace.open": { title: "Open capsule, HAR file or collection…" },
  "trace.copyLink": { title: "Copy link to the trace" },
  "trace.vary": { title: "Try values in the trace’s request…" },
  "trace.compare": { title: "Compare trace", listKey: "c" },
  "trace.otherServers": { title: "Compare trace with other servers" },
  "trace.mark": { title: "Mark trace for comparison", listKey: "m" },
  "trace.pin": { title: "Pin or unpin trace", listKey: "p" },
  "trace.annotate": { title: "Name, note and tags of trace…", listKey: "n" },
  "trace.delete": { title: "Delete trace", listKey: "Delete" },
  "trace.deleteShown": { title: "Delete all traces that the filter shows" },
  "trace.undoDelete": { title: "Undo deletion of traces", listKey: "u" },
  "trace.filter": { title: "Filter traces", listKey: "/" },
  "trace.onlyPath": { title: "Show only traces with this path", listKey: "f" },
  "trace.onlyStatus": { title: "Show only traces with this status", listKey: "s" },
  "trace.onlySession": { title: "Show only traces of this session" },
  "trace.onlyVersion": { title: "Show only traces of this version of the script" },
  "trace.sinceSave": { title: "Show only traces since the last save" },
  "trace.saveSearch": { title: "Save search…" },
  "trace.hidePath": { title: "Hide traces with this path", listKey: "h" },
  "trace.all": { title: "Show all traces", listKey: "a" },
  "trace.pause": { title: "Pause or resume the trace list" },
  "trace.columnLeft": { title: "Move column of the trace list left" },
  "trace.columnRight": { title: "Move column of the trace list right" },
  "trace.columns": { title: "Reset columns of the trace list" },
  "trace.clear": { title: "Clear traces" },
  "request.pasteCurl": { title: "Paste cURL command…" },
  "view.goTo": { title: "Open link…" },
  "view.traces": { title: "Show traces" },
  "view.compare": { title: "Show comparison" },
  "tour.start": { title: "Explain what just happened" },
  "doctor.show": { title: "Show doctor findings" },
  "doctor.problems": { title: "Show problems in all scripts…" },
  "doctor.index": { title: "Show all doctor rules…" },
  "response.save": { title: "Save response body as a file…" },
  "response.rendered": { title: "Show response as a page" },
  "response.source": { title: "Show response source" },
  "response.headers": { title: "Show response headers" },
  "preview.again": { title: "Reload recorded page" },
  "preview.enter": { title: "Move focus into the preview" },
  "bytes.find": { title: "Find in bytes" },
  "bytes.next": { title: "Go to next match in bytes" },
  "bytes.previous": { title: "Go to previous match in bytes" },
  "bytes.readAs": { title: "Read bytes as another charset…" },
  "bytes.copyText": { title: "Copy bytes as text" },
  "bytes.copyHex": { title: "Copy bytes as hex" },
  "bytes.copyBase64": { title: "Copy bytes as base64" },
  "bytes.save": { title: "Save bytes as a file…" },
  "bytes.findInFiles": { title: "Find these bytes in files" },
  "bytes.text": { title: "Show bytes as text" },
  "bytes.hex": { title: "Show bytes as hex" },
  "bytes.both": { title: "Show bytes as text and hex" },
  "encoding.follow": { title: "Follow a character" },
  "encoding.lab": { title: "Open encoding lab" },
  "latency.scope": { title: "Toggle latency of one script / all" },
  "latency.phases": { title: "Toggle latency phases / total" },
  "latency.reset": { title: "Reset latency zoom" },
  "script.mode": { title: "Run this script as…" },
  "script.rail": { title: "Show ways to run this script", keys: ["$mod+Alt+r"] },
  "script.figures": { title: "Show figures of this script" },
  "script.deploy": { title: "Take this script to a server…" },
  "workers.show": { title: "Show workers" },
  "workers.restart": { title: "Restart workers of this script" },
  "workers.ask": { title: "Check external FastCGI applications" },
  "server.start": { title: "Start server" },
  "server.stop": { title: "Stop server" },
  "server.copy": { title: "Copy server address" },
  "server.open": { title: "Open server address in browser" },
  "window.copyLink": { title: "Copy link to this window" },
  "server.show": { title: "Show server" },
  "log.show": { title: "Show log" },
  "assistants.connect": { title: "Connect an assistant…" },
  "commands.examples": { title: "Add examples of commands of your own" },
  "config.open": { title: "Open configuration file" },
  "view.explorer": { title: "Show or hide files", keys: ["$mod+b"] },
  "view.inspector": { title: "Show or hide inspector", keys: ["$mod+Alt+b"] },
  "view.bottom": { title: "Show or hide traces", keys: ["$mod+j"] },
  "view.graph": { title: "Open or fold the latency graph" },
  "view.nextPane": { title: "Go to next pane", keys: ["F6"] },
  "view.previousPane": { title: "Go to previous pane", keys: ["Shift+F6"] },
  "view.palette": { title: "Search files and commands…", keys: ["$mod+k", "$mod+Shift+p", "F1"] },
  "view.present": { title: "Present", keys: ["$mod+Alt+p"] },
  "view.projector": { title: "Toggle projector mode" },
  "theme.light": { title: "Use light theme" },
  "theme.dark": { title: "Use dark theme" },
  "theme.system": { title: "Use the system’s theme" },
  "settings.open": { title: "Settings…", keys: ["$mod+,"] },
  "edit.undo": { title: "Undo" },
  "edit.redo": { title: "Redo" },
  "edit.selectAll": { title: "Select all" },
  "editor.find": { title: "Find in the file" },
  "editor.replace": { title: "Replace in the file" },
  "search.files": { title: "Find in files…", keys: ["$mod+Shift+f"] },
  "search.replace": { title: "Replace in files…", keys: ["$mod+Shift+h"] },
  "editor.goToLine": { title: "Go to line…" },
  "editor.split": { title: "Split editor", keys: ["$mod+\\"] },
  "editor.join": { title: "Join editor groups" },
  "editor.otherGroup": { title: "Go to the other editor group" },
  "editor.wordWrap": { title: "Toggle word wrap" },
  "editor.larger": { title: "Increase editor font size" },
  "editor.smaller": { title: "Decrease editor font size" },
  "help.documentation": { title: "Open documentation…" },
  "help.shortcuts": { title: "Show keyboard shortcuts…" },
  "help.about": { title: "About CGI Workbench" },
} as const satisfies Readonly<Record<string, CommandText>>;

export type CommandId = keyof typeof commandTexts;

export const isCommandId = (id: string): id is CommandId => Object.hasOwn(commandTexts, id);

/** All ids, in the order of the palette. */
export const commandIds: readonly CommandId[] = Object.keys(commandTexts).filter(isCommandId);

export const commandTitle = (id: CommandId): string => commandTexts[id].title;

/** The keys of a command in one of the shells; the first one is shown. Empty if there is none. */
export function commandKeys(id: CommandId, isDesktop: boolean): readonly string[] {
  const { keys = [], desktopOnly = false }: CommandText = commandTexts[id];
  return desktopOnly && !isDesktop ? [] : keys;
}

export function yieldsKeys(id: CommandId): boolean {
  const { yieldsKeys: yields = false }: CommandText = commandTexts[id];
  return yields;
}

/** The command's single key in the list of traces; null: it has none. */
export function listKey(id: CommandId): string | null {
  const { listKey: key }: CommandText = commandTexts[id];
  return key ?? null;
}
