import { t as defineMessages } from "./message--K3iKRUD.js";
import { o as outcomes } from "./trace-D4ZZJJlK.js";
// server/protocol/query-messages.ts
var queryMessage = defineMessages({
	"query-unknown-key": ({ key, keys }) => `There is no key “${key}:”. The keys are ${keys.map((known) => `${known}:`).join(" ")}. Quote text that has a colon.`,
	"query-open-quote": "This quotation mark has no end.",
	"query-no-value": ({ key }) => `“${key}:” needs a value.`,
	"query-nothing-negated": "A minus needs something behind it.",
	"query-lonely-or": "OR needs a condition on both sides.",
	"query-status": ({ value }) => `“${value}” is no status. Write status:404, status:5xx, status:>=400, status:none or an outcome (crashed, timeout).`,
	"query-took": ({ value }) => `“${value}” is no condition on a time. Write took:>100ms or took:<2s.`,
	"query-size": ({ value }) => `“${value}” is no condition on a size. Write size:>10k or size:<1m.`,
	"query-kind": ({ value, kinds }) => `“is:${value}” is not a condition. Use one of ${kinds.join(", ")}.`,
	"query-pattern": ({ source, why }) => `“${source}” is not a valid regular expression: ${why}`,
	"query-time": ({ value }) => `“${value}” is no time. Write 2026-01-31, 2026-01-31T14:30, today, yesterday, 15m, 2h or 3d (ago).`
});
// server/contract/filter-words.ts
/** What `is:` can ask for. */
var traceKinds = [
	"failed",
	"ok",
	"running",
	"pinned",
	"warning",
	"error",
	"replay",
	"redirected",
	"followed",
	"script",
	"static"
];
// server/protocol/trace-conditions.ts
var queryKeys = [
	"status",
	"method",
	"path",
	"file",
	"script",
	"mode",
	"took",
	"size",
	"from",
	"is",
	"header",
	"env",
	"stderr",
	"body",
	"finding",
	"after",
	"before",
	"text"
];
var isKey = (text) => queryKeys.some((key) => key === text);
/** A message for a value that is not valid. */
function conditionOf(key, { value, expression, now }) {
	switch (key) {
		case "status": return anyOf(value, (one) => statusOf(one) ?? queryMessage("query-status", { value: one }));
		case "took": return compared(key, value, {
			"": 1,
			ms: 1,
			s: 1e3,
			m: 6e4,
			min: 6e4
		}) ?? queryMessage("query-took", { value });
		case "size": return compared(key, value, sizes) ?? queryMessage("query-size", { value });
		case "after":
		case "before": {
			const time = timeOf(value, now);
			return time === null ? queryMessage("query-time", { value }) : {
				key,
				time
			};
		}
		case "header":
		case "env": {
			const equals = value.indexOf("=");
			if (equals < 0) return {
				key,
				name: value,
				value: null
			};
			return {
				key,
				name: value.slice(0, equals),
				value: value.slice(equals + 1)
			};
		}
		case "method": return anyOf(value, (one) => ({
			key,
			value: one.toUpperCase()
		}));
		case "mode":
		case "from": return anyOf(value.toLowerCase(), (one) => ({
			key,
			value: one
		}));
		case "is": {
			const kind = traceKinds.find((known) => known === value.toLowerCase());
			return kind ? {
				key,
				value: kind
			} : queryMessage("query-kind", {
				value,
				kinds: traceKinds
			});
		}
		case "path":
		case "file":
			if (value.startsWith("=") && value.length > 1) return {
				key,
				exact: value.slice(1)
			};
			return patternOf(key, expression) ?? {
				key,
				value
			};
		case "text":
		case "script": return patternOf(key, expression) ?? {
			key,
			value
		};
		default: return {
			key,
			value
		};
	}
}
function patternOf(key, expression) {
	if (!expression) return null;
	const { source, flags } = expression;
	try {
		new RegExp(source, flags);
		return {
			key,
			pattern: source,
			flags
		};
	} catch (error) {
		return queryMessage("query-pattern", {
			source,
			why: error instanceof Error ? error.message : String(error)
		});
	}
}
/** Alternatives with commas between them; the first mistake. */
function anyOf(text, of) {
	const all = [];
	for (const part of text.split(",")) {
		const one = of(part);
		if ("code" in one) return one;
		all.push(one);
	}
	const [only] = all;
	return only && all.length === 1 ? only : {
		key: "any",
		of: all
	};
}
/** How requests end, apart from their status. */
var endings = [...outcomes, "running"];
/** Null: not valid. */
function statusOf(value) {
	const key = "status";
	if (value === "none") return {
		key,
		range: null
	};
	const group = /^([1-9])xx$/i.exec(value)?.[1];
	if (group !== void 0) return {
		key,
		range: [Number(group) * 100, Number(group) * 100 + 99]
	};
	if (/^[1-9]\d?$/.test(value)) {
		const scale = value.length === 1 ? 100 : 10;
		return {
			key,
			range: [Number(value) * scale, (Number(value) + 1) * scale - 1]
		};
	}
	const [, is = "", digits] = /^(<=|>=|<|>|=)?(\d{1,3})$/.exec(value) ?? [];
	if (digits === void 0) return endings.some((known) => value !== "" && known.startsWith(value)) ? {
		key: "outcome",
		value
	} : null;
	const status = Number(digits);
	if (is === "" || is === "=") return {
		key,
		range: [status, status]
	};
	if (is.startsWith("<")) return {
		key,
		range: [0, is === "<" ? status - 1 : status]
	};
	return {
		key,
		range: [is === ">" ? status + 1 : status, 999]
	};
}
var [kibi, mebi, gibi] = [
	1024,
	1 << 20,
	1 << 30
];
var sizes = {
	"": 1,
	b: 1,
	k: kibi,
	m: mebi,
	g: gibi,
	kib: kibi,
	mib: mebi,
	gib: gibi,
	kb: 1e3,
	mb: 1e6,
	gb: 1e9
};
function compared(key, value, units) {
	const [, is = "=", digits, unit = ""] = /^(<=|>=|<|>|=)?(\d{1,12}(?:\.\d{1,6})?)([a-z]{0,3})$/i.exec(value) ?? [];
	const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : void 0;
	if (digits === void 0 || factor === void 0) return null;
	if (is !== "<" && is !== "<=" && is !== ">" && is !== ">=" && is !== "=") return null;
	return {
		key,
		is,
		number: Number(digits) * factor
	};
}
var agoUnits = {
	m: 6e4,
	h: 36e5,
	d: 864e5
};
/** Local time; null: not valid. */
function timeOf(value, now) {
	const [, count, unit = ""] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
	if (count !== void 0) return now - Number(count) * (agoUnits[unit] ?? 0);
	if (value === "today" || value === "yesterday") {
		const day = new Date(now);
		return new Date(day.getFullYear(), day.getMonth(), day.getDate() - (value === "today" ? 0 : 1)).getTime();
	}
	const [, year, month, date, hour = 0, minute = 0, second = 0] = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(value) ?? [];
	if (year === void 0 || month === void 0 || date === void 0) return null;
	const [y, mo, d, h, mi, s] = [
		year,
		month,
		date,
		hour,
		minute,
		second
	].map(Number);
	const time = new Date(y ?? 0, (mo ?? 1) - 1, d, h, mi, s);
	return time.getMonth() === (mo ?? 1) - 1 && time.getDate() === d && (h ?? 0) < 24 && (mi ?? 0) < 60 && (s ?? 0) < 60 ? time.getTime() : null;
}
// server/protocol/trace-query.ts
var Mistake = class extends Error {
	mistake;
	constructor(from, to, why) {
		super(why.text);
		this.mistake = {
			from,
			to,
			why
		};
	}
};
/** `now`: for times such as `2h`, Unix time in ms. */
function parseTraceQuery(text, now) {
	try {
		return { query: choices(wordsOf(text), now) };
	} catch (error) {
		if (error instanceof Mistake) return { mistake: error.mistake };
		throw error;
	}
}
var isSpace = (character) => character !== void 0 && /\s/.test(character);
function wordsOf(text) {
	const words = [];
	for (let at = 0; at < text.length;) if (isSpace(text[at])) at++;
	else {
		const word = wordAt(text, at);
		words.push(word);
		at = word.to;
	}
	return words;
}
function wordAt(text, from) {
	const isNegated = text[from] === "-";
	let [at, key, value, isQuoted] = [
		from + (isNegated ? 1 : 0),
		null,
		"",
		false
	];
	let expression = null;
	while (at < text.length && !isSpace(text[at])) {
		const character = text[at] ?? "";
		if (character === "/" && value === "" && !isQuoted) expression = expressionAt(text, at);
		if (character === "\"") {
			const quoted = quotedAt(text, at);
			value += quoted.value;
			isQuoted = true;
			at = quoted.to;
		} else if (character === ":" && key === null && !isQuoted && /^[a-z]+$/.test(value)) {
			[key, value] = [value, ""];
			at++;
		} else {
			value += character;
			at++;
		}
	}
	if (isNegated && at === from + 1) throw new Mistake(from, at, queryMessage("query-nothing-negated"));
	return {
		from,
		to: at,
		isNegated,
		key,
		value,
		isQuoted,
		expression
	};
}
/** A regular expression that is the rest of its word, without spaces. */
function expressionAt(text, at) {
	const pattern = /\/((?:[^/\\\s]|\\\S)+)\/(i?)(?=\s|$)/y;
	pattern.lastIndex = at;
	const [, source, flags = ""] = pattern.exec(text) ?? [];
	return source === void 0 ? null : {
		source,
		flags
	};
}
/** A backslash takes the next character as it is. */
function quotedAt(text, from) {
	let value = "";
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] === "\"") return {
			value,
			to: at + 1
		};
		if (text[at] === "\\" && at + 1 < text.length) at++;
		value += text[at];
	}
	throw new Mistake(from, text.length, queryMessage("query-open-quote"));
}
var isOr = ({ key, value, isQuoted, isNegated }) => key === null && value === "OR" && !isQuoted && !isNegated;
function choices(words, now) {
	const all = [];
	words.forEach((word, index) => {
		const [before, after] = [words[index - 1], words[index + 1]];
		if (isOr(word)) {
			if (!before || !after || isOr(before) || isOr(after)) throw new Mistake(word.from, word.to, queryMessage("query-lonely-or"));
			return;
		}
		const term = termOf(word, now);
		const choice = before && isOr(before) ? all.at(-1) : void 0;
		if (choice) choice.push(term);
		else all.push([term]);
	});
	return all;
}
function termOf(word, now) {
	const { key, value, isNegated, isQuoted, expression, from, to } = word;
	if (key === null) {
		const condition = conditionOf("text", {
			value,
			expression,
			now
		});
		if ("code" in condition) throw new Mistake(from, to, condition);
		return {
			...condition,
			isNegated
		};
	}
	const keyTo = from + (isNegated ? 1 : 0) + key.length + 1;
	if (!isKey(key)) throw new Mistake(from, keyTo, queryMessage("query-unknown-key", {
		key,
		keys: queryKeys
	}));
	if (value === "" && !isQuoted) throw new Mistake(from, to, queryMessage("query-no-value", { key }));
	const condition = conditionOf(key, {
		value,
		expression,
		now
	});
	if ("code" in condition) throw new Mistake(keyTo, to, condition);
	return {
		...condition,
		isNegated
	};
}
export { parseTraceQuery as t };

//# sourceMappingURL=trace-query-DunTzm3k.js.map