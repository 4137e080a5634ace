// Line endings of the classic Mac OS, or a stray carriage return within a header.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { badOutput, rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Lines end in a carriage return alone",
  summary: "The lines of the headers end in CR without LF, so all of it is one line.",
  explanation:
    "A line ends in LF (`\\n`) or CRLF (`\\r\\n`). Here a carriage return is alone, as on Macs before 2001, so the server sees one endless line and no blank line. Write `\\n`. Within a value a carriage return is damage: remove Windows line endings from text before you put it into a header.",
  reference: "RFC 3875 §7.2",
  logged: [
    apache.logs("noOutput", 500),
    lighttpd.silent("200 OK with the whole output as the body, or 500 Internal Server Error"),
    nginx.logs("ended", 502),
  ],
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    if (!bad) return null;
    const alone = bad.stopped.text.indexOf("\r");
    // "…\r\r\n" is a doubled line ending, which another rule explains.
    if (alone < 0 || !/^[\w-]+:/.test(bad.stopped.text) || bad.head.startsWith("\r\r\n", bad.stopped.from + alone))
      return null;
    return {
      detail: "The line has a carriage return (`0d`) where a line feed (`0a`) is expected.",
      stream: "stdout",
      range: rangeIn(bad.stdout, bad.stopped.from + alone, bad.stopped.from + alone + 1),
    };
  },
};
