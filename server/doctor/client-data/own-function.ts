// Where a value comes from, and what is known of a script's own functions.
export interface Source {
  /** A variable of CGI; "": any field of a form. */
  readonly variable: string;
  /** The field's name; null: not known. */
  readonly field: string | null;
  /** The value is the variable's as it came, from its first character on. */
  readonly isWhole: boolean;
  /** A function got it from its caller. */
  readonly isGiven?: true;
}

/** The value itself, or the fields alone: of a form's object, or of all variables of CGI; or it names one of these. */
export type Holds = "value" | "fields" | "variables" | "name";

export interface OwnFunction {
  readonly name: string;
  readonly call: RegExp;
  readonly parameters: readonly string[];
  /** Parameters that are variables of the caller: PHP's `&$text`. */
  readonly references: ReadonlySet<string>;
  /** The first and the last of its statements. */
  readonly first: number;
  readonly last: number;
  /** Parameters that get client data, or the object that has it. */
  readonly given: Map<string, { readonly source: Source; readonly holds: Holds }>;
  /** Parameters that it tests, and ones that it fills. */
  readonly tested: Set<string>;
  readonly filled: Map<string, Source>;
  /** It gives back what it is given, and client data that it reads itself. */
  givesBackGiven: boolean;
  givesBackRead: Source | null;
}
