// The rules a gateway must keep (RFC 3875, FastCGI 1.0 and the practice of serious servers), by their ids, and what the
// conformance tests say of each: a test is about the ids its title begins with ("C01, C11: …").

/**
 * id → level (M: must, S: should, P: practice of every serious peer, "–": permitted or plain sense; for FastCGI W: as a
 * web server, A: what applications do) and the rule in short.
 */
export const conformanceIds = new Map([
  ["C01", ["M", "AUTH_TYPE only when the gateway itself asked"]],
  ["C02", ["M", "CONTENT_LENGTH exactly when there is a body"]],
  ["C03", ["M", "CONTENT_TYPE as the client said, none invented"]],
  ["C04", ["M", "GATEWAY_INTERFACE is CGI/1.1"]],
  ["C05", ["M", "PATH_INFO decoded, its case kept"]],
  ["C06", ["S", "PATH_TRANSLATED with PATH_INFO only, inside the root"]],
  ["C07", ["M", "QUERY_STRING always, as sent"]],
  ["C08", ["M", "REMOTE_ADDR, IPv6 bare, IPv4 not mapped"]],
  ["C09", ["S", "REMOTE_HOST without a look-up"]],
  ["C10", ["–", "REMOTE_IDENT unset"]],
  ["C11", ["M", "REMOTE_USER never from an unchecked header"]],
  ["C12", ["M", "REQUEST_METHOD as sent, extension methods too"]],
  ["C13", ["M", "SCRIPT_NAME decoded, without PATH_INFO"]],
  ["C14", ["M", "SERVER_NAME without port, IPv6 in brackets"]],
  ["C15", ["M", "SERVER_PORT the request came in on"]],
  ["C16", ["M", "SERVER_PROTOCOL the request's version"]],
  ["C17", ["M", "SERVER_SOFTWARE equals the Server field"]],
  ["C18", ["M", "HTTP_* names; none posing as another"]],
  ["C19", ["M", "repeated fields joined, folded ones refused"]],
  ["C20", ["S", "Authorization hidden unless asked for"]],
  ["C21", ["S", "no HTTP_CONTENT_TYPE or HTTP_CONTENT_LENGTH"]],
  ["C22", ["–", "fields of the connection dropped"]],
  ["C23", ["P", "HTTP_PROXY never from the client (httpoxy)"]],
  ["C24", ["P", "the variables every server sets"]],
  ["C25", ["P", "nothing else of the server's environment"]],
  ["C26", ["M", "unique names, values byte for byte"]],
  ["C30", ["M", "the body on stdin, and its end"]],
  ["C31", ["M", "transfer codings removed or refused"]],
  ["C32", ["–", "a body may stay unread"]],
  ["C33", ["–", "stdin, stdout and stderr pumped at once"]],
  ["C34", ["M", "HEAD without a body"]],
  ["C35", ["S", "an indexed query becomes arguments"]],
  ["C36", ["M", "all arguments or none"]],
  ["C37", ["P", "no word that looks like an option"]],
  ["C38", ["S", "working directory is the script's folder"]],
  ["C39", ["M", "nothing runs before access control"]],
  ["C40", ["P", "100 Continue before the body, not before a refusal"]],
  ["C41", ["–", "silence ends a script: TERM, then KILL"]],
  ["C42", ["P", "client gone: script ended"]],
  ["C43", ["S", "//, . and .. specified, resolved first"]],
  ["C50", ["M", "LF and CR LF taken, CR LF sent"]],
  ["C51", ["M", "at least one CGI field, else 500"]],
  ["C52", ["M", "each CGI field once"]],
  ["C53", ["M", "document response, 200 by default"]],
  ["C54", ["M", "local redirect served in place"]],
  ["C55", ["M", "client redirect is 302"]],
  ["C56", ["M", "redirect with a document passed on"]],
  ["C57", ["M", "Status, 1xx refused, 204 and 304 without a body"]],
  ["C58", ["M", "an HTTP status line is no CGI"]],
  ["C59", ["S", "Content-Type unmodified, none invented"]],
  ["C60", ["M", "no space before the colon, no folding"]],
  ["C61", ["M", "fields of the connection are the server's"]],
  ["C62", ["S", "Date and Server are the server's"]],
  ["C63", ["–", "X-CGI- fields stay behind"]],
  ["C64", ["M", "the body whole and unmodified"]],
  ["C65", ["P", "a wrong Content-Length never desynchronises"]],
  ["C66", ["M", "NPH unmodified, the connection closed"]],
  ["C67", ["P", "streamed when the script flushes"]],
  ["C68", ["P", "a bad end after a good head is told"]],
  ["C69", ["P", "bounds of the header block"]],
  ["C70", ["–", "stderr kept apart, never in the way"]],
  ["F01", ["W", "FastCGI: the record's header"]],
  ["F02", ["W", "padding skipped, and sent to multiples of 8"]],
  ["F03", ["W", "a request id from 1, used again"]],
  ["F04", ["A", "records of other requests left out"]],
  ["F05", ["W", "streams do not depend on their records"]],
  ["F06", ["W", "lengths of names and values, short and long"]],
  ["F07", ["W", "PARAMS above 65,535 bytes split"]],
  ["F08", ["W", "GET_VALUES asked, no answer needed"]],
  ["F09", ["A", "GET_VALUES_RESULT has what is known"]],
  ["F10", ["A", "UNKNOWN_TYPE understood"]],
  ["F11", ["W", "BEGIN_REQUEST: role, KEEP_CONN, zero bytes"]],
  ["F12", ["A", "who closes, and what was closed meanwhile"]],
  ["F13", ["W", "STDIN always ended, CONTENT_LENGTH bytes"]],
  ["F14", ["W", "STDOUT and STDERR in any pieces"]],
  ["F15", ["A", "an answer before STDIN was read"]],
  ["F16", ["W", "early and missing ends"]],
  ["F17", ["W", "protocolStatus mapped"]],
  ["F18", ["W", "appStatus in the trace"]],
  ["F19", ["W", "ABORT_REQUEST when the client leaves"]],
  ["F20", ["A", "END_REQUEST after it, or none"]],
  ["F21", ["W", "no two requests mixed up"]],
  ["F22", ["W", "authorizer"]],
  ["F23", ["W", "filter"]],
  ["F24", ["W", "no NPH"]],
  ["F25", ["W", "descriptor 0 is the listening socket"]],
  ["F26", ["W", "ended by TERM, then KILL; a crash is paused after"]],
  ["F27", ["W", "not FastCGI: what answered instead"]],
  ["F28", ["A", "a body that breaks off never looks whole"]],
  ["F29", ["W", "no NUL, no terminator"]],
]);

