// A compiled program for another operating system or processor.
import { startFailedLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { fileEvidence, refusedStart } from "../../../evidence/start-failure.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The program was built for another system",
  summary:
    "The file is a compiled program in a format that this system cannot start, or its loader does not exist here.",
  explanation:
    "The file is a compiled program, but for another operating system or another processor: built on a Mac and copied to Linux, or built for ARM and run on x86. Compile it on the machine that runs it, or for that machine.",
  reference: "RFC 3875 §3.4",
  logged: startFailedLogged("ENOEXEC"),
  on: "failures",
  check: (facts) => {
    const refused = refusedStart(facts);
    if (!refused || refused.file.program === null) return null;
    const evidence = [refused.evidence, fileEvidence(refused.file, null)];
    if (refused.errno === "ENOENT" && refused.file.program.format === "elf")
      return {
        detail:
          "The program's loader (`PT_INTERP`) does not exist; it was built for another system, or its 32-bit libraries are missing.",
        evidence,
      };
    if (refused.errno !== "ENOEXEC") return null;
    const { format, machine } = refused.file.program;
    const what = {
      elf: `a Linux program for processor type ${machine}`,
      "mach-o": "a macOS program",
      pe: "a Windows program",
    }[format];
    return {
      detail: `The file is ${what}, and this system cannot start it. Compile it for this machine.`,
      evidence,
    };
  },
};
