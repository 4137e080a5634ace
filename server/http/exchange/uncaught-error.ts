// Whether an error that nothing caught ended a script, by what interpreters and runtimes print on stderr then.
import { fromBytes } from "../../protocol/byte-string.js";
import type { TraceRecord } from "../../trace/trace-record.js";

const tailBytes = 16 << 10;

const uncaught = new RegExp(
  [
    /^Traceback \(most recent call last\):/, // Python
    /^\S+:\d+:in .*\([A-Z][\w:]*\)$/, // Ruby
    /^ {4}(?:at .*[:(<]|while executing$|invoked from within$)/, // JavaScript, Tcl
    /^(?:\S*\/)?lua(?:jit)?[\d.]*: /,
    /^error: called from$/, // Octave
    /^goroutine \d+ \[|^thread '.*' .*panicked at |^Exception in thread /, // Go, Rust, Java
    /: (?:parameter not set|unbound variable|[Ss]yntax error\b.*|[Bb]ad substitution)$/, // a shell
  ]
    .map(({ source }) => source)
    .join("|"),
  "m",
);

/** The last line of Perl's `die`, which ends with an error's number; 1 is that of `exit 1` behind `warn`. */
const died = / at \S+ line \d+\.$/;
const warned = /^Use of uninitialized value /;

export function saysUncaught(stderr: TraceRecord["stderr"], exitCode: number): boolean {
  if (stderr === null || stderr.captured === 0) return false;
  const tail = fromBytes(stderr.read(Math.max(0, stderr.captured - tailBytes), tailBytes)).trimEnd();
  const last = tail.slice(tail.lastIndexOf("\n") + 1);
  return uncaught.test(tail) || (exitCode !== 1 && died.test(last) && !warned.test(last));
}
