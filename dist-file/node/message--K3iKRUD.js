// server/contract/message.ts
/** The messages of one domain: a table from codes to sentences. */
function defineMessages(table) {
	const make = (code, ...given) => {
		const data = given[0] ?? null;
		const wording = table[code] ?? "";
		return {
			code,
			data,
			text: inTestWords(typeof wording === "string" ? wording : wording(data ?? {}))
		};
	};
	const is = (message, ...codes) => message != null && codes.includes(message.code);
	return Object.assign(make, {
		codes: Object.keys(table),
		is
	});
}
/** The sentences, separated by spaces; null for none. */
var sentencesOf = (messages) => messages.length === 0 ? null : messages.map(({ text }) => text).join(" ");
/**
* The sentence. In the test run that changes every sentence: backwards, and each letter replaced by the next one.
* (Reversing alone would restore a sentence inside another one.)
*/
var inTestWords = typeof REVERSED_MESSAGES !== "undefined" && REVERSED_MESSAGES === true ? (text) => [...text].reverse().map((character) => /[a-y]/i.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : character).join("") : (text) => text;
export { inTestWords as n, sentencesOf as r, defineMessages as t };

//# sourceMappingURL=message--K3iKRUD.js.map