// A search for traces held against a row of the list. It means what it means to the store
// (server/store/search-sql.ts): what the list hides would else be deleted with what it shows.
import { isFailed } from "../../contract/failure.js";
import type { TraceKind } from "../../contract/filter-words.js";
import { foldAscii } from "../../contract/fold-ascii.js";
import type { TraceRow } from "../../contract/trace.js";
import { runOf } from "../../protocol/trace-id.js";
import { ranOf } from "./filter-values.js";
import type { Patterns } from "./query-pattern.js";
import type { Comparison, Condition } from "./trace-conditions.js";
import type { Term, TraceQuery } from "./trace-query.js";

/** Null: the row cannot tell. */
export type RowVerdict = boolean | null;
export type RowJudge = (row: TraceRow) => RowVerdict;

interface Means {
  readonly patternTest: Patterns["patternTest"];
  /** The verdict of a condition that the row has no answer to. */
  readonly unknown: false | null;
}

export const rowJudge = (query: TraceQuery, means: Means): RowJudge =>
  joined(
    query.map((choice) =>
      joined(
        choice.map((term) => termJudge(term, means)),
        true,
      ),
    ),
    false,
  );

/** By a key that only the store can answer. */
export const asksStored = (query: TraceQuery): boolean => has(query, isStoredAlone);

/** Whether one of its conditions, or of their alternatives, is such a one. */
export const has = (query: TraceQuery, isOne: (condition: Condition) => boolean): boolean =>
  query.flat().some((term) => (term.key === "any" ? term.of.some(isOne) : isOne(term)));

const storedKeys: readonly Condition["key"][] = ["body", "header", "env", "stderr", "version", "script"];

const isStoredAlone = (condition: Condition): boolean =>
  storedKeys.includes(condition.key) ||
  (condition.key === "finding" && condition.value !== "*" && condition.value !== "");

/** One such verdict decides; else a row that cannot tell one of them cannot tell. */
const joined =
  (judges: readonly RowJudge[], decisive: boolean): RowJudge =>
  (row) => {
    let all: RowVerdict = !decisive;
    for (const judge of judges) {
      const verdict = judge(row);
      if (verdict === decisive) return decisive;
      if (verdict === null) all = null;
    }
    return all;
  };

function termJudge(term: Term, means: Means): RowJudge {
  const judge = judgeOf(term, means);
  if (!term.isNegated) return judge;
  return (row) => {
    const verdict = judge(row);
    return verdict === null ? null : !verdict;
  };
}

function judgeOf(condition: Condition, means: Means): RowJudge {
  if (isStoredAlone(condition)) return () => means.unknown;
  if ("pattern" in condition) return patternJudge(condition, means.patternTest(condition.pattern, condition.flags));
  if ("exact" in condition) return (row) => (condition.key === "path" ? pathOf(row) : row.file) === condition.exact;
  switch (condition.key) {
    case "any":
      return joined(
        condition.of.map((one) => judgeOf(one, means)),
        true,
      );
    case "text": {
      const contains = containing(condition.value);
      // The text may be in a part that the row does not have.
      return (row) => [...shownTexts(row), ...writtenTexts(row)].some(contains) || means.unknown;
    }
    case "path":
    case "file": {
      const contains = containing(condition.value);
      return (row) => contains(condition.key === "path" ? row.target : row.file);
    }
    case "status": {
      const { range } = condition;
      if (range === null) return ({ status }) => status === null;
      return ({ status }) => status !== null && status >= range[0] && status <= range[1];
    }
    case "outcome":
      return ({ outcome }) => condition.anyOf.includes(outcome ?? "running");
    case "method": {
      const method = foldAscii(condition.value);
      return (row) => foldAscii(row.method) === method;
    }
    case "mode":
      return (row) => condition.anyOf.includes(ranOf(row));
    case "from":
      return ({ from }) => from === condition.value;
    case "took":
      return ({ tookMs }) => tookMs !== null && compares(tookMs, condition.is, condition.number);
    case "size":
      return ({ responseBytes }) => compares(responseBytes, condition.is, condition.number);
    case "after":
      return ({ startedAt }) => startedAt >= condition.time;
    case "before":
      return ({ startedAt }) => startedAt < condition.time;
    case "is":
      return kinds[condition.value];
    case "finding":
      return ({ severity }) => severity !== null;
    case "pinned":
      return ({ pinned }) => pinned === condition.value;
    case "session":
      return ({ id }) => runOf(id).startsWith(condition.value);
    case "tag": {
      const tag = condition.value === null ? null : foldAscii(condition.value);
      return ({ marks }) => marks?.tags.some((one) => tag === null || foldAscii(one) === tag) ?? false;
    }
    case "name":
    case "note": {
      const key = condition.key;
      const contains = containing(condition.value ?? "");
      return ({ marks }) => contains(marks?.[key] ?? null);
    }
    default:
      return () => means.unknown;
  }
}

/** Whatever the case of ASCII letters; never in what is not there. */
function containing(text: string): (value: string | null) => boolean {
  const folded = foldAscii(text);
  return (value) => value !== null && foldAscii(value).includes(folded);
}

const pathOf = ({ target }: TraceRow): string => target.split("?", 1)[0] ?? "";
type Texts = readonly (string | null)[];
const shownTexts = ({ target, file, method, status }: TraceRow): Texts => [
  target,
  file,
  method,
  status === null ? null : `${status}`,
];
const writtenTexts = ({ marks }: TraceRow): Texts => (marks === null ? [] : [marks.name, marks.note, ...marks.tags]);

function patternJudge(
  { key }: Extract<Condition, { readonly pattern: string }>,
  matches: (text: string) => boolean,
): RowJudge {
  const textsOf = (row: TraceRow) =>
    key === "text" ? shownTexts(row) : [key === "path" ? row.target : key === "file" ? row.file : row.method];
  return (row) => textsOf(row).some((text) => text !== null && matches(text));
}

/** `=` is in `<=` and `>=`, too. */
const compares = (value: number, is: Comparison, bound: number): boolean =>
  (is.includes("=") && value === bound) || (is.includes("<") && value < bound) || (is.includes(">") && value > bound);

const kinds: Readonly<Record<TraceKind, (row: TraceRow) => boolean>> = {
  failed: isFailed,
  ok: (row) => row.outcome !== null && !isFailed(row),
  running: ({ outcome }) => outcome === null,
  pinned: ({ pinned }) => pinned,
  warning: ({ severity }) => severity === "warning",
  error: ({ severity }) => severity === "error",
  replay: ({ parent }) => parent?.kind === "replay",
  redirected: ({ parent }) => parent?.kind === "local-redirect",
  followed: ({ parent }) => parent?.kind === "follow",
  script: ({ kind }) => kind === "script",
  static: ({ kind }) => kind === "static",
};
