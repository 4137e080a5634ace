// Why a folder's trust cannot be changed, and what waits for it.
import { defineProblems } from "../../contract/problem.js";

export const trustMessage = defineProblems({
  "trust-changed": {
    message: "The folder’s settings have changed since you saw them. The folder is not trusted.",
    fix: "Read what it wants now, then trust it.",
  },
  "trust-not-kept": {
    message: ({ path, errno }: { readonly path: string; readonly errno: string }) =>
      `${path} cannot be written: ${errno}. What you trust has not changed.`,
    fix: "Check the permissions of this file and of the folders above it.",
  },
  /** `file`: an absolute path. */
  "trust-not-read": {
    message: ({ path }: { readonly path: string }) =>
      `${path} is damaged, or other users can write it. No folder is trusted.`,
    fix: "Remove the file, then trust your folders again.",
  },
  /** `place`: a folder that the file's `below` names. */
  "trust-below": {
    message: ({ place }: { readonly place: string; readonly path: string }) =>
      `Every folder below ${place} is trusted.`,
    fix: ({ place, path }: { readonly place: string; readonly path: string }) =>
      `To end that, remove ${place} from “below” in ${path}.`,
  },
  "trust-of-run": {
    message: "The folder is no longer trusted. This server trusts it until it stops: the command that started it does.",
    fix: "Stop the server, then open the folder with “cgi-workbench open”.",
  },
  "host-waits": {
    message: ({ host }: { readonly host: string }) =>
      `server.host is ${host}, where other machines can run the scripts. The server listens on this machine only.`,
    fix: ({ host }: { readonly host: string }) => `Pass --host ${host} to allow it.`,
  },
});
