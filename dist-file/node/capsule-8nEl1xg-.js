import { l as int, n as _enum, y as union } from "./schemas-ALeHrJtO.js";
import { u as fromBytesText } from "./script-head-messages-BLuPLnUQ.js";
import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
import { i as toBytes, t as byteString } from "./byte-string-DHgfSrmB.js";
import { t as defineMessages } from "./message--K3iKRUD.js";
import { t as defineProblems } from "./problem-BYFI9xia.js";
import { c as stream, f as trace, l as streamInfo } from "./trace-D4ZZJJlK.js";
import { constants } from "node:os";
// server/protocol/export/utf8-text.ts
var strict = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** The controls that survive a clipboard and a terminal: tab and line feed. C1 controls come as two bytes, C2 80 to C2 9F. */
var lostOnTheWay = /[\0-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]/;
/** The text, when the bytes are UTF-8 without control characters other than tab and line feed; else null. */
function plainText(bytes) {
	if (lostOnTheWay.test(bytes)) return null;
	try {
		return strict.decode(toBytes(bytes));
	} catch {
		return null;
	}
}
// server/protocol/export/shell-word.ts
/** Without meaning to any shell, also as the first character (zsh expands a word that begins with "=", all do with "~"). */
var bare = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;
/** A word cannot hold NUL, neither can an argument: there is none in what is given here. */
function shellWord(bytes) {
	if (bare.test(bytes)) return bytes;
	const text = plainText(bytes);
	return text === null ? printedWord(bytes) : quoted(text);
}
/** The same in printable ASCII, on one line: for a file that no editor and no mail may change. */
function asciiWord(bytes) {
	if (bare.test(bytes)) return bytes;
	return /^[\x20-\x7e]*$/.test(bytes) ? quoted(bytes) : printedWord(bytes);
}
function printedWord(bytes) {
	const ends = /\n*$/.exec(bytes)?.[0] ?? "";
	return `"$(printf ${printfFormat(bytes.slice(0, bytes.length - ends.length))})"${ends === "" ? "" : quoted(ends)}`;
}
/** Between single quotes; one inside them is written outside. */
var quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
var named = {
	"\r": "\\r",
	"\n": "\\n",
	"	": "\\t",
	"%": "%%",
	"\\": "\\\\"
};
/** A quoted format from which printf writes exactly these bytes, NUL among them. */
function printfFormat(bytes) {
	const escaped = bytes.replace(/[^\x20-\x7e]|[%\\'!]/g, (byte) => named[byte] ?? `\\${byte.charCodeAt(0).toString(8).padStart(3, "0")}`);
	return `'${escaped.startsWith("-") ? `\\055${escaped.slice(1)}` : escaped}'`;
}
// server/protocol/export/base64.ts
var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
var character = (sextet) => alphabet.charAt(sextet & 63);
function toBase64(bytes) {
	const parts = [];
	for (let at = 0; at < bytes.length; at += 3) {
		const left = bytes.length - at;
		const three = bytes.charCodeAt(at) << 16 | (left > 1 ? bytes.charCodeAt(at + 1) : 0) << 8 | (left > 2 ? bytes.charCodeAt(at + 2) : 0);
		parts.push(character(three >> 18), character(three >> 12), left > 1 ? character(three >> 6) : "=", left > 2 ? character(three) : "=");
	}
	return parts.join("");
}
/** Null when it is not base64. White space is skipped. */
function fromBase64(text) {
	const digits = text.replace(/\s+/g, "");
	if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return null;
	const parts = [];
	for (let at = 0; at < digits.length; at += 4) {
		const sextet = (offset) => Math.max(0, alphabet.indexOf(digits.charAt(at + offset)));
		const three = sextet(0) << 18 | sextet(1) << 12 | sextet(2) << 6 | sextet(3);
		parts.push(String.fromCharCode(three >> 16));
		if (digits.charAt(at + 2) !== "=") parts.push(String.fromCharCode(three >> 8 & 255));
		if (digits.charAt(at + 3) !== "=") parts.push(String.fromCharCode(three & 255));
	}
	return byteString(parts.join(""));
}
// server/protocol/export/stdin-source.ts
/** Longer bytes that are no text travel as base64: a third more instead of up to four times as long. */
var maxEscapedBytes = 2e3;
/** The beginning of a pipeline that writes exactly these bytes, `printf '%s' 'a=1' | `. The shell's own printf and echo know no limit. */
function pipeOf(bytes) {
	const text = plainText(bytes);
	if (text !== null) return `printf '%s' ${quoted(text)} | `;
	if (bytes.length <= maxEscapedBytes) return `printf ${printfFormat(bytes)} | `;
	return `echo ${toBase64(bytes)} | base64 -d | `;
}
// server/protocol/export/env-command.ts
function envCommand({ argv, cwd, env, stdin }) {
	const variables = env.map(([name, value]) => assignment(name, value));
	const [program = byteString("")] = argv;
	const command = [...program.includes("=") ? [`/bin/sh -c 'exec "$0" "$@"'`] : [], ...argv.map(shellWord)].join(" ");
	return `${[
		`(cd ${shellWord(cwd)} && ${stdin === null ? "" : pipeOf(stdin)}env -i`,
		...variables,
		command
	].join(" \\\n  ")}${stdin === null ? " </dev/null" : ""})`;
}
var isName = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** The name stays readable: only the value is quoted, unless the name is an odd one. */
function assignment(name, value, word = shellWord) {
	if (!isName.test(name)) return word(byteString(`${name}=${value}`));
	return `${name}=${value === "" ? "" : word(value)}`;
}
// server/trace/formats/capsule-shell.ts
/** The lines that hold the bytes begin and end with these: `read-capsule.ts` looks for them. */
var partBegin = (part) => `base64 -d >"$work/${part}" <<'END-OF-${part}' || cannot`;
var partEnd = (part) => `END-OF-${part}`;
function capsuleShell({ head, start, stdin, stdout, isCut, code, incomparable }) {
	const { cwd, file, program, variables, words } = start;
	const through = program.includes("=") ? [`/bin/sh -c 'exec "$0" "$@"'`] : [];
	const command = [
		"env -i --",
		...variables,
		...through,
		"\"$program\"",
		...words
	].join(" \\\n  ");
	return `${[
		head.join("\n"),
		prologue,
		...stdin === null ? [] : [`${partBegin("stdin")}\n${stdin}${partEnd("stdin")}`],
		`${partBegin("stdout")}\n${stdout}${partEnd("stdout")}`,
		checks(cwd, file, program),
		`start() {\n  ${command}\n}`,
		stdin === null ? runWithout : runWith,
		waitForOutput,
		...isCut ? [cutOutput] : [],
		`expected_code=${code ?? "$code"}\nincomparable='${incomparable ?? ""}'`,
		epilogue
	].join("\n\n")}\n`;
}
var prologue = `set -u
PATH=/usr/local/bin:/usr/bin:/bin LC_ALL=C
export PATH LC_ALL
cannot() {
  printf 'Cannot run: %s\\n' "\${1-a program is missing, or there is no space for temporary files}" >&2
  exit 2
}
case "\${1-}" in
'' | --run) ;;
*) cannot "the only option is --run" ;;
esac
work=$(mktemp -d) && work=$(cd -- "$work" && pwd) || cannot
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM`;
var checks = (cwd, file, program) => [
	`cd -- ${cwd} || cannot "its folder is missing"`,
	`program=$(command -v ${program}) && [ -x "$program" ] ||\n  cannot "the program is missing, or is not executable: "${program}`,
	...file === null || file === program ? [] : [`[ -e ${file} ] || cannot "the script is missing: "${file}`]
].join("\n");
/** Through pipes, as the gateway reads them: a process that outlives the script holds nothing of ours. */
var outputPipes = `mkfifo "$work/pipe" "$work/errors" || cannot
cat "$work/pipe" >"$work/found" &
reader=$!
cat "$work/errors" >&2 &
teller=$!`;
var runWithout = `${outputPipes}
start </dev/null >"$work/pipe" 2>"$work/errors"
code=$?`;
var runWith = `${outputPipes}
cat "$work/stdin" | start >"$work/pipe" 2>"$work/errors"
code=$?`;
/** As long as the gateway waits for processes that hold stdout after the script's end. */
var waitForOutput = `(
  sleep 2
  kill "$reader" "$teller"
) </dev/null >/dev/null 2>&1 &
timer=$!
wait "$reader" "$teller" 2>/dev/null
kill "$timer" 2>/dev/null
if [ "\${1-}" = --run ]; then
  cat "$work/found"
  exit "$code"
fi`;
var cutOutput = `# Only the beginning of stdout was kept.
head -c "$(($(wc -c <"$work/stdout")))" "$work/found" >"$work/part" && mv "$work/part" "$work/found" || cannot`;
var epilogue = `# The byte of a file at an offset, as two hexadecimal digits.
byte_at() {
  byte=$(od -A n -v -t x1 -j "$2" -N 1 "$1" 2>/dev/null | tr -d ' \\n')
  printf %s "\${byte:-the end}"
}
verdict=0
od -A x -v -t x1 "$work/stdout" >"$work/a" && od -A x -v -t x1 "$work/found" >"$work/b" || cannot
row=$(comm -3 "$work/a" "$work/b" 2>/dev/null | head -n 1)
if [ -n "$row" ]; then
  # The row begins with the offset of its first byte.
  # shellcheck disable=SC2086
  set -- $row
  at=$((0x$1))
  there=$(od -A n -v -t x1 -j "$at" -N 16 "$work/found" 2>/dev/null)
  for byte in $(od -A n -v -t x1 -j "$at" -N 16 "$work/stdout" 2>/dev/null); do
    # shellcheck disable=SC2086
    set -- $there
    [ "$byte" = "\${1-}" ] || break
    shift
    there=$*
    at=$((at + 1))
  done
  verdict=1
  printf 'stdout differs at byte %s: expected %s, found %s. It has %s bytes, expected %s.\\n' "$at" \\
    "$(byte_at "$work/stdout" "$at")" "$(byte_at "$work/found" "$at")" \\
    "$(($(wc -c <"$work/found")))" "$(($(wc -c <"$work/stdout")))"
fi
if [ "$code" -ne "$expected_code" ]; then
  verdict=1
  printf 'The exit code is %s, expected %s.\\n' "$code" "$expected_code"
fi
if [ -n "$incomparable" ]; then
  printf 'Not comparable: %s.\\n' "$incomparable"
  exit 2
fi
if [ "$verdict" -eq 0 ]; then
  printf 'The same: %s bytes of stdout, exit code %s.\\n' "$(($(wc -c <"$work/found")))" "$code"
fi
exit "$verdict"`;
// server/trace/formats/messages.ts
var exportMessage = defineProblems({
	"nothing-ran": {
		message: ({ trace }) => `No program of this folder ran for the trace ${trace}, so there is nothing to run again.`,
		fix: "Choose the trace of a request that a script served."
	},
	"body-cut": {
		message: ({ trace, captured, bytes }) => `Only the first ${captured} of the ${bytes} bytes of the request body of ${trace} were kept.`,
		fix: "limits.captureBytes in cgi-workbench.json bounds what is kept of each stream. The store keeps no bytes of a trace that has more than 4 MiB."
	},
	"not-a-request": {
		message: ({ trace }) => `The request line of ${trace} is not valid, so no such command can be made.`,
		fix: "Export it as raw HTTP."
	},
	"not-imported": {
		message: ({ path, why }) => `${path} cannot be imported: ${why.text}`,
		fix: "Import a capsule of CGI Workbench, or a HAR file."
	},
	"not-written": {
		message: ({ path, systemText }) => `${path} cannot be written: ${systemText}.`,
		fix: "Name a file that you may write to, in a folder that exists."
	}
});
/** What is wrong with a file that should be imported. */
var importMessage = defineMessages({
	"file-unreadable": ({ systemText }) => `it cannot be read (${systemText}).`,
	"file-over-limit": ({ maxMiB }) => `it is larger than ${maxMiB} MiB.`,
	"file-unknown": "it is neither a capsule nor JSON.",
	"newer-capsule": ({ version }) => `it is a capsule of version ${version}, which this version of CGI Workbench does not know.`,
	"no-trace-line": "the capsule’s line with the trace is missing, repeated or not JSON.",
	"no-part": ({ part }) => `the capsule’s ${part} is missing, repeated or not base64.`,
	"not-json": ({ systemText }) => `it is not JSON (${systemText}).`,
	"bad-field": ({ field, systemText }) => `its field ${field} is not valid (${systemText}).`,
	"bad-stream": ({ stream }) => `the lengths of its stream ${stream} contradict each other.`,
	"no-entries": "it has no requests."
});
/** The first thing that a schema found. */
function fieldMistake({ issues }) {
	const [issue] = issues;
	return importMessage("bad-field", {
		field: issue?.path.join(".") || "(all)",
		systemText: issue?.message ?? ""
	});
}
/** Remarks of traces that were imported. */
var importedMessage = defineMessages({ "har-entry": "This request was imported from a HAR file: it did not come over a connection of this server." });
// server/trace/formats/stream-places.ts
var partNames = [
	"stdin",
	"stdout",
	"body",
	"content"
];
/** A stream with its bytes, or where they are. */
var placed = union([stream, streamInfo.extend({
	in: _enum(partNames),
	from: int().nonnegative()
})]);
/** Schema 1, with streams that may lie elsewhere in the file. */
var placedTrace = trace.extend({
	request: trace.shape.request.extend({ body: placed }),
	stdin: placed.nullable(),
	stdout: placed.nullable(),
	response: trace.shape.response.unwrap().extend({ body: placed }).nullable()
});
/** The trace without what is in `parts`. */
function placeStreams({ request, stdin, stdout, response, ...others }, parts) {
	const place = (whole) => {
		const { base64, ...info } = whole;
		const bytes = Buffer.from(base64, "base64");
		if (bytes.length === 0) return whole;
		for (const name of partNames) {
			const part = parts[name];
			if (!part || part.length < bytes.length) continue;
			for (const from of [0, part.length - bytes.length]) if (part.subarray(from, from + bytes.length).equals(bytes)) return {
				...info,
				in: name,
				from
			};
		}
		return whole;
	};
	return {
		...others,
		request: {
			...request,
			body: place(request.body)
		},
		stdin: stdin && place(stdin),
		stdout: stdout && place(stdout),
		response: response && {
			...response,
			body: place(response.body)
		}
	};
}
/** The whole trace again. Bytes that a part does not have are missing: see `unsoundStream`. */
function restoreStreams({ request, stdin, stdout, response, ...others }, parts) {
	const restore = (given) => {
		if (!("in" in given)) return given;
		const { in: name, from, ...info } = given;
		const bytes = parts[name]?.subarray(from, from + info.captured) ?? Buffer.alloc(0);
		return {
			...info,
			base64: bytes.toString("base64")
		};
	};
	return {
		...others,
		request: {
			...request,
			body: restore(request.body)
		},
		stdin: stdin && restore(stdin),
		stdout: stdout && restore(stdout),
		response: response && {
			...response,
			body: restore(response.body)
		}
	};
}
// server/trace/formats/capsule.ts
/** The first lines of the file: what it is, and in which form. */
var capsuleMark = "#!/bin/sh\n# CGI Workbench capsule ";
var traceMark = "#trace ";
/** @throws ProblemError if no program ran, or not all of its stdin is known */
function capsuleOf(trace, { secrets, isMasked }) {
	const { id, argv, cwd, env, request, stdin, stdout } = trace;
	if (!argv || argv.length === 0 || cwd === null || !env || !stdout) throw new ProblemError(exportMessage("nothing-ran", { trace: id }));
	const { bytes, captured } = request.body;
	const hasBody = stdin !== null && bytes > 0;
	if (hasBody && captured < bytes) throw new ProblemError(exportMessage("body-cut", {
		trace: id,
		captured,
		bytes
	}));
	const parts = {
		...hasBody && { stdin: Buffer.from(request.body.base64, "base64") },
		stdout: Buffer.from(stdout.base64, "base64")
	};
	const code = exitCodeOf(trace);
	return capsuleShell({
		head: [
			`${capsuleMark}1`,
			...headOf(trace, code, {
				secrets,
				isMasked
			}),
			`${traceMark}${asciiJson(placeStreams(trace, parts))}`
		],
		start: {
			cwd: asciiWord(fromBytesText(cwd)),
			file: trace.route.file === null ? null : asciiWord(fromBytesText(trace.route.file)),
			program: asciiWord(fromBytesText(argv[0] ?? "")),
			variables: env.map(({ name, value }) => assignment(fromBytesText(name), fromBytesText(value), asciiWord)),
			words: argv.slice(1).map((one) => asciiWord(fromBytesText(one)))
		},
		stdin: hasBody ? lines(request.body.base64) : null,
		stdout: lines(stdout.base64),
		isCut: stdout.captured < stdout.bytes,
		code,
		incomparable: incomparableBecause(trace, secrets, isMasked)
	});
}
/** What a person reads first. Nothing from the trace can end a line. */
function headOf({ startedAt, request, response, route, outcome, stdout }, code, { secrets, isMasked }) {
	const names = secrets.map((name) => printable(byteString(name))).join(", ");
	const secretLine = secrets.length === 0 ? "none under the usual names" : isMasked ? `${names}: each byte of their values is replaced by an asterisk` : `${names}. Their values are in this file. Do not pass it on`;
	return [
		"#",
		"# One request of a CGI script, as the gateway started it: environment, arguments, directory and stdin, with the",
		"# stdout and the exit code that followed.",
		"#",
		"#   sh FILE        starts the script and compares. Exit code: 0 the same, 1 different, 2 cannot run or compare",
		"#   sh FILE --run  starts the script, prints its stdout and ends with its exit code",
		"#",
		`# Request:   ${printable(fromBytesText(request.method))} ${printable(fromBytesText(request.target))}`,
		`# Recorded:  ${startedAt}, ${response ? `status ${response.status}` : "no response"}, outcome ${outcome}, mode ${route.mode}`,
		`# Expected:  ${stdout?.bytes ?? 0} bytes of stdout, exit code ${code ?? "unknown"}`,
		`# Secrets:   ${secretLine}`,
		"#",
		"# The next line has the whole trace for \"cgi-workbench import\". The shell does not read it."
	];
}
/** As a shell has it: 128 and the number of the signal that ended the script. */
function exitCodeOf({ process }) {
	if (!process) return null;
	if (process.exitCode !== null) return process.exitCode;
	const number = Object.entries(constants.signals).find(([name]) => name === process.signal)?.[1];
	return number === void 0 ? null : 128 + number;
}
/** A clause; null: the outputs can be compared. */
function incomparableBecause({ outcome, process, stdout }, secrets, isMasked) {
	if (isMasked && secrets.length > 0) return "the secrets of the request are masked";
	if (stdout && stdout.captured === 0 && stdout.bytes > 0) return "the recorded output was not kept";
	const hasEnded = outcome !== "client-gone" || typeof process?.exitCode === "number";
	return outcome === "timeout" || outcome === "stopped" || !hasEnded ? "the gateway ended the script before it was done" : null;
}
var printable = (bytes) => bytes.replace(/[^\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
var asciiJson = (value) => JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
/** Base64 as the lines of a here-document. */
var lines = (base64) => base64.replace(/.{1,76}/g, "$&\n");
export { shellWord as _, placedTrace as a, fieldMistake as c, partBegin as d, partEnd as f, quoted as g, fromBase64 as h, placeStreams as i, importMessage as l, pipeOf as m, capsuleOf as n, restoreStreams as o, envCommand as p, traceMark as r, exportMessage as s, capsuleMark as t, importedMessage as u, plainText as v };

//# sourceMappingURL=capsule-8nEl1xg-.js.map