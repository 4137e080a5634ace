// No execute bit is set.
import { apache, fcgiwrap, lighttpd, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { isDataAmongScripts, modeEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script is not executable",
  summary: "The file has no execute bit, so the system does not start it.",
  explanation:
    "On Linux and macOS each file records who can read, write and execute it. A server starts a CGI script as a program, so the script needs its execute bit. A new file, a download or a file from a Windows disk usually has none.\n\nSet it with `chmod +x` or `chmod 755`. The folders above the script need their execute bit too, as the permission to search them. If one is missing there, another finding names the folder.",
  reference: "RFC 3875 §3.4",
  logged: [
    apache.logs("execFailed", 500, { N: "13", TEXT: "Permission denied" }),
    lighttpd.logs("execFailed", 500, { TEXT: "Permission denied" }),
    unproved(apache.says("file permissions deny server execution", "403 Forbidden, on Windows")),
    fcgiwrap.logs("notExecutable", 403),
  ],
  fixes: ["make-executable"],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "EACCES" || refused.file.mode === null || (refused.file.mode & 0o111) !== 0) return null;
    if (isDataAmongScripts(refused)) return null;
    const { path } = refused.file;
    return {
      detail: `${path} has no execute bit. Set it: \`chmod +x ${path}\``,
      evidence: [refused.evidence, modeEvidence(refused.file)],
    };
  },
};
