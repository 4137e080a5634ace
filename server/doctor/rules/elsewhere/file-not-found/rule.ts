// No file exists at the path of the request.
import { routeMessage } from "../../../../routing/messages.js";
import type { InlineRule } from "../../../base/rule.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "File not found",
  summary: "The path of the request leads to no file in this folder.",
  explanation:
    "No file in the document root has this path. One letter in the wrong case is enough, and so is a folder outside the document root. For a missing script Apache logs AH02811, and fcgiwrap responds 403.",
  reference: "RFC 3875 §3.2",
  logged: [
    {
      server: "Apache",
      message: "AH02811: stderr from S: script not found or unable to stat",
      response: "404 Not Found",
    },
    { server: "lighttpd", message: null, response: "404 Not Found" },
    { server: "nginx", message: null, response: "403 Forbidden" },
  ],
  when: "inline",
  about: "no-script",
  check: ({ cause, request }) => {
    if (!cause || !routeMessage.is(cause, "not-found", "broken-link")) return null;
    // Browsers request these on their own.
    if (/^\/(?:favicon\.ico|robots\.txt|apple-touch-icon|\.well-known\/)/.test(request.target)) return null;
    return { detail: `${cause.text}.` };
  },
};
