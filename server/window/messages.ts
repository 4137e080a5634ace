// What the log says of the window in a browser.
import { defineProblems } from "../contract/problem.js";

export const linkMessage = defineProblems({
  "links-not-served": {
    message: ({ systemText }: { readonly systemText: string }) =>
      `This server cannot make the socket for “cgi-workbench link”: ${systemText}.`,
    fix: "Set XDG_RUNTIME_DIR to a private folder with a short path. “Copy link to this window” works all the same.",
  },
});
