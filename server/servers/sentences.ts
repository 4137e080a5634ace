// What other servers log of a failing script, for their profiles and for the doctor's rules. S stands for the script,
// TEXT for what it wrote, n for a process, U for the path of the request.

export const apacheSays = {
  noOutput: "End of script output before headers: S",
  noBlankLine: "Premature end of script headers: S",
  badHeader: "malformed header from script 'S': Bad header: TEXT",
  badStatus: "Invalid status line from script 'S': TEXT",
  invalidName: "AH02429: Response header name 'TEXT' contains invalid characters, aborting request",
  invalidValue: "AH02430: Response header 'NAME' value of 'TEXT' contains invalid characters, aborting request",
  stderr: "AH01215: stderr from S: TEXT",
  execFailed: "AH01215: stderr from S: (N)TEXT: exec of 'S' failed",
  notFound: "AH02811: stderr from S: script not found or unable to stat",
  folder: "AH02812: stderr from S: attempt to invoke directory as script",
} as const;
export const lighttpdSays = {
  execFailed: "S: TEXT",
  headersTooLarge: "response headers too large for U",
  diedOfSignal: "CGI pid n died with signal N",
} as const;
export const nginxSays = {
  ended: "upstream prematurely closed FastCGI stdout while reading response header from upstream",
  badHeader: 'upstream sent invalid header: "TEXT..."',
  badStatus: 'upstream sent invalid status "TEXT"',
  tooBig: "upstream sent too big header while reading response header from upstream",
  tooMuch: 'upstream sent more data than specified in "Content-Length" header while reading upstream',
  tooLittle: "upstream prematurely closed FastCGI stdout while reading upstream",
  lengthAndCoding: 'upstream sent "Content-Length" and "Transfer-Encoding" headers at the same time',
  stderr: 'FastCGI sent in stderr: "TEXT"',
} as const;
export const fcgiwrapSays = {
  noOutput: "An error occurred while reading CGI reply (no response received)",
  blankFirst: "An error occurred while parsing CGI reply",
  execFailed: "Cannot execute script (S)",
  notExecutable:
    "Cannot get script name, are DOCUMENT_ROOT and SCRIPT_NAME (or SCRIPT_FILENAME) set and is the script executable?",
} as const;
export const goSays = {
  noHeaders: "cgi: no headers",
  bogusLine: "cgi: bogus header line: TEXT",
  invalidName: 'cgi: invalid header name: "TEXT"',
  longLine: "cgi: long header line from subprocess.",
  shortStatus: 'cgi: bogus status (short): "TEXT"',
  badStatus: 'cgi: bogus status: "TEXT"',
  noType: "cgi: missing required Content-Type in headers",
  execFailed: "CGI error: fork/exec S: TEXT",
} as const;
export const caddySays = {
  badFirstLine: "malformed MIME header initial line: TEXT",
  unfinished: "EOF",
  badLine: 'malformed MIME header: missing colon: "TEXT"',
  badStatus: 'strconv.Atoi: parsing "TEXT": invalid syntax',
} as const;
export const h2oSays = {
  noHeaders: "received FCGI_END_REQUEST before end of the headers",
  badHeaders: "received broken response",
  badStatus: "failed to parse Status header, got: TEXT",
  badLength: "failed to parse content-length header sent from fcgi: TEXT",
  twoLengths: "received multiple content-length headers from fcgi",
} as const;
export const haproxySays = { invalid: '502 PH-- "TEXT"' } as const;
export const uwsgiSays = { invalid: "invalid CGI response !!!" } as const;

/** The system's words for a program that it does not start. */
export const startErrors = {
  "not-found": [2, "No such file or directory"],
  "no-interpreter": [2, "No such file or directory"],
  "no-program": [8, "Exec format error"],
  "not-executable": [13, "Permission denied"],
} as const;

export type SentenceParts = Readonly<Partial<Record<"S" | "TEXT" | "NAME" | "N" | "U", string>>>;

/** A sentence with what its stand-ins stand for. */
export const filled = (sentence: string, parts: SentenceParts): string =>
  sentence.replace(
    /\b(?:TEXT|NAME|S|N|U)\b/g,
    (name) => Object.entries(parts).find(([key]) => key === name)?.[1] ?? name,
  );
