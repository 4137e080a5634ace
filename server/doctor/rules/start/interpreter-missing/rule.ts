// The program after #! does not exist, or env does not find it.
import { sh, startFailedLogged, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { variableOf } from "../../../evidence/client-values.js";
import { startedFile } from "../../../evidence/process.js";
import { envDetail, fileEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The interpreter of the script does not exist",
  summary: "The first line names an interpreter that is not installed at that path.",
  explanation:
    "The first line of a script, `#!` and a path, names the program that runs it: its interpreter. No file exists at this path. Either the interpreter is not installed, or it has another path: `/usr/local/bin/python3` on one machine is `/usr/bin/python3` on another.\n\nServers log “No such file or directory” with the name of the script. The script exists; the missing file is the interpreter. Correct the path, or write `#!/usr/bin/env python3`: `env` searches the `PATH` that the server sets, which may be shorter than the `PATH` of your login.",
  reference: "RFC 3875 §3.4",
  logged: [
    ...startFailedLogged("ENOENT"),
    unproved(sh.says("/usr/bin/env: ‘python9’: No such file or directory", null)),
  ],
  fixes: ["set-shebang"],
  on: "failures",
  check: (facts) => {
    const { file, process } = facts;
    const shebang = file?.shebang;
    if (!file || !shebang || shebang.carriageReturn || shebang.found !== null) return null;
    const refused = refusedStart(facts);
    if (refused?.errno === "ENOENT" && shebang.state === "missing")
      return {
        title: `The interpreter ${shebang.program} does not exist`,
        detail: `The script's first line names \`${shebang.program}\`, and no such file exists. Correct the path, or write \`#!/usr/bin/env NAME\` to search NAME on the \`PATH\`.`,
        line: 1,
        evidence: [refused.evidence, { kind: "mode", path: shebang.program, mode: null }, fileEvidence(file, 1)],
      };
    if (process?.exitCode !== 127 || shebang.searchedFor === null) return null;
    if (shebang.envArgument !== null) {
      if (facts.argv?.[0] !== startedFile(facts)) return null; // an interpreter read the script
      return {
        title: `env finds no program named “${shebang.envArgument}”`,
        detail: envDetail(shebang.envArgument),
        line: 1,
        evidence: [fileEvidence(file, 1)],
      };
    }
    const path = variableOf(facts, "PATH");
    return {
      title: `${shebang.searchedFor} is not on the PATH that scripts get`,
      detail: `The script's first line makes \`env\` search for \`${shebang.searchedFor}\`, and no folder of the \`PATH\` contains it. Install it, or write its full path after \`#!\`.`,
      line: 1,
      evidence: [{ kind: "variable", name: "PATH", value: path }, fileEvidence(file, 1)],
    };
  },
};
