// What the rule connection-field says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "hint",
  title: "The script sets a field that belongs to the server",
  summary: "Transfer-Encoding, Connection and their like are about the connection, which is the server's.",
  explanation:
    "How the bytes travel between server and browser is the server's business: whether in chunks, whether the connection stays open. A script that says Transfer-Encoding: chunked promises something it does not do itself, or chunks its output a second time, and the reader sees numbers in the page. Write the page's bytes alone; the server does the rest. This server leaves such fields out.",
  reference: "RFC 3875 §6.3.4, RFC 9110 §7.6.1",
  logged: [
    { server: "Apache", message: null, answers: "200 OK with chunks within chunks" },
    { server: "Apache", message: "AH10501: script sent Transfer-Encoding", answers: "502 Bad Gateway, in versions after 2.4", unproved: true },
    { server: "lighttpd", message: null, answers: "200 OK, decodes the chunks" },
    { server: "nginx", message: null, answers: "200 OK with chunks within chunks" },
    {
      server: "nginx",
      message: 'upstream sent "Content-Length" and "Transfer-Encoding" headers at the same time',
      answers: "502 Bad Gateway, when the script sends both",
      unproved: true,
    },
  ],
  fixes: ["remove-field"],
};
