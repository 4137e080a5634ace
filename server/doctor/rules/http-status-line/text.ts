// What the rule http-status-line says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "head",
  severity: "error",
  title: "The first line is an HTTP status line, not CGI",
  summary: 'A CGI script says "Status: 404 Not Found"; "HTTP/1.1 404 Not Found" is for scripts that speak to the client directly.',
  explanation:
    'A server answers a browser with a status line such as "HTTP/1.1 404 Not Found". A CGI script does not speak to the browser: it tells the server its wish in a field, "Status: 404 Not Found", and the server writes the status line. Only a script whose name begins with nph- ("no parsed headers") writes it itself.',
  reference: "RFC 3875 §6.3.3",
  logged: [
    { server: "Apache", message: "malformed header from script 'S': Bad header: HTTP/1.1 404 Nope", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: null, answers: "404 Not Found, the status that the script said" },
    { server: "nginx", message: null, answers: "200 OK: the line is ignored" },
  ],
  fixes: ["use-status-field"],
};
