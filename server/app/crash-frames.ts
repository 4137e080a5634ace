// Where a program crashed, without a compiler: it runs once more with the input of its request, in gdb or lldb, and the
// calls that led to the signal are read from what that prints.
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import { isWithin } from "../base/disk.js";
import { inTemporaryFolder } from "../base/temporary-folder.js";
import type { Frame } from "../contract/compile-contract.js";
import { byteString } from "../protocol/byte-string.js";
import type { TraceRecord } from "../trace/trace-record.js";

const timeoutMs = 30_000;

interface Crash extends Pick<TraceRecord, "argv" | "cwd" | "env" | "stdin"> {
  /** Absolute, of gdb or lldb. */
  readonly path: string;
  readonly root: string;
}

/** Innermost first; none: it did not crash this time, or the debugger may not run it. */
export const crashFrames = ({ path, root, argv, cwd, env, stdin }: Crash): Promise<Frame[]> =>
  inTemporaryFolder("frames", async (own) => {
    const body = stdin?.read(0, stdin.captured) ?? new Uint8Array();
    const input = join(own, "stdin");
    await writeFile(input, body);
    const command = path.endsWith("lldb") ? lldb(input) : gdb;
    const words = (argv ?? []).map(toDisplayText);
    const variables = (env ?? []).map(({ name, value }) => [toDisplayText(name), toDisplayText(value)] as const);
    const options = {
      cwd: toDisplayText(cwd ?? byteString("")),
      env: Object.fromEntries(variables),
      timeout: timeoutMs,
    } as const;
    const output = await new Promise<string>((resolve) => {
      // What it printed is all that counts, even when it failed.
      const child = execFile(path, [...command, ...words], { ...options, killSignal: "SIGKILL" }, (_error, stdout) =>
        resolve(stdout),
      );
      child.stdin?.on("error", () => {}).end(body); // gdb's program reads what gdb gets; it may read less
    });
    return framesIn(output, root);
  });

const gdb = [
  ...["-nx", "-q", "-batch", "-ex", "set debuginfod enabled off", "-ex", "set filename-display absolute"],
  ...["-ex", "run", "-ex", "bt 50", "--args"],
];
/** Frames as gdb writes them. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: these are variables of lldb
const lldbFrame = '"#${frame.index} in {${function.name}} (){ at ${line.file.fullpath}:${line.number}}\\n"';
const lldb = (input: string): readonly string[] => [
  ...["-x", "-b", "-o", `settings set frame-format ${lldbFrame}`],
  ...["-o", `process launch -i '${input}' -o /dev/null -e /dev/null`, "-k", "bt 50", "--"],
];

/** What the program printed itself comes before the signal. */
function framesIn(output: string, root: string): Frame[] {
  const from = output.search(/^(?:Program received signal|\* thread #\d+.*stop reason =)/m);
  const lines =
    from < 0 ? [] : output.slice(from).matchAll(/^ *#\d+ +(?:0x[0-9a-f]+ )?(?:in )?(\S+) .*?(?: at (.+):(\d+))?$/gm);
  return [...lines].map(([, name = "", file, line]) => ({
    function: name,
    path: file === undefined ? null : isWithin(file, root) ? relative(root, file) : file,
    line: line === undefined ? null : Number(line),
  }));
}