/** The ids a test's title begins with. @param {string} title @returns {string[]} */
export function idsOf(title) {
  const [list = ""] = /^[CF]\d\d(?:(?:, | and |–)[CF]\d\d)*(?=:)/.exec(title) ?? [];
  return list.match(/[CF]\d\d/g) ?? [];
}

/**
 * Prints id → pass, fail, skipped or missing. False when a test of an id failed or, with `isWhole`, when an id has no
 * test. Skipped ones are good: the run lists them with their reasons.
 * @param {{ title: string, status: string }[]} tests
 * @param {boolean} isWhole all tests ran, so that an id without one is missing
 */
export function reportIds(tests, isWhole) {
  const verdicts = [...conformanceIds].map(([id, [level, rule]]) => {
    const own = tests.filter(({ title }) => idsOf(title).includes(id));
    const passed = own.filter(({ status }) => status === "passed").length;
    const verdict = own.some(({ status }) => status === "failed")
      ? "FAIL"
      : passed > 0
        ? "pass"
        : own.length > 0
          ? "skipped"
          : "MISSING";
    return { id, level, rule, verdict, passed };
  });
  const shown = verdicts.filter(({ verdict }) => isWhole || verdict !== "MISSING");
  console.log("");
  for (const { id, level, rule, verdict, passed } of shown)
    console.log(`${id} → ${verdict.padEnd(7)}  ${level}  ${rule}${passed > 1 ? ` (${passed} tests)` : ""}`);
  const good = shown.filter(({ verdict }) => verdict === "pass").length;
  console.log(`${good} of ${shown.length} rules pass`);
  return shown.every(({ verdict }) => verdict === "pass" || verdict === "skipped");
}
