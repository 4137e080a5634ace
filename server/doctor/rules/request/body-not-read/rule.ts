// The script exited before it read the whole request body.

import { firstValue } from "../../../../protocol/header-values.js";
import { fastcgiNote } from "../../../../runners/fastcgi/messages.js";
import { apache, fcgiwrap, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { isBodyTyped } from "../../../evidence/late-body.js";

const pipeBytes = 65_536;

export const rule: InlineRule = {
  severity: "hint",
  title: "The script did not read the whole request body",
  summary: "The script responded before it had read everything. Some servers then reset the connection.",
  explanation:
    "The script exited, or closed its input, while part of the request body had not arrived yet. That is allowed. But some servers do not read the rest themselves, and a browser that is still sending may then see a broken connection instead of the response. If the script needs the data, read `CONTENT_LENGTH` bytes.",
  reference: "RFC 3875 §4.2",
  logged: [
    apache.says("AH02651: Error writing request body to script S", 200),
    lighttpd.silent(200),
    fcgiwrap.says("An error occurred while reading the request", 502),
    unproved(nginx.says("writev() failed (32: Broken pipe) while sending request to upstream", null)),
  ],
  check: ({ request, stdin, outcome, fastcgi, held }) => {
    if (outcome !== "ok" || !stdin || isBodyTyped({ held })) return null;
    // An agent takes the body in the script's stead, and reports what the script left.
    const left = fastcgi?.notes.find((note) => fastcgiNote.is(note, "body-unread"));
    if (left)
      return {
        detail: `The script ended without ${String(left.data?.["bytes"])} bytes of its body.`,
        stream: "stdin",
        range: [Math.max(0, stdin.bytes - 1), stdin.bytes],
      };
    // The server does not read what the client sends after the script has exited, so the announced length counts.
    const announced = Number(firstValue(request.headers, "content-length") ?? request.body.bytes);
    // A smaller body fits into the pipe: whether it got there before the script had ended is chance.
    if (stdin.bytes >= announced || announced <= pipeBytes) return null;
    return {
      detail: `The script was given ${stdin.bytes} of ${announced} bytes before it exited.`,
      stream: "stdin",
      range: [Math.max(0, stdin.bytes - 1), stdin.bytes],
    };
  },
};
