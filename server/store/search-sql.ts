// A search for traces as an SQL condition on the store's narrow rows. Bytes of bodies are not in the rows:
// `with_needle` gives the traces that have some.

import type { TraceKind } from "../contract/filter-words.js";
import { patterns as expressions } from "../formats/query/query-pattern.js";
import type { Condition } from "../formats/query/trace-conditions.js";
import type { Term, TraceQuery } from "../formats/query/trace-query.js";
import { utf8 } from "../protocol/byte-string.js";
import { shownLength } from "../trace/trace-row.js";
import { applicationMark, beginsLikeMark, lineMark, searchText } from "./search-text.js";
import { keysFor } from "./version-key.js";

export interface SqlSearch {
  /** Always a condition: "1" for an empty query. */
  readonly where: string;
  readonly values: readonly (string | number)[];
  /** What must hold whatever the bodies are. */
  readonly plain: Part;
  /** What `with_needle` is called with, by number. */
  readonly needles: readonly Buffer[];
  /** The search is for the one needle and nothing else. */
  readonly isOneNeedle: boolean;
  /** The tests of `has_pattern`. */
  readonly patterns: readonly PatternTest[];
}

type PatternTest = ReturnType<typeof expressions.patternTest>;

interface Wanted {
  readonly needles: Buffer[];
  readonly patterns: PatternTest[];
}

