// A compiled program for another operating system or processor.
import { startFailedLogged } from "../../../engine/logged.js";
import type { DeferredRule } from "../../../engine/rule.js";
import { fileEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The program was built for another system",
  summary: "The file is a compiled program in a format that this system cannot start.",
  explanation:
    "The file is a compiled program, but for another operating system or another processor: built on a Mac and copied to Linux, or built for ARM and run on x86. Compile it on the machine that runs it, or for that machine.",
  reference: "RFC 3875 §3.4",
  logged: startFailedLogged("ENOEXEC"),
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (refused?.errno !== "ENOEXEC" || refused.file.program === null) return null;
    const { format, machine } = refused.file.program;
    const what = {
      elf: `a Linux program for processor type ${machine}`,
      "mach-o": "a macOS program",
      pe: "a Windows program",
    }[format];
    return {
      detail: `The file is ${what}, and this system cannot start it. Compile it for this machine.`,
      evidence: [refused.evidence, fileEvidence(refused.file, null)],
    };
  },
};
