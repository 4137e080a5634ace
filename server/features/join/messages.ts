// What the log says of commands that join a running server.
import { defineProblems } from "../../contract/problem.js";

export const joinMessage = defineProblems({
  "server-not-joined": {
    message: ({ systemText }: { readonly systemText: string }) =>
      `“cgi-workbench link”, “mcp” and “dap” cannot join this server, since its socket cannot be made: ${systemText}.`,
    fix: "Set XDG_RUNTIME_DIR to a private folder with a short path. “Copy link to this window” works all the same.",
  },
});
