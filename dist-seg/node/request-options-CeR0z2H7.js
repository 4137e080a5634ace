import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { a as utf8 } from "./byte-string-DHgfSrmB.js";
import { t as UsageError } from "./cli.js";
import { open, stat } from "node:fs/promises";
// server/cli/request-options.ts
/** For `parseArgs`. */
var requestOptions = {
	request: {
		type: "string",
		short: "X"
	},
	header: {
		type: "string",
		short: "H",
		multiple: true
	},
	data: {
		type: "string",
		short: "d",
		multiple: true
	},
	"data-binary": { type: "string" }
};
/** Each -H, and the Content-Type that -d implies if none is given. @throws UsageError without a colon */
function headersOf(texts = [], isForm) {
	const headers = texts.map(headerOf);
	if (isForm && !headers.some(([name]) => name.toLowerCase() === "content-type")) headers.push([utf8("Content-Type"), utf8("application/x-www-form-urlencoded")]);
	return headers;
}
/** @throws UsageError without a colon */
function headerOf(text) {
	const colon = text.indexOf(":");
	if (colon < 1) throw new UsageError(`--header takes 'Name: value', not “${text}”`);
	return [utf8(text.slice(0, colon)), utf8(text.slice(colon + 1).trim())];
}
/** -d and --data-binary. */
async function bodyOf(data, binary) {
	if (data && binary !== void 0) throw new UsageError("use either -d or --data-binary, not both");
	if (data) return { bytes: Buffer.from(data.join("&")) };
	if (binary === void 0) return null;
	if (!binary.startsWith("@")) return { bytes: Buffer.from(binary) };
	if (binary === "@-") return {
		stream: process.stdin,
		sizeBytes: null
	};
	const path = binary.slice(1);
	const refuse = (error) => {
		throw new UsageError(`the file of --data-binary cannot be read: ${path}, ${errorCode(error) || String(error)}`);
	};
	const info = await stat(path).catch(refuse);
	if (!info.isFile()) throw new UsageError(`--data-binary takes a file, and ${path} is not a regular file`);
	return {
		stream: (await open(path).catch(refuse)).createReadStream(),
		sizeBytes: info.size
	};
}
export { headersOf as n, requestOptions as r, bodyOf as t };

//# sourceMappingURL=request-options-CeR0z2H7.js.map