// What the log says of the window in a browser.
import { defineProblems } from "../contract/problem.js";

export const linkMessage = defineProblems({
  "links-not-served": {
    message: ({ path, errno }: { readonly path: string; readonly errno: string }) =>
      `“cgi-workbench link” cannot reach this server: no socket can be made at ${path} (${errno}).`,
    fix: "Set XDG_RUNTIME_DIR to a private folder with a short path. “Copy link to this window” works all the same.",
  },
});
