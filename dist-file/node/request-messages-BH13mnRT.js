import { t as defineMessages } from "./message--K3iKRUD.js";
import { t as byteString } from "./byte-string-DHgfSrmB.js";
import { t as defineProblems } from "./problem-BYFI9xia.js";
// server/protocol/percent.ts
/** The value of a hexadecimal digit given as a character code; −1 for anything else. */
function hexDigit(code) {
	if (code >= 48 && code <= 57) return code - 48;
	const lower = code | 32;
	return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
/** The byte that `%XX` at `at` stands for; −1 when that is no percent-encoded byte. */
function percentByteAt(text, at) {
	if (text.charCodeAt(at) !== 37) return -1;
	const high = hexDigit(text.charCodeAt(at + 1));
	const low = hexDigit(text.charCodeAt(at + 2));
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}
/** Decodes once, never twice: "%2541" is "%41". */
function percentDecode(text) {
	let percent = text.indexOf("%");
	if (percent < 0) return {
		value: text,
		malformedAt: []
	};
	const malformedAt = [];
	let value = "";
	let copied = 0;
	while (percent >= 0) {
		const byte = percentByteAt(text, percent);
		if (byte < 0) malformedAt.push(percent);
		else {
			value += text.slice(copied, percent) + String.fromCharCode(byte);
			copied = percent + 3;
		}
		percent = text.indexOf("%", percent + 1);
	}
	return {
		value: byteString(value + text.slice(copied)),
		malformedAt
	};
}
// server/contract/failure.ts
/** The gateway or the script reported a server error (RFC 9110 §15.6). */
var isServerError = (status) => status !== null && status >= 500;
/**
* The outcome is not "ok", or the status is 500 or above. Percentiles leave such requests out: a fast error is not a
* fast response.
*/
var isFailed = ({ outcome, status }) => outcome !== null && outcome !== "ok" || isServerError(status);
/** A signal or an exit code other than 0 ended the process. */
var endedBadly = ({ exitCode, signal }) => signal !== null || exitCode !== null && exitCode !== 0;
/** The client or the user ended it, so how the script ended means nothing. */
var wasCancelled = (outcome) => outcome === "client-gone" || outcome === "stopped";
/**
* The doctor has something to explain: a failed request, or a script that failed although its response was good. A
* cancelled request alone needs no explanation.
*/
var needsExplanation = ({ outcome, status, process, isInvalid }) => isFailed({
	outcome: wasCancelled(outcome) ? null : outcome,
	status
}) || isInvalid || process !== null && endedBadly(process);
// server/runners/fastcgi/messages.ts
var whoAt = (address) => ({
	address,
	worker: null,
	application: null
});
/** Begins a sentence. */
var named = ({ address, worker, application }) => address !== null ? `The FastCGI application at ${address}` : `Worker ${worker} of ${application}`;
var fixAddress = {
	configuration: "fix the address in cgi-workbench.json",
	"command-line": "give another address",
	worker: "send again"
};
var howWords = ({ errno }) => errno === null ? "closed the connection" : `broke the connection (${errno})`;
var cutWords = ({ record, inside, haveBytes, needBytes }) => inside === null ? "" : ` It ended inside a ${record === null ? "record's header" : `${record} record`}: ${haveBytes} of ${needBytes} bytes of its ${inside} came.`;
var fastcgiMessage = defineMessages({
	"connection-refused": ({ address, from }) => `No FastCGI application listens at ${address}: the connection was refused. Start it, or ${fixAddress[from]}.`,
	"not-a-socket": ({ address, from }) => `${address} exists, but it is not a socket. Start the FastCGI application that creates one, or ${fixAddress[from]}.`,
	"socket-left-behind": ({ address, from }) => `The socket file ${address} exists, but no FastCGI application listens on it: an ended application left it behind. Start the application, or ${fixAddress[from]}.`,
	"socket-missing": ({ address, from }) => `There is no socket file ${address}. Start the FastCGI application that creates it, or ${fixAddress[from]}.`,
	"socket-permission": ({ address }) => `This user has no permission to open the socket ${address}. Give this user write permission for the socket file and search permission for its folders (many servers have a setting for the socket's mode).`,
	"not-a-stream-socket": ({ address, from }) => `${address} is not a stream socket. Have the application listen on one, or ${fixAddress[from]}.`,
	"unknown-host": ({ address, from }) => `The host name of ${address} is not known. Check its spelling, or ${fixAddress[from]}.`,
	"host-silent": ({ address, errno }) => `${address} did not answer (${errno}). Check that the machine is running and that no firewall blocks the connection.`,
	"backlog-full": ({ address }) => `The FastCGI application at ${address} has too many connections waiting. Give it more workers, or a longer listen queue.`,
	unreachable: ({ address, from, systemText }) => `${address} could not be reached: ${systemText}. Check that the FastCGI application is running, or ${fixAddress[from]}.`,
	"application-path-too-long": ({ path, bytes, limitBytes }) => `The socket's path is ${bytes} bytes long, but systems allow at most ${limitBytes}: ${path}. Have the application listen on a shorter one.`,
	"no-address": "The mode \"fastcgi-external\" needs a route with an address (or, for files, a handler) in cgi-workbench.json: \"tcp:host:port\" or \"unix:path\".",
	"not-fastcgi": ({ problem, ...who }) => `${named(who)} does not speak FastCGI correctly. ${problem.text}`,
	"listener-not-fastcgi": ({ address, problem }) => `The program that listens at ${address} does not speak FastCGI correctly. ${problem.text}`,
	"ended-in-response": ({ stdoutBytes, ...end }) => `${named(end)} ${howWords(end)} in the middle of its response, after ${stdoutBytes} bytes, without END_REQUEST.${cutWords(end)}`,
	"ended-unanswered": (end) => `${named(end)} ${howWords(end)} without a response.${cutWords(end)}`,
	"died-in-response": ({ fact }) => `${fact.text} See its log for why it ended.`,
	/** `mayBeOther`: a server of another protocol may listen there. */
	"died-unanswered": ({ fact, mayBeOther }) => `${fact.text} It probably ended or crashed: see its log.${mayBeOther ? " If it never responds, the program that listens there may not speak FastCGI at all: a TLS server, for instance, closes the connection in the same way." : ""}`,
	/** `names`: variables that did not fit into one PARAMS record. */
	"died-of-split-value": ({ fact, names }) => `${fact.text} The value of ${names.join(", ")} is longer than one record holds (65,535 bytes) and was split over two records, which php-cgi and others do not accept. Send a shorter value.`,
	overloaded: (who) => `${named(who)} is overloaded and refused the request (OVERLOADED). Try again, or give it more workers.`,
	"unknown-role": (who) => `${named(who)} does not serve requests in this role (UNKNOWN_ROLE). It was written as another kind of FastCGI application: an authorizer or a filter.`,
	busy: (who) => `${named(who)} takes one request at a time and reports that it is still busy with another (CANT_MPX_CONN), although this connection is new. Restart it.`,
	"unknown-protocol-status": ({ status, ...who }) => `${named(who)} ended the request with ${status}, which FastCGI 1.0 does not define. Fix the application or its FastCGI library.`,
	"silent-application": ({ address, limitMs }) => `The FastCGI application at ${address} wrote nothing for ${limitMs / 1e3} s, and the request was aborted (ABORT_REQUEST). Check its log, and whether all of its processes are busy.`
});
/** What FastCGI does not allow and the gateway tolerated, and why a request was sent again. */
var fastcgiNote = defineMessages({
	"record-of-other-request": ({ record, requestId, expected }) => `A ${record} record for request ${requestId} came, but only request ${expected} is running. It was ignored.`,
	"record-after-end": ({ record }) => `A ${record} record came after END_REQUEST. It was ignored.`,
	"stdout-after-its-end": "STDOUT continued after the empty record that ends it; the rest was accepted.",
	"unexpected-record": ({ record }) => `The application sent a ${record} record, which has no meaning within a request. It was ignored.`,
	"end-request-length": ({ bytes }) => `END_REQUEST had ${bytes} bytes instead of 8. The missing ones count as 0.`,
	"no-end-request": "The application closed the connection without END_REQUEST, after the end of STDOUT. The response counts as complete.",
	"stdout-not-ended": "END_REQUEST came without the empty STDOUT record that ends the stream (php-cgi never sends one).",
	"connection-not-accepted": "The process had not accepted the connection when the request was aborted: it does not accept on descriptor 0, or was still starting.",
	"kept-connection-closed": ({ errno }) => errno === null ? "The application closed the kept connection before it had begun to answer. The request was sent again on a new one." : `The application closed the kept connection (${errno}) before it had read the whole request. The request was sent again on a new one.`,
	"refused-on-connection": "The application refused the request on this connection (CANT_MPX_CONN). It was sent again on a new one."
});
/** What is known about an external application. */
var applicationMessage = defineMessages({
	"silent-external-application": ({ why }) => `${why?.text ?? "It did not answer in time."} Check its log, and whether all of its processes are busy.`,
	"not-served": "It responded to no request.",
	"no-values-result": "It accepted the connection, but did not answer FCGI_GET_VALUES: it is busy (a process that keeps one connection open serves no other), or its library does not implement it.",
	"values-result": ({ connections, requests, multiplexes }) => {
		const said = [
			connections !== null && `${connections} ${connections === "1" ? "connection" : "connections"} at once`,
			requests !== null && `${requests} ${requests === "1" ? "request" : "requests"} at once`,
			multiplexes !== null && (multiplexes === "0" ? "one request at a time on a connection" : "several requests on one connection")
		].filter((words) => words !== false);
		return said.length === 0 ? "It responded, but reported none of its limits." : `It accepts ${said.join(", ")}.`;
	}
});
/** The window asked an application that the configuration does not name. */
var unlistedMessage = defineProblems({ "not-found": {
	message: ({ address }) => `No route in cgi-workbench.json leads to ${address}.`,
	fix: "Add one there: \"tcp:host:port\" or \"unix:path\"."
} });
// server/protocol/request-messages.ts
/** Why a request target is refused. */
var targetMessage = defineMessages({
	"target-empty": "The request target is empty.",
	"target-control-byte": "The request target holds a space or a control byte.",
	"target-asterisk": "The target * means the server as a whole (RFC 9112 §3.2.4); no script handles that.",
	"target-fragment": "The request target holds a #: a fragment is not part of a request (RFC 9112 §3.2).",
	"target-not-http": "The request target neither begins with / nor is an absolute http URI (RFC 9112 §3.2).",
	"target-userinfo": "The request target holds user information, which must not be sent (RFC 9110 §4.2.4).",
	"target-bad-host": "The request target names no proper host (RFC 9110 §4.2.1).",
	/** `at`: offset in the target, bytes. */
	"target-bad-percent": ({ at }) => `The path holds a % that two hexadecimal digits do not follow, at position ${at} (RFC 3986 §2.1).`,
	"target-nul": "The path holds %00: no file name and no variable can hold a NUL.",
	"target-encoded-slash": "The path holds an encoded slash, %2F, which the script could no longer tell from a real one (RFC 3875 §4.1.5); policy.encodedSlash in cgi-workbench.json decodes it."
});
/** Why a header field, or a variable, is not in the environment, and why a query did not become arguments. */
var notExportedMessage = defineMessages({
	"repeated-content-type": "occurs more than once, and two types cannot be joined: the first one counts",
	"nul-in-value": "an environment cannot hold a value with NUL in it",
	"bad-variable-name": "an environment cannot hold a name that is empty or has = or NUL in it",
	"connection-header": "concerns the connection, not the request (RFC 3875 §4.1.18)",
	credentials: "credentials are the server's business (RFC 3875 §9.2); passAuthorization passes them on",
	httpoxy: "many programs take HTTP_PROXY for their proxy setting (httpoxy, CVE-2016-5385)",
	"poses-as-content-type": "would pose as Content-Type",
	"poses-as-content-length": "would pose as Content-Length",
	"ambiguous-name": "only letters, digits and - in a header's name can be told apart in a variable's",
	"poses-as-other-header": ({ variable }) => `would pose as another header, whose variable is ${variable} too`,
	"trailer-field": "came after the body, as a trailer field, which only its receiver could interpret (RFC 9110 §6.5.1)",
	"query-word-empty": "a word of the query is empty",
	"query-word-bytes": "the query holds bytes a search word cannot have (RFC 3875 §4.4)",
	"query-bad-percent": "the query holds a % that two hexadecimal digits do not follow",
	"query-nul": "the query holds %00: an argument cannot hold a NUL",
	"query-option": "a word of the query begins with \"-\": an interpreter could take it for an option (CVE-2012-1823)"
});
export { fastcgiNote as a, endedBadly as c, needsExplanation as d, hexDigit as f, fastcgiMessage as i, isFailed as l, percentDecode as m, targetMessage as n, unlistedMessage as o, percentByteAt as p, applicationMessage as r, whoAt as s, notExportedMessage as t, isServerError as u };

//# sourceMappingURL=request-messages-BH13mnRT.js.map