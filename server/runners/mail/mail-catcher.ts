// Catches what scripts send with sendmail, mail and mailx. A private folder comes first on their PATH, with a
// `sendmail` that needs /bin/sh alone and keeps each message in a folder named after the session of the script: so a
// message belongs to one request, and all requests have the same variables. Until a script sends something, its request
// costs the look whether that folder is there.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { unlessRefusedSync } from "../../base/disk.js";
import { temporaryRoot } from "../../base/user-folders.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { maxMailBytes, maxMails } from "../../contract/mail.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import type { MetaVariable } from "../../protocol/meta-variables.js";
import type { ScriptRoute } from "../../routing/route.js";
import { pathIn, withValue } from "../with-value.js";

const isPhp = /\bphp/;

// `$4` of what follows the name in /proc/PID/stat is the session; without /proc, the group of the script.
const program = `#!/bin/sh
# Keeps the message for the trace of the request. Nothing leaves this machine.
PATH=/usr/bin:/bin:$PATH
session() { printf '%s' "$4"; }
if read -r stat </proc/$$/stat; then box=$(session \${stat##*) }); else box=$(ps -o pgid= -p $$ | tr -d ' '); fi 2>/dev/null
box=\${0%/*}/\${box:-0}
umask 077
mkdir -p "$box" || exit 75
kept=$(cat "$box"/*.mail 2>/dev/null | wc -c)
if [ "$(ls "$box" | grep -c '[.]mail$')" -ge ${maxMails} ] || [ "$kept" -ge ${maxMailBytes} ]; then
  printf x >>"$box/omitted"
else
  printf '%s\\0' "$@" >"$box/$$.args"
  head -c $((${maxMailBytes} - kept)) >"$box/$$.mail"
  [ -z "$(head -c 1 | tr -c x x)" ] || : >"$box/$$.cut"
fi
cat >/dev/null
exit 0
`;

/** What mail and mailx of POSIX and of BSD take. Options may come behind addresses; an attached file is left out. */
const mailProgram = `#!/bin/sh
# Writes the message, and gives it to the sendmail beside this program.
PATH=/usr/bin:/bin:$PATH
fields= to=
field() { fields="$fields$1
"; }
option() {
  case $1 in
    -s) field "Subject: $2" ;;
    -c) field "Cc: $2" ;;
    -b) field "Bcc: $2" ;;
    -r) field "From: $2" ;;
    -a) case $2 in *:*) field "$2" ;; esac ;;
  esac
}
while [ $# -gt 0 ]; do
  word=$1
  shift
  case $word in
    --) if [ -z "$to" ]; then for word do to="$to\${to:+, }$word"; done; fi; break ;;
    -t*) exec "\${0%/*}/sendmail" -t -i ;;
    -[BDdEFinNv]?*) set -- "-\${word#-?}" "$@" ;;
    -[AabcqrSsu]) option "$word" "$1"; [ $# -eq 0 ] || shift ;;
    -[AabcqrSsu]*) option "\${word%"\${word#-?}"}" "\${word#-?}" ;;
    -*) ;;
    *) to="$to\${to:+, }$word" ;;
  esac
done
[ -n "$to" ] || { echo "mail: no address, so there is nothing to send" >&2; exit 1; }
{ printf '%sTo: %s\n\n' "$fields" "$to"; cat; } | "\${0%/*}/sendmail" -t -i
`;

/** A folder for the PATH and the PHP_INI_SCAN_DIR of scripts: what they send with these programs goes no further. */
export function writeSendmail(folder: string, source = discarding, mode = 0o755): void {
  writeFileSync(join(folder, "sendmail"), source, { mode });
  for (const name of ["mail", "mailx"]) writeFileSync(join(folder, name), mailProgram, { mode });
  mkdirSync(join(folder, "php"));
  writeFileSync(join(folder, "php", "mail.ini"), `sendmail_path = "${folder}/sendmail -t -i"\n`);
}
const discarding = `#!/bin/sh
PATH=/usr/bin:/bin:$PATH
cat >/dev/null
echo "sendmail: this mail was caught and not sent" >&2
`;

