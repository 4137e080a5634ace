import { n as inTestWords } from "./message--K3iKRUD.js";
// server/contract/problem.ts
/** The problems of one domain. Their codes and data are listed in docs/trace-format.md. */
function defineProblems(table) {
	const make = (name, ...given) => {
		const data = given[0] ?? null;
		const { code = name, message = "", fix } = table[name] ?? {};
		const inWords = (wording) => inTestWords(typeof wording === "string" ? wording : wording(data ?? {}));
		return {
			code,
			data,
			text: inWords(message),
			fix: fix === void 0 ? null : inWords(fix)
		};
	};
	const codes = new Set(Object.entries(table).map(([name, { code = name }]) => code));
	return Object.assign(make, { codes: [...codes] });
}
/** Where a failure does not end a call: in the state of the workbench, and in the window. */
var toProblem = ({ code, text, fix, data }) => ({
	code,
	message: text,
	fix,
	data
});
export { toProblem as n, defineProblems as t };

//# sourceMappingURL=problem-BYFI9xia.js.map