/** A condition and the values of its `?`. */
interface Part {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** `LIKE` folds the case of ASCII letters. */
const like = "like ? escape '\\'";
const escaped = (text: string): string => searchText(text).replace(/[\\%_]/g, "\\$&");
const containing = (text: string): string => `%${escaped(text)}%`;

/** Holds for a trace that was not deleted; what was can be shown again for a while. */
export const isShown = "name not in (select trace from mark where deleted is not null)";

export function searchSql(query: TraceQuery): SqlSearch {
  const wanted: Wanted = { needles: [], patterns: [] };
  const plain: Part[] = [];
  const askingBodies: Part[] = [];
  for (const choice of query) {
    const before = wanted.needles.length;
    const part = anyOf(choice.map((term) => termSql(term, wanted)));
    (wanted.needles.length > before ? askingBodies : plain).push(part);
  }
  // What is cheap comes first: SQLite takes conditions in their order.
  const { sql: where, values } = allOf([...plain, ...askingBodies]);
  const [first, ...others] = query.flat();
  const isOneNeedle = first !== undefined && others.length === 0 && isBodyText(first);
  return { where, values, plain: allOf(plain), isOneNeedle, ...wanted };
}

const isBodyText = (term: Term): boolean => !term.isNegated && term.key === "body" && term.value !== "";

const allOf = (parts: readonly Part[]): Part => ({
  sql: parts.length === 0 ? "1" : parts.map(({ sql }) => sql).join(" and "),
  values: parts.flatMap(({ values }) => values),
});

const anyOf = (parts: readonly Part[]): Part => ({
  sql: `(${parts.map(({ sql }) => sql).join(" or ")})`,
  values: parts.flatMap(({ values }) => values),
});

function termSql(term: Term, wanted: Wanted): Part {
  const part = conditionSql(term, wanted);
  return term.isNegated ? { ...part, sql: `not coalesce(${part.sql},0)` } : part;
}

function conditionSql(term: Condition, wanted: Wanted): Part {
  if ("pattern" in term) return patternSql(term, wanted);
  if ("exact" in term) return exactSql(term);
  switch (term.key) {
    case "any":
      return anyOf(term.of.map((one) => conditionSql(one, wanted)));
    case "status":
      if (term.range === null) return { sql: "(status is null)", values: [] };
      return { sql: "(status between ? and ?)", values: [...term.range] };
    case "took":
      return { sql: `(took ${term.is} ?)`, values: [term.number] };
    case "size":
      return { sql: `(sent ${term.is} ?)`, values: [term.number] };
    case "after":
      return { sql: "(started >= ?)", values: [term.time] };
    case "before":
      return { sql: "(started < ?)", values: [term.time] };
    case "method":
      return { sql: `(${methodColumn} = ? collate nocase)`, values: [searchText(term.value)] };
    case "mode":
      return oneOf(
        ranColumn,
        term.anyOf.map((ran) => ran ?? ""),
      );
    case "from":
      return { sql: "(sender = ?)", values: [searchText(term.value)] };
    case "outcome":
      return oneOf("outcome", term.anyOf);
    case "is":
      return { sql: `(${kinds[term.value]})`, values: [] };
    case "pinned":
      return { sql: "(pinned = ?)", values: [term.value ? 1 : 0] };
    case "tag":
      if (term.value === null) return written("tags is not null");
      return written(`tags ${like}`, `%\n${escaped(term.value)}\n%`);
    case "name":
      if (term.value === null) return written("title is not null");
      return written(`title ${like}`, containing(term.value));
    case "note":
      if (term.value === null) return written("note is not null");
      return written(`note ${like}`, containing(term.value));
    case "session":
      return { sql: `(substr(name,10,6) ${like})`, values: [`${escaped(term.value)}%`] };
    case "path":
      return { sql: `(${targetColumn} ${like})`, values: [containing(term.value)] };
    case "file":
      return { sql: `(${fileColumn} ${like})`, values: [containing(term.value)] };
    case "script":
      return { sql: `(${scriptColumn} ${like})`, values: [containing(term.value)] };
    case "version":
      return { sql: "(version between ? and ?)", values: [...keysFor(term.value)] };
    case "stderr":
      return { sql: `(err ${like})`, values: [containing(term.value)] };
    case "finding":
      return { sql: `(findings ${like})`, values: [`%"rule":"${escaped(term.value === "*" ? "" : term.value)}%`] };
    case "header":
      return anyOf([
        line(`${lineMark.request}${term.name}: `, term.value),
        line(`${lineMark.response}${term.name}: `, term.value),
      ]);
    case "env":
      return line(`${lineMark.variable}${term.name}=`, term.value);
    case "body":
      return bodyHas(term.value, wanted);
    case "text":
      return textSql(term.value, wanted);
  }
}

/** All that the window finds in a row, too: else a negated word would find rows that its list hides. */
function textSql(text: string, wanted: Wanted): Part {
  const pattern = containing(text);
  const inStatus = { sql: "instr(status, ?)", values: [text] };
  return anyOf([
    // Whether a body has the text is known by then, and no column of the row is read for it: so it is asked first.
    bodyHas(text, wanted),
    { sql: `target ${like}`, values: [pattern] },
    { sql: `method ${like}`, values: [pattern] },
    ...(/^\d{1,3}$/.test(text) ? [inStatus] : []),
    // Few paths on disk have it: the part in the folder is made for those alone.
    { sql: `(script ${like} and ${fileColumn} ${like})`, values: [pattern, pattern] },
    inLines(text),
    { sql: `err ${like}`, values: [pattern] },
    written(`title ${like} or note ${like} or tags ${like}`, pattern, pattern, pattern),
  ]);
}

const oneOf = (column: string, values: readonly string[]): Part => ({
  sql: `(${column} in (${values.map(() => "?").join(",")}))`,
  values,
});

/** What the user wrote to the trace. */
const written = (sql: string, ...values: readonly string[]): Part => ({
  sql: `(name in (select trace from mark where ${sql}))`,
  values,
});

const rootColumn = "(select value || '/' from about where name='root')";
/** What a row of the list shows. The path of the script or file in the folder; null: it is not in the folder. */
const fileColumn =
  `(case when script like '${applicationMark}%' then substr(script, ${applicationMark.length + 1})` +
  ` when substr(script, 1, length(${rootColumn})) = ${rootColumn}` +
  ` then substr(script, length(${rootColumn}) + 1) end)`;
/** How the request was run: "" if nothing ran. */
const ranColumn = "(case kind when 'static' then 'file' else coalesce(mode, '') end)";
const methodColumn = `substr(method, 1, ${shownLength.method})`;
const targetColumn = `substr(target, 1, ${shownLength.target})`;
/** The target without its query. */
const pathColumn = `substr(${targetColumn}, 1, instr(${targetColumn} || '?', '?') - 1)`;
/** On disk; null: none ran. */
const scriptColumn = `(case when script not like '${applicationMark}%' then script end)`;

type PatternCondition = Extract<Condition, { readonly pattern: string }>;

const patternColumns = {
  text: [targetColumn, fileColumn, methodColumn, "cast(status as text)"],
  path: [targetColumn],
  file: [fileColumn],
  method: [methodColumn],
  script: [scriptColumn],
} as const;

const exactSql = ({ key, exact }: Condition & { readonly exact: string }): Part => ({
  sql: `(${key === "path" ? pathColumn : fileColumn} = ?)`,
  values: [searchText(exact)],
});

function patternSql({ key, pattern, flags }: PatternCondition, { patterns }: Wanted): Part {
  patterns.push(expressions.patternTest(pattern, flags));
  const has = (column: string): string => `has_pattern(${patterns.length - 1},${column})`;
  return { sql: `(${patternColumns[key].map(has).join(" or ")})`, values: [] };
}

const isBad = "(outcome <> 'ok' or coalesce(status,0) >= 500)";
const hasFinding = (severity: string): string => `findings like '%"severity":"${severity}"%'`;

/** What is stored has ended. */
const kinds: Readonly<Record<TraceKind, string>> = {
  failed: isBad,
  ok: `not ${isBad}`,
  running: "0",
  pinned: "pinned",
  error: hasFinding("error"),
  warning: `${hasFinding("warning")} and not ${hasFinding("error")}`,
  replay: "parent = 'replay'",
  redirected: "parent = 'local-redirect'",
  followed: "parent = 'follow'",
  script: "kind = 'script'",
  static: "kind = 'static'",
};

/** `LIKE` finds the rows that may have the text; `unmarked_have` checks it where a mark could be taken for text. */
function inLines(text: string): Part {
  const values = beginsLikeMark(text) ? [containing(text), searchText(text)] : [containing(text)];
  const has = (column: string): string =>
    `${column} ${like}${values.length > 1 ? ` and unmarked_have(${column},?)` : ""}`;
  return {
    sql: `(${has("own")} or common in (select id from lines where ${has("text")}))`,
    values: [...values, ...values],
  };
}

/** A line that begins so and holds the value. `LIKE` finds the rows that may have one, `line_has` checks it. */
function line(beginning: string, value: string | null): Part {
  const pattern = `%\n${escaped(beginning)}%${value === null ? "" : `${escaped(value)}%`}`;
  const wanted = [pattern, searchText(beginning), searchText(value ?? "")];
  return {
    sql: `((own ${like} and line_has(own,?,?)) or common in (select id from lines where text ${like} and line_has(text,?,?)))`,
    values: [...wanted, ...wanted],
  };
}

/** For SQLite: whether a line of the text begins so and holds the value. Null: `LIKE` has found nothing. */
export function lineHas(text: string | null, beginning: string, value: string): number {
  if (text === null) return 0;
  const start = beginning.toLowerCase();
  const wanted = value.toLowerCase();
  const isFound = text
    .toLowerCase()
    .split("\n")
    .some((one) => one.startsWith(start) && one.slice(start.length).includes(wanted));
  return isFound ? 1 : 0;
}

function bodyHas(value: string, { needles }: Wanted): Part {
  if (value === "") return { sql: "1", values: [] };
  needles.push(Buffer.from(utf8(value), "latin1"));
  return { sql: `id in (select value from json_each(with_needle(${needles.length - 1})))`, values: [] };
}
