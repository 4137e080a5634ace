import { t as byteString } from "./byte-string-DHgfSrmB.js";
// server/routing/shebang.ts
/** Null if the text does not begin with "#!". */
function parseShebang(text) {
	if (!text.startsWith("#!")) return null;
	const line = byteString(text.slice(2, 512).split("\n", 1)[0] ?? "");
	const words = line.replace(/\r$/, "").trim().split(/[ \t]+/);
	const program = words[0] ?? "";
	const searched = /(^|\/)env$/.test(program) ? words.findIndex((word, index) => index > 0 && !word.startsWith("-") && !word.includes("=")) : 0;
	return {
		line,
		program,
		searchedFor: searched > 0 ? words[searched] ?? null : null,
		argument: words.slice(Math.max(0, searched) + 1).join(" "),
		carriageReturn: line.endsWith("\r")
	};
}
// server/doctor/fixes/language.ts
var byProgram = [
	[/^python[\d.]*$/, "python"],
	[/^perl[\d.]*$/, "perl"],
	[/^(ba|da|k|z|a)?sh$/, "shell"],
	[/^php(-cgi)?[\d.]*$/, "php"],
	[/^ruby[\d.]*$/, "ruby"],
	[/^node(js)?$/, "node"],
	[/^lua(jit)?[\d.]*$/, "lua"],
	[/^(tclsh|wish)[\d.]*$/, "tcl"]
];
var byExtension = {
	py: "python",
	pl: "perl",
	pm: "perl",
	sh: "shell",
	bash: "shell",
	php: "php",
	rb: "ruby",
	js: "node",
	mjs: "node",
	cjs: "node",
	lua: "lua",
	tcl: "tcl"
};
var byWords = [
	[/^<\?php/, "php"],
	[/^\s*(use strict|my [$@%]|use CGI)\b/m, "perl"],
	[/^\s*(def \w+\(.*\):|from [\w.]+ import |import (os|sys|cgi)\b|print\()/m, "python"],
	[/^\s*(require ['"]|puts ['"])/m, "ruby"],
	[/^\s*(const|let) .*=|console\.log\(/m, "node"],
	[/^\s*(echo|printf|cat <<|set -)/m, "shell"]
];
var byteOrderMark = "ï»¿";
/** The text without a UTF-8 byte order mark. */
var withoutMark = (text) => text.startsWith("ï»¿") ? byteString(text.slice(3)) : text;
/** The language of an interpreter: "python3.12" is Python; null for an unknown program. */
function languageOfProgram(path) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	return byProgram.find(([names]) => names.test(name))?.[1] ?? null;
}
/** Uses only the extension of `path`. Null if unknown. */
function languageOf(path, text) {
	const plain = withoutMark(text);
	const shebang = parseShebang(plain);
	const named = shebang && languageOfProgram(shebang.searchedFor ?? shebang.program);
	if (named) return named;
	return byExtension[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ""] ?? byWords.find(([words]) => words.test(plain))?.[1] ?? null;
}
export { parseShebang as a, withoutMark as i, languageOf as n, languageOfProgram as r, byteOrderMark as t };

//# sourceMappingURL=language-Ea2h0r1q.js.map