import { t as defineMessages } from "./message--K3iKRUD.js";
import { a as utf8, t as byteString } from "./byte-string-DHgfSrmB.js";
// server/base/decode-text.ts
var strict = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
var lenient = new TextDecoder("utf-8", { ignoreBOM: true });
var isAscii = /^[\0-\x7f]*$/;
/** For public JSON: exact, whatever the bytes are. */
function toBytesText(text) {
	if (isAscii.test(text)) return text;
	const bytes = Buffer.from(text, "latin1");
	try {
		return strict.decode(bytes);
	} catch {
		return { base64: bytes.toString("base64") };
	}
}
/** The byte string of text from public JSON. */
function fromBytesText(text) {
	return typeof text === "string" ? utf8(text) : byteString(Buffer.from(text.base64, "base64").toString("latin1"));
}
/** For display: bytes that are not valid UTF-8 become U+FFFD. */
function toDisplayText(text) {
	return isAscii.test(text) ? text : lenient.decode(Buffer.from(text, "latin1"));
}
// server/protocol/fastcgi/record-types.ts
var recordType = {
	beginRequest: 1,
	abortRequest: 2,
	endRequest: 3,
	params: 4,
	stdin: 5,
	stdout: 6,
	stderr: 7,
	data: 8,
	getValues: 9,
	getValuesResult: 10,
	unknownType: 11
};
/** What the application is asked to be (§6). */
var role = {
	responder: 1,
	authorizer: 2,
	filter: 3
};
/** END_REQUEST's protocolStatus (§5.5). */
var protocolStatus = {
	requestComplete: 0,
	cannotMultiplex: 1,
	overloaded: 2,
	unknownRole: 3
};
/** Only these two variables of the application, and its ability to multiplex, have names of their own (§4.1). */
var limitNames = [
	"FCGI_MAX_CONNS",
	"FCGI_MAX_REQS",
	"FCGI_MPXS_CONNS"
];
/** A record's content is at most this long (§3.3). */
var maxContentBytes = 65535;
var typeNames = [
	"BEGIN_REQUEST",
	"ABORT_REQUEST",
	"END_REQUEST",
	"PARAMS",
	"STDIN",
	"STDOUT",
	"STDERR",
	"DATA",
	"GET_VALUES",
	"GET_VALUES_RESULT",
	"UNKNOWN_TYPE"
];
/** "STDOUT"; "type 42" for what the specification does not name. */
function recordTypeName(type) {
	return typeNames[type - 1] ?? `type ${type}`;
}
var statusNames = [
	"REQUEST_COMPLETE",
	"CANT_MPX_CONN",
	"OVERLOADED",
	"UNKNOWN_ROLE"
];
/** "OVERLOADED"; "status 7" for what the specification does not name. */
function protocolStatusName(status) {
	return statusNames[status] ?? `status ${status}`;
}
// server/protocol/quote.ts
/** Between quotation marks: printable ASCII as it is, other bytes as \xNN, cut after 60 bytes. */
function quoteBytes(bytes) {
	return `“${bytes.slice(0, 60).replace(/[^\x20-\x7e]/g, (byte) => byte === "\r" ? "\\r" : byte === "	" ? "\\t" : `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`)}${bytes.length > 60 ? "…" : ""}”`;
}
// server/protocol/script-head-messages.ts
var redirected = "so this is no local redirect (RFC 3875 §6.2.2): the client is sent there, with 302.";
/** Why a script's output is no CGI response, and what in one is not as RFC 3875 says and was understood all the same. */
var scriptMessage = defineMessages({
	"no-output": "The script wrote nothing to standard output.",
	"no-empty-line": "The output ended before the blank line that separates the headers from the body (RFC 3875 §6.2).",
	/** More than `limit`. */
	"too-many-fields": ({ limit }) => `There are more than ${limit} header fields.`,
	"head-too-large": ({ limitBytes }) => `No blank line came within the first ${limitBytes >> 10} KiB, so this is not a header block.`,
	"byte-order-mark": "The output begins with a byte order mark (EF BB BF), which belongs to no header field. Save the script, or write, without it.",
	"utf-16": "The output is UTF-16. Header fields are ASCII; only the body may have another encoding.",
	"bad-status-line": ({ line }) => `${line} looks like an HTTP status line, but is not valid. A CGI script prints Status: instead (RFC 3875 §6.3.3).`,
	"folded-field": ({ line }) => `${line} begins with white space: a header field must not go on in a second line (RFC 3875 §6.3).`,
	"no-field-name": ({ line }) => `${line} has no name before its colon.`,
	"space-before-colon": ({ line }) => `${line} has white space before the colon, which a header field must not have (RFC 3875 §6.3).`,
	"carriage-return": ({ line }) => `${line} holds a carriage return inside the line. Lines end in LF or CR LF (RFC 3875 §7.2), not in CR alone or CR CR LF.`,
	markup: ({ line, isFirst }) => `${line} is markup where a header field should be. ${isFirst ? "Content-Type and a blank line must come first" : "A blank line must come before the body"} (RFC 3875 §6.2).`,
	"binary-data": ({ line }) => `${line} is binary data where a header field should be.`,
	"no-colon": ({ line, isFirst }) => `${line} is not a header: it has no colon. ${isFirst ? "Something was printed before the headers" : "A blank line must end the headers"} (RFC 3875 §6.2).`,
	"bad-field-name": ({ line }) => `${line} is not a header: the name before the colon holds characters a name cannot have (RFC 3875 §6.3).`,
	"field-repeated": ({ name, isTolerated }) => `${name} occurs more than once (RFC 3875 §6.3)${isTolerated ? "; the last one counts" : ""}.`,
	"no-fields": "The output begins with a blank line, so there are no headers. One of the three must be there (RFC 3875 §6.3).",
	"no-cgi-field": "None of the header fields is Content-Type, Location or Status. One of the three must be there (RFC 3875 §6.3).",
	"no-content-type": ({ isTolerated }) => `There is no Content-Type, which a document must have (RFC 3875 §6.2.1)${isTolerated ? "; the browser has to guess what the body is" : ""}.`,
	"empty-location": "Location is empty (RFC 3875 §6.3.2).",
	"relative-location": ({ isTolerated }) => `Location is neither an absolute URI nor a path from the root (RFC 3875 §6.3.2)${isTolerated ? "; it is sent as it is, and the client resolves it" : ""}.`,
	"malformed-status": ({ value }) => `Status: ${value} is not three digits and a reason (RFC 3875 §6.3.3).`,
	"interim-status": ({ status }) => `Status ${status} is not a final status: 1xx only announces one (RFC 9110 §15.2), and only a script named nph-… may.`,
	"unknown-status": ({ status }) => `Status ${status} is not an HTTP status: they end at 599 (RFC 9110 §15).`,
	"nph-without-status-line": "An NPH script begins with an HTTP status line.",
	"http-status-line": "The first line is an HTTP status line. A CGI script prints Status: instead (RFC 3875 §6.3.3); only one named nph-… speaks HTTP itself (§5).",
	"location-with-status-200": "Location beside status 200: no client follows it (RFC 3875 §6.2.4 asks for 302 or another 3xx).",
	"local-redirect-not-followed": "Location is a path alone, a local redirect (RFC 3875 §6.2.2), which the policy does not follow: the client is sent there, with 302.",
	"local-redirect-characters": `Location holds characters a local redirect's path cannot have, ${redirected}`,
	"local-redirect-with-fields": `Location is a path, but not the only field, ${redirected}`,
	"local-redirect-with-status": "Location is a path beside a Status: no local redirect (RFC 3875 §6.2.2), the client is sent there.",
	"redirect-without-status": "A redirect with other fields must have a Status and a Content-Type (RFC 3875 §6.2.4); 302 is assumed.",
	"redirect-without-document": "A redirect with a Status must have a Content-Type and a document (RFC 3875 §6.2.4)."
});
export { protocolStatus as a, recordTypeName as c, toBytesText as d, toDisplayText as f, maxContentBytes as i, role as l, quoteBytes as n, protocolStatusName as o, limitNames as r, recordType as s, scriptMessage as t, fromBytesText as u };

//# sourceMappingURL=script-head-messages-BLuPLnUQ.js.map