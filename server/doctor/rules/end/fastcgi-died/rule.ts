// The application closed the connection before END_REQUEST.

import { fastcgiNote } from "../../../../runners/fastcgi/messages.js";
import { apache, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { recordLocation, upstreamFailure } from "../../../evidence/fastcgi-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The FastCGI application ended in the middle of the request",
  summary: "The application closed the connection before its response was complete. It probably crashed.",
  explanation:
    "A FastCGI application ends each response with a record that marks it as complete. This application closed the connection before that: it crashed, was restarted, or reached a limit. Its own log has the reason. Another cause is a variable longer than 65,535 bytes, which must be split across records: `php-cgi` closes the connection then.",
  reference: "FastCGI §5.5",
  logged: [
    unproved(nginx.says("upstream prematurely closed connection while reading response header from upstream", 502)),
    unproved(nginx.says("upstream prematurely closed FastCGI request", 502)),
    unproved(apache.says("AH01067: Failed to read FastCGI header", 503)),
    unproved(lighttpd.says("unexpected end-of-file (perhaps the fastcgi process died)", 502)),
  ],
  on: "failures",
  check: (facts) => {
    const failure = upstreamFailure(facts, "died", "EPIPE");
    if (failure === null) return null;
    const earlier = (facts.fastcgi?.notes ?? []).filter((note) =>
      fastcgiNote.is(note, "kept-connection-closed", "refused-on-connection"),
    );
    return {
      detail: [
        facts.cause?.text ?? rule.summary,
        ...(earlier.length > 0 ? ["This was not the first attempt.", ...earlier.map((note) => note.text)] : []),
      ].join(" "),
      evidence: [...(failure === "died" ? [] : [{ kind: "errno" as const, errno: failure }]), ...recordLocation(facts)],
    };
  },
};
