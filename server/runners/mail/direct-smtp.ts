// Calls that lead to port 25 of a server, and the same calls with SMTP_HOST and SMTP_PORT, which fall back to what was
// written: so the script runs here and there. A table, one row for each way to write it.

interface Call {
  readonly find: RegExp;
  /** Only in a text that has this. */
  readonly within?: RegExp;
  readonly edit: (...found: string[]) => string;
}

const host = `("[^"$\\n]*"|'[^'\\n]*')`;
/** One that names no other port than 25: `smtplib.SMTP("a.test:587")` does. */
const host25 = `(?!["'][^"'\\n]*[^:]:(?!25["'])\\d+["'])${host}`;
const py = (name: string): string =>
  `os.environ.get("SMTP_HOST", ${name.replace(/(?<!:):25(?=["']$)/, "")}), int(os.environ.get("SMTP_PORT", 25))`;
const perlPort = "$ENV{SMTP_PORT} || 25";
/** A variable counts where its port is written out; so does a member of one. */
const variable = "\\$?[A-Za-z_][\\w.]*(?:->\\w+|(?:->)?[[{][^\\]}\\n]{0,100}[\\]}])?";

const calls: readonly Call[] = [
  // Python: smtplib, whose port is 25, and a socket.
  {
    find: new RegExp(
      `\\bSMTP\\(\\s*(?:host\\s*=\\s*)?${host25}(?:\\s*,\\s*(?:port\\s*=\\s*)?25\\b)?(?=\\s*\\)|\\s*,\\s*(?!port)[a-z])`,
      "g",
    ),
    within: /\bsmtplib\b/,
    edit: (_, name = "") => `SMTP(${py(name)}`,
  },
  {
    find: new RegExp(`(?<!\\bsqlite3)\\.connect\\((\\(?)\\s*(${host}|${variable})\\s*,\\s*25\\b`, "g"),
    within: /\b(?:smtplib|socket)\b/,
    edit: (_, open = "", name = "") => `.connect(${open}${py(name)}`,
  },
  {
    find: new RegExp(`\\bSMTP\\(\\s*(?:host\\s*=\\s*)?(${variable})\\s*,\\s*(?:port\\s*=\\s*)?25\\b`, "g"),
    within: /\bsmtplib\b/,
    edit: (_, name = "") => `SMTP(${py(name)}`,
  },
  {
    find: new RegExp(
      `\\.connect\\((?<=\\b\\1\\s*=\\s*(?:smtplib\\.)?SMTP\\(\\s*\\)[^]{0,2000}?\\b(\\w+)\\.connect\\()\\s*(?:${host25})?\\s*\\)`,
      "g",
    ),
    within: /\bsmtplib\b/,
    edit: (_, __, name = '"localhost"') => `.connect(${py(name)})`,
  },
  // Perl: Net::SMTP, whose port is 25, and a socket.
  {
    find: new RegExp(
      `Net::SMTP->new\\(\\s*(Host\\s*=>\\s*)?${host}(?![^;]*\\bPort\\s*=>(?!\\s*25\\b))(\\s*,[^;]*?\\bPort\\s*=>\\s*25\\b)?`,
      "g",
    ),
    edit: (_, key = "", name = "", port = ", Port => 25") =>
      `Net::SMTP->new(${key}$ENV{SMTP_HOST} || ${name}${port.replace(/25$/, perlPort)}`,
  },
  {
    find: new RegExp(
      `Net::SMTP->new\\(\\s*(Host\\s*=>\\s*)?(${variable})(\\s*,[^;]{0,400}?\\bPort\\s*=>\\s*)25\\b`,
      "g",
    ),
    edit: (_, key = "", name = "", between = "") =>
      `Net::SMTP->new(${key}$ENV{SMTP_HOST} || ${name}${between}${perlPort}`,
  },
  {
    find: new RegExp(`\\bPeer(Addr|Host)(\\s*=>\\s*)${host}`, "g"),
    within: /\bPeerPort\s*=>\s*["']?(?:25\b|smtp)/,
    edit: (_, word = "", arrow = "", name = "") => `Peer${word}${arrow}$ENV{SMTP_HOST} || ${name}`,
  },
  {
    find: /\bPeerPort(\s*=>\s*)(?:25\b|(["'])(?:smtp|25|smtp\(25\))\2)/g,
    edit: (_, arrow = "") => `PeerPort${arrow}${perlPort}`,
  },
  // PHP.
  {
    find: new RegExp(`\\b(p?fsockopen)\\(\\s*(${host}|${variable})\\s*,\\s*25\\b`, "g"),
    edit: (_, name = "", server = "") => `${name}(getenv('SMTP_HOST') ?: ${server}, getenv('SMTP_PORT') ?: 25`,
  },
  {
    find: /\bstream_socket_client\(\s*(["'])(?:tcp:\/\/)?([\w.-]+):25\1/g,
    edit: (_, __, server = "") =>
      `stream_socket_client((getenv('SMTP_HOST') ?: '${server}') . ':' . (getenv('SMTP_PORT') ?: 25)`,
  },
  // Ruby.
  {
    find: new RegExp(
      `Net::SMTP\\.(start|new)\\(\\s*(?:${host}(?:\\s*,\\s*25\\b)?(?=\\s*\\)|\\s*,\\s*(?!\\d))|(${variable})\\s*,\\s*25\\b)`,
      "g",
    ),
    edit: (_, word = "", text = "", name = "", server = text || name) =>
      `Net::SMTP.${word}(ENV.fetch("SMTP_HOST", ${server}), ENV.fetch("SMTP_PORT", 25).to_i`,
  },
  // Node.
  {
    find: new RegExp(`\\bhost(\\s*:\\s*)${host}`, "g"),
    within: /\bnodemailer\b[\s\S]*\bport\s*:\s*25\b/,
    edit: (_, colon = "", server = "") => `host${colon}process.env.SMTP_HOST ?? ${server}`,
  },
  {
    find: /\bport(\s*:\s*)25\b/g,
    within: /\bnodemailer\b/,
    edit: (_, colon = "") => `port${colon}Number(process.env.SMTP_PORT ?? 25)`,
  },
  // Shells.
  {
    find: /\b(nc|ncat|netcat|telnet)((?:\s+-\w+(?:\s+\d+)?)*)\s+"?([\w.-]+|\$\w+|\$\{\w+\})"?\s+25\b/g,
    edit: (_, name = "", options = "", server = "") =>
      `${name}${options} "\${SMTP_HOST:-${server}}" "\${SMTP_PORT:-25}"`,
  },
  {
    find: /\/dev\/tcp\/([\w.-]+|\$\w+|\$\{\w+\})\/25\b/g,
    edit: (_, server = "") => `/dev/tcp/\${SMTP_HOST:-${server}}/\${SMTP_PORT:-25}`,
  },
];

/** The first call that the table has; null: there is none. `isComment`: of a line. */
export function directSmtp(text: string, isComment: (line: string) => boolean): RegExpExecArray | null {
  for (const call of calls) for (const found of callsIn(text, call, isComment)) return found;
  return null;
}

/** The text with the two variables in each such call. */
export function smtpByVariables(text: string, isComment: (line: string) => boolean): string {
  const chosen = calls.filter(({ within }) => !within || within.test(text));
  const edited = chosen.reduce((before, { find, edit }) => {
    let after = "";
    let from = 0;
    for (const found of callsIn(before, { find }, isComment)) {
      after += before.slice(from, found.index) + edit(...found);
      from = found.index + found[0].length;
    }
    return after + before.slice(from);
  }, text);
  if (!edited.includes("os.environ.get(") || /^import\s[^\n#]*\bos\b(?!\S*\s+as\b)/m.test(edited)) return edited;
  return edited.replace(/^([ \t]*)(?=(?:import|from)\s[^\n]*\b(?:smtplib|socket)\b)/m, "$1import os\n$1");
}

function callsIn(
  text: string,
  { find, within }: Pick<Call, "find" | "within">,
  isComment: (line: string) => boolean,
): readonly RegExpExecArray[] {
  if (within && !within.test(text)) return [];
  const lineOf = (at: number): string => text.slice(text.lastIndexOf("\n", at) + 1).split("\n", 1)[0] ?? "";
  return [...text.matchAll(find)].filter(({ index }) => !isComment(lineOf(index)));
}
