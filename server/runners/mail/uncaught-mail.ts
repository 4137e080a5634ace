// What a script's source says of its mail: whether it speaks SMTP, and whether it calls sendmail or mail by its path or
// port 25 of a server. No variable changes that, so its mail would leave the machine.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { diskPath, unlessRefusedSync } from "../../base/disk.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { ScriptRoute } from "../../routing/route.js";
import { directSmtp, smtpByVariables } from "./direct-smtp.js";

const path =
  /(?<![\w.:/]|(?:action|href)=\\?["']?)(?:\/(?:usr|opt|var)(?:\/[\w.-]+)*)?\/(?:(?:s?bin|lib|libexec)\/sendmail|s?bin\/mailx?)(?![\w./-])/g;
/** A module of the languages that can, or one of the variables. */
const smtp = /smtp|nodemailer|PHPMailer|Mail::Send|MIME::Lite|Email::Sender/i;
const isComment = (line: string): boolean => /^\s*(?:#|\/\/)/.test(line);
/** What was found, by the hash of the script; when it is full, all are forgotten. */
const known = new Map<string, MailInSource>();
const maxKnown = 1000;

interface MailInSource {
  /** Null: there is none. `path`: of the program, or the call. */
  readonly uncaught: { readonly path: string; readonly line: number } | null;
  readonly speaksSmtp: boolean;
}
const none: MailInSource = { uncaught: null, speaksSmtp: false };

/** A compiled program says nothing. */
export function mailInSource({
  file,
  copy,
  scriptHash,
}: Pick<ScriptRoute, "file" | "copy" | "scriptHash">): MailInSource {
  if (scriptHash === null) return none;
  const before = known.get(scriptHash);
  if (before !== undefined) return before;
  const found = mailInFile(copy ?? file);
  if (found === null) return none; // the start of the script says why
  if (known.size >= maxKnown) known.clear();
  known.set(scriptHash, found);
  return found;
}

/** Reads the file that is there now; null: it cannot be read. */
export function mailInFile(file: ByteString): MailInSource | null {
  const text = readText(file);
  if (text === null) return null;
  if (text.includes("\0")) return none;
  const lines = text.split("\n");
  const at = lines.findIndex((line) => !isComment(line) && line.search(path) >= 0);
  const call = at < 0 ? directSmtp(text, isComment) : null;
  return {
    uncaught: call
      ? { path: call[0].trim(), line: text.slice(0, call.index).split("\n").length }
      : at < 0
        ? null
        : { path: lines[at]?.match(path)?.[0] ?? "", line: at + 1 },
    speaksSmtp: smtp.test(text),
  };
}

/** The text with the name in place of each path. */
export const sendmailByName = (text: string): string =>
  text
    .split("\n")
    .map((line) => (isComment(line) ? line : line.replaceAll(path, (program) => basename(program))))
    .join("\n");

/** The text with SMTP_HOST and SMTP_PORT in place of each server. */
export const serverByVariables = (text: string): string => smtpByVariables(text, isComment);

const readText = (file: ByteString): string | null =>
  unlessRefusedSync(() => readFileSync(diskPath(file)).toString("latin1"), null);
