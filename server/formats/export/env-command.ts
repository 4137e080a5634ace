// A script's start as a command line for a shell: the same folder, environment, arguments and stdin, and nothing else.
// What it prints is what the script said to the gateway.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { shellWord } from "./shell-word.js";
import { pipeOf } from "./stdin-source.js";

export interface RecordedStart {
  readonly argv: readonly ByteString[];
  readonly cwd: ByteString;
  readonly env: readonly (readonly [ByteString, ByteString])[];
  /** Null: it had none. */
  readonly stdin: ByteString | null;
}

export function envCommand({ argv, cwd, env, stdin }: RecordedStart): string {
  const variables = env.map(([name, value]) => assignment(name, value));
  const [program = byteString("")] = argv;
  // env would take a program with "=" in its path for one more variable.
  const start = program.includes("=") ? [`/bin/sh -c 'exec "$0" "$@"'`] : [];
  const command = [...start, ...argv.map(shellWord)].join(" ");
  // A name that begins with "-" would be an option of env, and --split-string a command of its own.
  const envWord = env.some(([name]) => name.startsWith("-")) ? "env -i --" : "env -i";
  const lines = [
    `(cd ${shellWord(cwd)} && ${stdin === null ? "" : pipeOf(stdin)}${envWord}`,
    ...variables,
    command,
  ].join(" \\\n  ");
  return `${lines}${stdin === null ? " </dev/null" : ""})`;
}

const isName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The name stays readable: only the value is quoted, unless the name is an odd one. */
export function assignment(name: ByteString, value: ByteString, word = shellWord): string {
  if (!isName.test(name)) return word(byteString(`${name}=${value}`));
  return `${name}=${value === "" ? "" : word(value)}`;
}
