// Rules for a script's file that the system refused to start, by the system's error: a table. The key is the rule's id.
import { basename } from "node:path";
import { apache, fcgiwrap, lighttpd, startFailedLogged, unproved } from "../../base/logged.js";
import { type CheckResult, type DeferredRule, family, type Occurrence, type RuleTexts } from "../../base/rule.js";
import {
  fileEvidence,
  isDataAmongScripts,
  modeEvidence,
  type RefusedStart,
  refusedStart,
} from "../../evidence/start-failure.js";

interface StartRule extends RuleTexts {
  /** Which error of the system it is about; not there: any. */
  readonly errno?: string;
  /** The particulars, whose evidence follows the system's error; null: another rule explains it. */
  readonly refused: (start: RefusedStart) => Occurrence | null;
}

const startRules: Readonly<Record<string, StartRule>> = {
  // The start failed with ETXTBSY: another process has the file open for writing.
  "being-written": {
    severity: "error",
    title: "The script file is still open for writing",
    summary: "Another program has the file open for writing, so the system does not start it (“Text file busy”).",
    explanation:
      "A compiler, an editor or a copy in progress still has the file open. Linux does not start a program while another process can change it. Wait until the file is written, then send the request again. If the error stays, find the writer with `fuser FILE` or `lsof FILE`.",
    logged: [apache.logs("stderr", 500, { TEXT: "(26)Text file busy: exec of 'S' failed" })],
    errno: "ETXTBSY",
    refused: ({ file }) => ({
      detail: `Another program has ${file.path} open for writing, so the system does not start it.`,
    }),
  },
  // Three invisible bytes come before #!, so the kernel does not recognize it.
  "byte-order-mark": {
    severity: "error",
    title: "A byte order mark comes before #!",
    summary:
      "The file begins with the bytes `ef bb bf`, an invisible mark that some editors write at the start of UTF-8 text.",
    explanation:
      "Some editors, mostly on Windows, begin a UTF-8 file with three invisible bytes: the byte order mark (BOM). The system looks for `#!` at the very first byte and finds `ef bb bf` instead, so it does not know how to run the file (“Exec format error”). Save the file as “UTF-8 without BOM”.",
    reference: "RFC 3875 §3.4",
    logged: startFailedLogged("ENOEXEC"),
    fixes: ["remove-byte-order-mark"],
    errno: "ENOEXEC",
    refused: ({ file }) =>
      file.source.startsWith("\xef\xbb\xbf")
        ? {
            detail:
              "The file begins with `ef bb bf`, so the system does not find `#!` at the first byte. Save the file as UTF-8 without BOM.",
            line: 1,
            evidence: [fileEvidence(file, 1)],
          }
        : null,
  },
  // A picture, a style sheet or other data where every file is run.
  "data-among-scripts": {
    severity: "error",
    title: "The server tried to run a file that is no script",
    summary: "Every file in a folder for scripts is run, and this one holds data.",
    explanation:
      "In `cgi-bin`, and in any folder that a server takes for a folder of scripts, a request runs the file, whatever it holds. A picture, a style sheet or a page there is never sent: the system refuses to start it. An execute bit does not help. Move the file to a folder of ordinary files, and change the address in the pages that use it.",
    reference: "RFC 3875 §3.4",
    logged: startFailedLogged("EACCES", fcgiwrap.silent(403)),
    refused: (start) =>
      isDataAmongScripts(start)
        ? {
            detail: `${basename(start.file.path)} is no program and no script, and everything in its folder is run. Keep it in another folder.`,
            evidence: [modeEvidence(start.file)],
          }
        : null,
  },
  // The file after #! exists and is not an executable program.
  "interpreter-not-executable": {
    severity: "error",
    title: "The interpreter of the script is not executable",
    summary: "The first line names a folder, or a file that is not an executable program.",
    explanation:
      "The first line of a script names its interpreter. Something exists at that path, but the system cannot run it: it is a folder, a file without the execute bit, or a file in a folder that you have no permission to search. The script's own permissions may be correct. Check the interpreter with `ls -l`.",
    reference: "RFC 3875 §3.4",
    logged: startFailedLogged("EACCES"),
    fixes: ["set-shebang"],
    errno: "EACCES",
    refused: ({ file }) => {
      const { shebang, mode } = file;
      if (!shebang || (shebang.state !== "not-executable" && shebang.closedFolder === null)) return null;
      if (((mode ?? 0) & 0o111) === 0) return null;
      const { program, closedFolder } = shebang;
      if (closedFolder !== null)
        return {
          title: `The server may not search ${closedFolder.path}, the folder of the interpreter`,
          detail: `The script's first line names \`${program}\`. To reach it, this server's user needs the execute bit of every folder above it, and that of \`${closedFolder.path}\` is missing. Install the interpreter where every user may run it, or set the bit: \`chmod o+x ${closedFolder.path}\`.`,
          line: 1,
          fixes: [],
          evidence: [modeEvidence(closedFolder), fileEvidence(file, 1)],
        };
      return {
        title: `The interpreter ${program} is not executable`,
        detail: `The script's first line names \`${program}\`. It exists, but this server cannot run it.`,
        line: 1,
        evidence: [fileEvidence(file, 1)],
      };
    },
  },
  // The file is neither a binary program nor a script with a shebang.
  "no-shebang": {
    severity: "error",
    title: "The script does not name its interpreter",
    summary: "The file has no first line such as `#!/usr/bin/env python3` and is not a compiled program.",
    explanation:
      "A server asks the system to start the file. The system can start two kinds of files: compiled programs, and text whose first two bytes are `#!`, followed by the path of the interpreter (the “shebang” line). This file is neither (“Exec format error”). A blank line or a space before `#!` is enough to hide it.\n\nIn a terminal the same script may run, because a shell runs a file as a shell script when the system refuses it. Servers do not.",
    reference: "RFC 3875 §3.4",
    logged: startFailedLogged("ENOEXEC"),
    fixes: ["set-shebang"],
    errno: "ENOEXEC",
    refused: (start) => {
      const { source, shebang, program } = start.file;
      if (shebang !== null || program !== null || source.startsWith("\xef\xbb\xbf")) return null;
      if (isDataAmongScripts(start)) return null;
      const hidden = /^\s+#!/.test(source)
        ? " It contains `#!` further down, but these must be its first two bytes."
        : "";
      return {
        detail: `The file is not a compiled program and does not begin with \`#!\` and an interpreter.${hidden} Add a first line such as \`#!/usr/bin/env python3\`.`,
        line: 1,
        evidence: [fileEvidence(start.file, 1)],
      };
    },
  },
  // No execute bit is set.
  "not-executable": {
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
    errno: "EACCES",
    refused: (start) => {
      const { path, mode } = start.file;
      if (mode === null || (mode & 0o111) !== 0 || isDataAmongScripts(start)) return null;
      return {
        detail: `${path} has no execute bit. Set it: \`chmod +x ${path}\``,
        evidence: [modeEvidence(start.file)],
      };
    },
  },
  // An execute bit is set, and the start failed with EACCES all the same.
  "not-permitted": {
    severity: "error",
    title: "The server has no permission to execute the script",
    summary:
      "The execute bit is set, but the system refuses: the bit is for other users, or the file system forbids it.",
    explanation:
      "The script has an execute bit, but not for the user that the server runs as; or the file system is mounted with `noexec`; or a security module forbids it. Compare the owner and mode of the file with the server's user. `chmod 755` allows every user to execute it.",
    reference: "RFC 3875 §3.4",
    logged: [
      unproved(apache.logs("execFailed", 500, { N: "13", TEXT: "Permission denied" })),
      unproved(lighttpd.logs("execFailed", 500, { TEXT: "Permission denied" })),
    ],
    errno: "EACCES",
    refused: ({ file }) => {
      const { mode, shebang, folders, path, uid } = file;
      if (mode === null || (mode & 0o111) === 0 || shebang?.state === "not-executable") return null;
      if (shebang?.closedFolder || folders.some(({ searchable }) => !searchable)) return null;
      const evidence = [modeEvidence(file)];
      // POSIX, file access permissions: of the three classes one alone is asked
      if (uid === process.geteuid?.() && (mode & 0o100) === 0)
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
  },
  // The file existed when the request was routed, and not when it was started.
  "script-missing": {
    severity: "error",
    title: "The script no longer exists",
    summary: "The file, or its folder, was removed before the server could start it.",
    explanation:
      "The script existed when the server received the request. When the system tried to start it, it was gone: deleted, renamed, or replaced by a tool that removes the old file first. Send the request again. If the error stays, find out what writes to the folder.",
    reference: "RFC 3875 §3.4",
    logged: [apache.logs("notFound", 404), lighttpd.silent(404), fcgiwrap.silent(403)],
    errno: "ENOENT",
    refused: ({ file }) =>
      file.exists
        ? null
        : {
            detail: `${file.path}, or its folder, was removed before the script was started.`,
            evidence: [modeEvidence(file)],
          },
  },
  // A compiled program for another operating system or processor.
  "wrong-architecture": {
    severity: "error",
    title: "The program was built for another system",
    summary:
      "The file is a compiled program in a format that this system cannot start, or its loader does not exist here.",
    explanation:
      "The file is a compiled program, but for another operating system or another processor: built on a Mac and copied to Linux, or built for ARM and run on x86. Compile it on the machine that runs it, or for that machine.",
    reference: "RFC 3875 §3.4",
    logged: startFailedLogged("ENOEXEC"),
    refused: ({ file, errno }) => {
      if (file.program === null) return null;
      const evidence = [fileEvidence(file, null)];
      const { format, machine } = file.program;
      if (errno === "ENOENT" && format === "elf")
        return {
          detail:
            "The program's loader (`PT_INTERP`) does not exist; it was built for another system, or its 32-bit libraries are missing.",
          evidence,
        };
      if (errno !== "ENOEXEC") return null;
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
  },
};

export const rules = family<StartRule, DeferredRule>(startRules, ({ errno, refused, ...texts }) => ({
  ...texts,
  on: "failures",
  check: (facts): CheckResult => {
    const start = refusedStart(facts);
    const found = start && (errno ?? start.errno) === start.errno ? refused(start) : null;
    return found && start && { ...found, evidence: [start.evidence, ...(found.evidence ?? [])] };
  },
}));
