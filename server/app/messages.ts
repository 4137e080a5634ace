// Why the workbench cannot do what it was asked to: no folder, no server, no trace.
import { defineProblems } from "../base/problem.js";

export const appMessage = defineProblems({
  "no-folder": { message: "No folder is open.", fix: "Open a folder first." },
  "not-serving": { message: "The script server is stopped.", fix: "Start it, then send again." },
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
    }) => `What windows remember cannot be ${what}: ${path}, ${errno}.`,
    fix: "Check the file's permissions and the room on its disk.",
  },
  "window-memory-full": {
    message: ({ maxMiB }: { readonly maxMiB: number }) =>
      `The server keeps at most ${maxMiB} MiB of what windows remember.`,
    fix: "Save your files: unsaved edits take the most room.",
  },
});
