// server/protocol/byte-string.ts
/** A constant of our own, or a value known to hold characters up to U+00FF only, as a byte string. */
function byteString(text) {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) throw new RangeError(`not a byte string: U+${text.charCodeAt(i).toString(16)} at ${i}`);
	return text;
}
/** Text that has one character per byte already: what node:http gives, what was decoded as latin1, a part of a byte string. Not looked at. */
var latin1 = (text) => text;
/** The bytes `[from, to)` as a byte string. */
function fromBytes(bytes, from = 0, to = bytes.length) {
	if (isNodeBuffer(bytes)) return latin1(bytes.latin1Slice(from, to));
	let text = "";
	for (let at = from; at < to; at += 8192) text += Reflect.apply(String.fromCharCode, null, bytes.subarray(at, Math.min(at + 8192, to)));
	return text;
}
/** Node's own do in native code what a loop takes ten times longer for. */
var isNodeBuffer = (bytes) => "latin1Slice" in bytes;
/** A byte string as bytes. */
function toBytes(text) {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}
/** Decoded text as the byte string of its UTF-8 form; a lone surrogate becomes U+FFFD, as everywhere on the web. */
function utf8(text) {
	let out = "";
	for (const character of text) {
		let code = character.codePointAt(0) ?? 0;
		if (code >= 55296 && code <= 57343) code = 65533;
		if (code < 128) out += character;
		else if (code < 2048) out += String.fromCharCode(192 | code >> 6, 128 | code & 63);
		else if (code < 65536) out += String.fromCharCode(224 | code >> 12, 128 | code >> 6 & 63, 128 | code & 63);
		else out += String.fromCharCode(240 | code >> 18, 128 | code >> 12 & 63, 128 | code >> 6 & 63, 128 | code & 63);
	}
	return out;
}
export { utf8 as a, toBytes as i, fromBytes as n, latin1 as r, byteString as t };

//# sourceMappingURL=byte-string-DHgfSrmB.js.map