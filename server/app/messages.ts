// Why the workbench cannot do what it was asked to: no folder, no server, no trace. And what its log says.
import { maxTraces } from "../contract/limits.js";
import { defineProblems } from "../contract/problem.js";

export const appMessage = defineProblems({
  "folder-left": {
    message: ({ root }: { readonly root: string }) => `${root} is no longer open in this server.`,
    fix: "Open it again.",
  },
  "no-folder": { message: "No folder is open.", fix: "Open a folder first." },
  "not-serving": { message: "The script server is stopped.", fix: "Start it, then send again." },
  "refusal-not-kept": {
    message: ({ path, systemText }: { readonly path: string; readonly systemText: string }) =>
      `Whether assistants are refused cannot be remembered: ${path}, ${systemText}.`,
  },
  "answers-not-trusted": {
    message: ({ path }: { readonly path: string }) => `${path} is not trusted, so no recorded answers are used.`,
    fix: "Trust the folder first.",
  },
  "compile-not-trusted": {
    message: ({ path }: { readonly path: string }) =>
      `${path} is not trusted, so nothing of it is compiled or debugged.`,
    fix: "Trust the folder first.",
  },
  /** `tool`: a debugger. */
  "no-frames": {
    message: ({ tool }: { readonly tool: string }) =>
      `The program did not crash when ${tool} ran it with the same input.`,
    fix: "Send the request again: the crash may depend on the time, or on other requests.",
  },
  "no-debugger": { message: "Neither gdb nor lldb is installed.", fix: "Install one, then try again." },
  "socket-not-open": { message: "The WebSocket is not open.", fix: "Connect, then send the message again." },
  "no-request": { message: "The connection closed before the server received a request." },
  "trace-not-kept": {
    code: "not-found",
    message: (_: { readonly trace: string }) => "This trace is no longer kept.",
  },
  /** `what`: what cannot be done with the file. */
  "window-memory-file": {
    message: ({
      what,
      path,
      errno,
    }: {
      readonly what: "read" | "written";
      readonly path: string;
      readonly errno: string;
    }) => `The windows’ saved state cannot be ${what}: ${path}, ${errno}.`,
    fix: "Check the file's permissions and the free space on its disk.",
  },
  "window-memory-full": {
    message: ({ maxMiB }: { readonly maxMiB: number }) =>
      `The server keeps at most ${maxMiB} MiB of the windows’ saved state.`,
    fix: "Save your files: unsaved edits take the most room.",
  },
});

/** What the log says of the workbench itself. Problems are logged in their own words. */
export const logMessage = defineProblems({
  "server-process": {
    message: ({ pid, version }: { readonly pid: number; readonly version: string }) =>
      `The server process ${pid} of CGI Workbench ${version} has started.`,
  },
  "native-start": { message: "Scripts are started natively, by posix_spawn." },
  /** `why`: a sentence. */
  "portable-start": { message: ({ why }: { readonly why: string }) => why },
  "folder-opened": { message: ({ root }: { readonly root: string }) => `Opened ${root}.` },
  "folder-closed": { message: ({ root }: { readonly root: string }) => `Closed ${root}.` },
  "folder-shared": {
    message: "Another window has this folder open too.",
    fix: "Both windows can edit. A file that changed on disk is never overwritten without asking.",
  },
  "folder-trusted": { message: "The folder is trusted: all its settings are in force." },
  /** `settings`: their names. */
  "folder-not-trusted": {
    message: "The folder is not trusted yet: only the composer and the preview run its scripts.",
    fix: ({ settings }: { readonly settings: readonly string[] }) =>
      settings.length === 0
        ? "Trust it to serve other clients."
        : `These settings wait until you trust it: ${settings.join(", ")}.`,
  },
  "trusted-settings-changed": {
    message: "Another program changed settings of this folder that need trust. The folder is not trusted any more.",
    fix: ({ settings }: { readonly settings: readonly string[] }) =>
      `Read them, then trust it again: ${settings.join(", ")}.`,
  },
  "configuration-valid": { message: "The configuration is valid again and active." },
  "configuration-reloaded": { message: "Configuration reloaded; it applies to new requests." },
  serving: { message: ({ url }: { readonly url: string }) => `Serving at ${url}.` },
  "other-port": {
    message: ({ requested, port }: { readonly requested: number; readonly port: number | null }) =>
      `Port ${requested} is in use by another program, so the server uses port ${port}.`,
    fix: "End that program and start the server again, or choose another port.",
  },
  "port-of-other-folder": {
    message: ({ requested, port }: { readonly requested: number; readonly port: number }) =>
      `Pages of another folder may still be open at port ${requested}, so the server uses port ${port}.`,
    fix: "To have it at its own port, trust the folder.",
  },
  "open-to-others": {
    message: "Other machines can reach this server and run every script in the folder.",
    fix: 'To limit it to this machine, remove "host" from the configuration.',
  },
  "stopped-serving": { message: "Stopped serving." },
  "requests-waited": {
    message: "The limit of running scripts was reached, and requests waited.",
    fix: "Raise limits.concurrency in cgi-workbench.json to run more scripts at once.",
  },
  "previews-not-kept": {
    message: ({ path, errno }: { readonly path: string; readonly errno: string }) =>
      `The record of previewed folders cannot be written: ${path}, ${errno}.`,
    fix: "Check the file's permissions and the free space on its disk. Until then, delete cookies yourself between folders.",
  },
  interpreter: {
    message: ({ name, path, version }: { readonly name: string; readonly path: string; readonly version: string }) =>
      `${name} is ${path}, version ${version}.`,
  },
  "traces-evicted": {
    message: "New traces replace the oldest ones.",
    fix: `The newest ${maxTraces} traces are kept, within limits.memoryBytes of the configuration.`,
  },
  "not-every-request-checked": {
    message: "The doctor could not check every request under load. It checks each request that you select.",
  },
  /** `request`: method and path. `why`: a sentence. */
  "request-not-run": {
    message: ({ request, why }: { readonly request: string; readonly why: string | null }) =>
      `${request}: ${why ?? "it could not run."}`,
  },
});
