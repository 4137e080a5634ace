// Commands that this machine does not have, answered from the folder's transcripts. For one run of a script there is a
// folder with a program for each transcript, which comes last on the PATH: a real command goes before. The programs
// need /bin/sh alone, and note what they were asked.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toBytesText } from "../../base/decode-text.js";
import { errorCode } from "../../base/disk.js";
import { temporaryRoot } from "../../base/user-folders.js";
import { type Answer, answersFolder, commandName, type UsedAnswer } from "../../contract/recorded-answers.js";
import { byteString, fromBytes, utf8 } from "../../protocol/byte-string.js";
import type { MetaVariable } from "../../protocol/meta-variables.js";
import { pathIn, withValue } from "../with-value.js";

/** What is noted at most of one run. */
const maxUsed = 200;

const program = `#!/bin/sh
# Answers as the transcript of the same name in ${answersFolder} says.
here=\${0%/*} name=\${0##*/} found= code=0 cr=$(printf '\\r') IFS=' '
asked="$name $*"
exec 3<&0
while IFS= read -r line || [ -n "$line" ]; do
  line=\${line%"$cr"}
  case $line in
  '$ '*)
    [ -z "$found" ] || break
    pattern=\${line#??}
    case $asked in "$pattern" | "$pattern " | $pattern) found=1 ;; esac
    [ -z "$found" ] || printf '+%s\\0' "$asked" >>"$here/.asked"
    continue ;;
  esac
  [ -n "$found" ] || continue
  case $line in
  '[exit '*']') code=\${line#??????} code=\${code%?} ;;
  '[reads stdin]') while IFS= read -r rest <&3; do :; done ;;
  '\\$ '* | '\\['*) printf '%s\\n' "\${line#?}" ;;
  *) printf '%s\\n' "$line" ;;
  esac
done <"$here/.answers/$name"
[ -z "$found" ] || exit "$code"
printf '%s\\0' "-$asked" >>"$here/.asked"
printf '%s\\n' "$name: no answer to “$asked” is recorded in ${answersFolder}/$name" >&2
exit 127
`;

export class RecordedAnswers {
  readonly #folder: string;

  /** Null: the folder has none. @throws the system's error */
  static open(root: string): RecordedAnswers | null {
    const transcripts = join(root, answersFolder);
    if (!existsSync(transcripts)) return null;
    const commands = readdirSync(transcripts).filter((name) => commandName.test(name));
    return commands.length === 0 ? null : new RecordedAnswers(transcripts, commands);
  }

  private constructor(transcripts: string, commands: readonly string[]) {
    this.#folder = mkdtempSync(join(temporaryRoot(), "cgi-workbench-commands-"));
    symlinkSync(transcripts, join(this.#folder, ".answers"));
    writeFileSync(join(this.#folder, ".answer"), program, { mode: 0o700 });
    for (const command of commands) symlinkSync(".answer", join(this.#folder, command));
  }

  /** The variables with the folder last on the PATH. */
  behind(variables: readonly MetaVariable[]): readonly MetaVariable[] {
    return withValue(variables, "PATH", `${pathIn(variables)}:${utf8(this.#folder)}`);
  }

  /** The run is over: what was asked, in order. Later there is none. */
  close(): readonly UsedAnswer[] {
    try {
      const lines = fromBytes(readFileSync(join(this.#folder, ".asked"))).split("\0", maxUsed);
      return lines.flatMap((line) =>
        line === "" ? [] : [{ command: toBytesText(byteString(line.slice(1).trimEnd())), found: line[0] === "+" }],
      );
    } catch (error) {
      if (errorCode(error) === "ENOENT") return [];
      throw error;
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}

/** The transcript with one more answer, which goes before the ones that it has. */
export function withAnswer(transcript: string, { command, stdout, exitCode, readsStdin }: Answer): string {
  const lines = stdout === "" ? [] : stdout.replace(/\n$/, "").split("\n");
  const block = [
    `$ ${command}`,
    ...(readsStdin ? ["[reads stdin]"] : []),
    ...lines.map((line) => (/^(?:\$ |\[)/.test(line) ? `\\${line}` : line)),
    ...(exitCode === 0 ? [] : [`[exit ${exitCode}]`]),
  ];
  const at = transcript.search(/^\$ /m);
  const before = at < 0 ? transcript : transcript.slice(0, at);
  return `${before}${block.join("\n")}\n${at < 0 ? "" : transcript.slice(at)}`;
}
