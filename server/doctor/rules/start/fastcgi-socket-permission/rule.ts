// The socket file exists, and the server's user has no permission to connect to it.
import { apache, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { upstreamFailure } from "../../../evidence/upstream-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Permission denied for the FastCGI application's socket",
  summary:
    "The server's user has no write permission for the socket file, or no search permission for a folder above it.",
  explanation:
    "To connect to a socket file, the server's user needs write permission for the file and the execute bit of every folder above it. php-fpm sets both with `listen.owner` and `listen.mode`; other applications use a umask. Check the socket with `ls -l`.",
  logged: [
    unproved(nginx.says("connect() to unix:S failed (13: Permission denied) while connecting to upstream", 502)),
    unproved(apache.says("AH02454: FCGI: attempt to connect to Unix domain socket S failed", 503)),
  ],
  on: "failures",
  check: (facts) => {
    const errno = upstreamFailure(facts, "EACCES", "EPERM");
    if (errno === null) return null;
    return { detail: facts.cause?.text ?? rule.summary, evidence: [{ kind: "errno", errno }] };
  },
};