export interface RawMail {
  readonly args: readonly string[];
  readonly bytes: Uint8Array;
  readonly isCut: boolean;
}
export interface RawMails {
  readonly messages: readonly RawMail[];
  readonly omitted: number;
}

/** What came both ways; null: nothing. */
export function joinedMails(...all: readonly (RawMails | null)[]): RawMails | null {
  const found = all.flatMap((each) => each ?? []);
  const messages = found.flatMap((each) => each.messages);
  let room = maxMailBytes;
  const kept = messages.slice(0, maxMails).filter(({ bytes }) => {
    if (bytes.length > room) return false;
    room -= bytes.length;
    return true;
  });
  const omitted = found.reduce((sum, each) => sum + each.omitted, messages.length - kept.length);
  return messages.length + omitted === 0 ? null : { messages: kept, omitted };
}

type Inherited = ReadonlyMap<ByteString, ByteString>;

export class MailCatcher {
  #folder: string | null = null;
  readonly #forPhp = new WeakMap<Inherited, Inherited>();

  /**
   * The variables of a script, with the catching sendmail in front of any other. Without room for its folder they are
   * returned as they are: requests are served all the same.
   */
  before(
    variables: readonly MetaVariable[],
    { interpreter, firstLine }: Pick<ScriptRoute, "interpreter" | "firstLine">,
  ): readonly MetaVariable[] {
    this.#folder ??= newFolder();
    if (this.#folder === null) return variables;
    const folder = utf8(this.#folder);
    const first = withValue(variables, "PATH", `${folder}:${pathIn(variables)}`);
    if (!isPhp.test([...(interpreter ?? [firstLine])].join(" "))) return first;
    // An empty entry stands for the folder that PHP was built with.
    const scanned = variables.find(({ name }) => name === "PHP_INI_SCAN_DIR")?.value ?? "";
    return withValue(first, "PHP_INI_SCAN_DIR", `${scanned}:${folder}/php`);
  }

  /** What PHP's processes that serve many requests inherit; the same for the same `inherited`. */
  forPhp(inherited: Inherited): Inherited {
    const known = this.#forPhp.get(inherited);
    if (known) return known;
    const variables = [...inherited].map(([name, value]): MetaVariable => ({ name, value, source: "inherited" }));
    const before = this.before(variables, { interpreter: null, firstLine: byteString("php-cgi") });
    if (before === variables) return inherited; // there may be room the next time
    const made = new Map(before.map(({ name, value }) => [name, value]));
    this.#forPhp.set(inherited, made);
    return made;
  }

  /** What the script sent that led this session and has ended; null: nothing. `since`: Unix time in ms of its start. */
  take(session: number, since: number): RawMails | null {
    const box = this.#folder === null ? "" : join(this.#folder, String(session));
    if (!existsSync(box)) return null;
    try {
      // A process that outlives its script may have sent something since: that belongs to no request.
      const isOwn = (name: string): boolean => statSync(join(box, name)).mtimeMs >= since - 1;
      const names = new Set(readdirSync(box).filter(isOwn));
      const sentAt = (name: string): number => statSync(join(box, name)).mtimeMs;
      const messages = [...names].filter((name) => name.endsWith(".mail")).sort((a, b) => sentAt(a) - sentAt(b));
      const read = (name: string): Buffer => (names.has(name) ? readFileSync(join(box, name)) : Buffer.alloc(0));
      return {
        messages: messages.map((name) => ({
          args: read(name.replace(/mail$/, "args")).toString("latin1").split("\0").slice(0, -1).filter(Boolean),
          bytes: read(name),
          isCut: names.has(name.replace(/mail$/, "cut")),
        })),
        omitted: read("omitted").length,
      };
    } finally {
      rmSync(box, { recursive: true, force: true });
    }
  }

  close(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}

/** Null: the system refused it. */
const newFolder = (): string | null =>
  unlessRefusedSync(() => {
    const folder = mkdtempSync(join(temporaryRoot(), "cgi-workbench-mail-"));
    writeSendmail(folder, program, 0o700);
    return folder;
  }, null);
