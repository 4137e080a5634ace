// Why the window itself cannot do something. The server's problems come with their own words.
import { defineProblems } from "../../server/contract/problem.js";

export const windowMessage = defineProblems({
  "no-connection": {
    message: "There is no connection to the server.",
    fix: "The window reconnects automatically.",
  },
  "not-saved": {
    code: "no-connection",
    message: "Not saved: there is no connection to the server.",
    fix: "Your edits are kept. Save again when the connection is back.",
  },
  "unsaved-edits": {
    message: ({ path }: { readonly path: string }) => `The fix changes ${path}, which has unsaved edits.`,
    fix: "Save that file, then apply the fix.",
  },
  "fix-outdated": {
    code: "changed",
    message: ({ path }: { readonly path: string }) => `${path} has changed meanwhile.`,
    fix: "Apply the fix again if it is still right.",
  },
  cancelled: { message: "Opening was cancelled." },
  gone: { message: "This file no longer exists." },
  "bad-status": {
    message: ({ status }: { readonly status: string }) => `“${status}” is not a valid status of a response.`,
    fix: "Write a number from 200 to 599 at Status, such as 404 Not Found.",
  },
  "bad-variable-name": {
    message: ({ name }: { readonly name: string }) => `“${name}” is not a valid name of a variable: it has “=” in it.`,
    fix: "Write what comes after “=” as its value.",
  },
  "bad-header-name": {
    message: ({ name }: { readonly name: string }) => `“${name}” is not a valid name of a header.`,
    fix: "Write letters, digits and “-”, without spaces and without the colon.",
  },
  "bad-header-value": {
    message: ({ name }: { readonly name: string }) => `The value of ${name} has a line end or a NUL in it.`,
    fix: "Remove \\r, \\n and \\0 from it.",
  },
  "nul-byte": { message: "No variable and no argument can have a NUL in it.", fix: "Remove \\0 from it." },
  "no-bytes": { message: "There are no bytes to send." },
  /** `what`: a sentence that names the file. */
  "no-file": { message: ({ what }: { readonly what: string }) => what },
  "no-password": {
    message: "The password is not stored: it was lost when the page was reloaded or another folder was opened.",
    fix: "Type it again under “Sign-in”.",
  },
  "raw-too-large": {
    code: "too-large",
    message: ({ maxBytes }: { readonly maxBytes: number }) =>
      `“Raw” shows requests with bodies of up to ${maxBytes >> 10} KiB.`,
    fix: "Send this request from the fields, or make its body smaller.",
  },
  "body-too-large": {
    code: "too-large",
    message: ({ maxBytes }: { readonly maxBytes: number }) =>
      `The composer sends bodies of up to ${maxBytes >> 20} MiB.`,
    fix: "Send larger ones with curl or cgi-workbench request.",
  },
});
