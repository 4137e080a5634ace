// An execute bit is set, and the start failed with EACCES all the same.
import { apache, lighttpd, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { modeEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The server has no permission to execute the script",
  summary: "The execute bit is set, but the system refuses: the bit is for other users, or the file system forbids it.",
  explanation:
    "The script has an execute bit, but not for the user that the server runs as; or the file system is mounted with `noexec`; or a security module forbids it. Compare the owner and mode of the file with the server's user. `chmod 755` allows every user to execute it.",
  reference: "RFC 3875 §3.4",
  logged: [
    unproved(apache.logs("execFailed", 500, { N: "13", TEXT: "Permission denied" })),
    unproved(lighttpd.logs("execFailed", 500, { TEXT: "Permission denied" })),
  ],
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "EACCES") return null;
    const { mode, shebang, folders, path } = refused.file;
    if (
      mode === null ||
      (mode & 0o111) === 0 ||
      shebang?.state === "not-executable" ||
      shebang?.closedFolder ||
      folders.some(({ searchable }) => !searchable)
    )
      return null;
    const evidence = [refused.evidence, modeEvidence(refused.file)];
    // POSIX, file access permissions: of the three classes one alone is asked
    if (refused.file.uid === process.geteuid?.() && (mode & 0o100) === 0)
      return {
        detail: `${path} has an execute bit for others, and none for its owner, as whom the server runs. Of the owner only the owner's bits are asked: \`chmod u+x\`.`,
        fixes: ["make-executable"],
        evidence,
      };
    return {
      detail: `${path} has an execute bit, but the system refused to start it: the bit is not set for this server's user, or the file system is mounted with \`noexec\`.`,
      evidence,
    };
  },
};
