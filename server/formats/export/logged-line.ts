// What another server would log of a failed script: a rule's message, in which S, U, TEXT, n and others stand for the
// script, its address, what it said, and its process.

export interface LoggedScript {
  /** Absolute; null: it is not known. */
  readonly file: string | null;
  /** The client sent it so, with its query. */
  readonly target: string;
  readonly pid: number | null;
  readonly signal: string | null;
  /** What it said on stderr. */
  readonly said: string | null;
  readonly line: number | null;
}

/** Linux's. */
export const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGSYS: 31,
};

/** Messages in which Apache leaves out the script's folder. */
const byName = /^(?:End of script output|malformed header from script)/;
const fromStderr = /^(AH01215: stderr from S: |FastCGI sent in stderr: ")(.*?)("?)$/s;

/**
 * The message with what is known of the script. Where it has what the script wrote, that is as the server's profile
 * predicts it: `predicted` are its sentences for this request. What is not known stays as it is.
 */
export function loggedLine(message: string, script: LoggedScript, predicted: readonly string[] = []): string {
  const line = withKnown(message, script);
  const [left = "", right] = line.split(/\bTEXT\b/);
  if (right === undefined) return line;
  return predicted.find((one) => one.startsWith(left) && one.endsWith(right)) ?? line;
}

function withKnown(message: string, { file, target, pid, signal, said, line }: LoggedScript): string {
  const [, before = "", words = "", after = ""] = fromStderr.exec(message) ?? [];
  const isPattern = /TEXT|NAME|PATH|\.\.\./.test(words);
  const shown = file !== null && byName.test(message) ? file.slice(file.lastIndexOf("/") + 1) : file;
  const number = signal === null ? undefined : signalNumbers[signal];
  const filled = (text: string): string =>
    text.replace(/\bS\b(?! is\b)|\bU\b|\bline N\b|\bpid:? n\b|\bsignal \d+$/g, (known) => {
      if (known === "S") return shown ?? known;
      if (known === "U") return target.replace(/\?.*/s, "");
      const value = known === "line N" ? line : known.startsWith("pid") ? pid : number;
      return value == null ? known : known.replace(/\S+$/, String(value));
    });
  if (before === "" || !isPattern || said === null) return filled(message);
  const [, right = ""] = words.split("TEXT");
  return `${filled(before)}${said}${filled(right + after)}`;
}
