// What a filter means, as plain data: made from the typed text by parse-filter.ts, held against rows by row-test.ts.
// Whoever holds the rows can do that, this window or a server.
import type { TraceKind } from "../../../../server/contract/filter-words.js";
import type { Ran } from "../../../../server/protocol/filter-values.js";

/** All terms hold. */
export type FilterQuery = readonly FilterTerm[];

export interface FilterTerm {
  readonly test: FilterTest;
  readonly isNegated: boolean;
}

export type FilterTest =
  /** `any`: target, method, file or status. */
  | { readonly field: "any" | "path" | "file" | "method"; readonly match: TextMatch }
  /** The whole value; of the target without its query. */
  | { readonly field: "path" | "file"; readonly exact: string }
  /** Lower-case. */
  | { readonly field: "method" | "from"; readonly oneOf: readonly string[] }
  | { readonly field: "mode"; readonly ran: readonly Ran[] }
  | { readonly field: "status"; readonly anyOf: readonly StatusMatch[] }
  /** ms, bytes. */
  | { readonly field: "took" | "size"; readonly compare: NumberTest }
  | { readonly field: "is"; readonly kind: TraceKind }
  /** The beginning of the request, Unix time in ms. */
  | { readonly field: "startedAt"; readonly compare: NumberTest }
  | { readonly field: "pinned"; readonly isPinned: boolean }
  /** Whole tags, lower-case; parts of the name or the note. `*`: anything. */
  | { readonly field: "tag" | "name" | "note"; readonly written: readonly string[] }
  /** The beginning of the run of a server. */
  | { readonly field: "session"; readonly begins: string }
  /** It has one. Which rule it is of, only the store can tell. */
  | { readonly field: "finding" }
  /** In parts of a trace that its row does not have: only the store can tell. */
  | { readonly field: "stored" }
  /** At least one of them. */
  | { readonly field: "or"; readonly of: FilterQuery };

export type TextMatch =
  /** Whatever the case. */
  { readonly contains: string } | { readonly pattern: string; readonly flags: string };

export type StatusMatch =
  /** 5 for 5xx. */
  | { readonly hundreds: number }
  /** One or two digits: it is still being typed. */
  | { readonly begins: string }
  | { readonly compare: NumberTest }
  | { readonly isNone: true }
  /** The beginning of an outcome's id or name. */
  | { readonly outcome: string };

/** A row without the value never holds. */
export interface NumberTest {
  readonly sign: Sign;
  readonly bound: number;
}

export const signs = [">=", "<=", ">", "<", "="] as const;
export type Sign = (typeof signs)[number];
