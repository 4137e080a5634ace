// The program of a capsule. Coreutils alone: mktemp, mkfifo, base64, cat, od, comm, head, tr, wc, sleep, rm, env.

interface CapsuleShell {
  /** Comments, the first line included. */
  readonly head: readonly string[];
  /** Words of a shell. */
  readonly start: {
    readonly cwd: string;
    /** Null: the script has no file of its own. */
    readonly file: string | null;
    readonly program: string;
    readonly variables: readonly string[];
    /** What follows the program. */
    readonly words: readonly string[];
  };
  /** Lines of base64. Null: it had none. */
  readonly stdin: string | null;
  readonly stdout: string;
  /** How long stdout was, if only its beginning was kept; null: this is all. */
  readonly wholeBytes: number | null;
  /** Null: it is not known. */
  readonly code: number | null;
  /** A clause: why the outputs cannot be compared. */
  readonly incomparable: string | null;
}

/** The lines that hold the bytes begin and end with these: `read-capsule.ts` looks for them. */
export const partBegin = (part: "stdin" | "stdout"): string =>
  `base64 -d >"$work/${part}" <<'END-OF-${part}' || cannot`;
export const partEnd = (part: "stdin" | "stdout"): string => `END-OF-${part}`;

export function capsuleShell({ head, start, stdin, stdout, wholeBytes, code, incomparable }: CapsuleShell): string {
  const { cwd, file, program, variables, words } = start;
  // env would take a program with "=" in its path for one more variable.
  const through = program.includes("=") ? [`/bin/sh -c 'exec "$0" "$@"'`] : [];
  const command = ["env -i --", ...variables, ...through, '"$program"', ...words].join(" \\\n  ");
  const parts = [
    head.join("\n"),
    prologue,
    ...(stdin === null ? [] : [`${partBegin("stdin")}\n${stdin}${partEnd("stdin")}`]),
    `${partBegin("stdout")}\n${stdout}${partEnd("stdout")}`,
    checks(cwd, file, program),
    `start() {\n  ${command}\n}`,
    stdin === null ? runWithout : runWith,
    waitForOutput,
    ...(wholeBytes === null ? [] : [cutOutput]),
    `expected_code=${code ?? "$code"}\nexpected_bytes=${wholeBytes ?? ""}\nincomparable='${incomparable ?? ""}'`,
    epilogue,
  ];
  return `${parts.join("\n\n")}\n`;
}

const prologue = `set -u
PATH=/usr/local/bin:/usr/bin:/bin LC_ALL=C
export PATH LC_ALL
cannot() {
  printf 'Cannot run: %s\\n' "\${1-a program is missing, or there is no space for temporary files}" >&2
  exit 2
}
case "\${1-}" in
'' | --run) ;;
*) cannot "the only option is --run" ;;
esac
work=$(mktemp -d) && work=$(cd -- "$work" && pwd) || cannot
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM`;

const checks = (cwd: string, file: string | null, program: string): string =>
  [
    // Not `-`, which is the folder before.
    `cd -- ${cwd === "-" ? "./-" : cwd} || cannot "its folder is missing"`,
    // By its path; a name without a slash is looked for.
    `program=$(command -v -- ${program}) && [ -x "$program" ] ||\n  cannot "the program is missing, or is not executable: "${program}`,
    ...(file === null || file === program ? [] : [`[ -e ${file} ] || cannot "the script is missing: "${file}`]),
  ].join("\n");

/** Through pipes, as the gateway reads them: a process that outlives the script holds nothing of ours. */
const outputPipes = `mkfifo "$work/pipe" "$work/errors" || cannot
cat "$work/pipe" >"$work/found" &
reader=$!
cat "$work/errors" >&2 &
teller=$!`;
const runWithout = `${outputPipes}
start </dev/null >"$work/pipe" 2>"$work/errors"
code=$?`;
const runWith = `${outputPipes}
cat "$work/stdin" | start >"$work/pipe" 2>"$work/errors"
code=$?`;

/**
 * As long as the gateway waits for processes that hold stdout after the script's end. SIGTERM is not for a subshell
 * that has just started: bash would run this shell's own traps in it. The subshell starts no process which would
 * outlive it, and what bash says of the killed ones goes nowhere.
 */
const waitForOutput = `mkfifo "$work/time" || cannot
sleep 2 </dev/null >"$work/time" 2>/dev/null &
timer=$!
(
  read -r _ <"$work/time"
  kill "$reader" "$teller"
) </dev/null >/dev/null 2>&1 &
watcher=$!
{
  wait "$reader" "$teller"
  kill -KILL "$watcher" "$timer"
  wait "$watcher" "$timer"
} 2>/dev/null
if [ "\${1-}" = --run ]; then
  cat "$work/found"
  exit "$code"
fi`;

const cutOutput = `# Only the beginning of stdout was kept, and its length.
whole_bytes=$(($(wc -c <"$work/found")))
head -c "$(($(wc -c <"$work/stdout")))" "$work/found" >"$work/part" && mv "$work/part" "$work/found" || cannot`;

const epilogue = `# The byte of a file at an offset, as two hexadecimal digits.
byte_at() {
  byte=$(od -A n -v -t x1 -j "$2" -N 1 "$1" 2>/dev/null | tr -d ' \\n')
  printf %s "\${byte:-the end}"
}
verdict=0
od -A x -v -t x1 "$work/stdout" >"$work/a" && od -A x -v -t x1 "$work/found" >"$work/b" || cannot
row=$(comm -3 "$work/a" "$work/b" 2>/dev/null | head -n 1)
if [ -n "$row" ]; then
  # The row begins with the offset of its first byte.
  # shellcheck disable=SC2086
  set -- $row
  at=$((0x$1))
  there=$(od -A n -v -t x1 -j "$at" -N 16 "$work/found" 2>/dev/null)
  for byte in $(od -A n -v -t x1 -j "$at" -N 16 "$work/stdout" 2>/dev/null); do
    # shellcheck disable=SC2086
    set -- $there
    [ "$byte" = "\${1-}" ] || break
    shift
    there=$*
    at=$((at + 1))
  done
  verdict=1
  printf 'stdout differs at byte %s: expected %s, found %s. It has %s bytes, expected %s.\\n' "$at" \\
    "$(byte_at "$work/stdout" "$at")" "$(byte_at "$work/found" "$at")" \\
    "$(($(wc -c <"$work/found")))" "$(($(wc -c <"$work/stdout")))"
fi
if [ "$verdict" -eq 0 ] && [ -n "$expected_bytes" ] && [ "$whole_bytes" -ne "$expected_bytes" ]; then
  verdict=1
  printf 'stdout has %s bytes, expected %s.\\n' "$whole_bytes" "$expected_bytes"
fi
if [ "$code" -ne "$expected_code" ]; then
  verdict=1
  printf 'The exit code is %s, expected %s.\\n' "$code" "$expected_code"
fi
if [ -n "$incomparable" ]; then
  printf 'Not comparable: %s.\\n' "$incomparable"
  exit 2
fi
if [ "$verdict" -eq 0 ]; then
  printf 'The same: %s bytes of stdout, exit code %s.\\n' "$(($(wc -c <"$work/found")))" "$code"
fi
exit "$verdict"`;
