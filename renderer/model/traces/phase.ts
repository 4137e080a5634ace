// A part of a request's time.

/** What the time was spent on. `is` chooses the colour: waiting is grey, the script blue, its body green. */
export interface Phase {
  readonly name: string;
  readonly is: "wait" | "start" | "script" | "body" | "after";
  /** ms since the request's first byte. */
  readonly from: number;
  readonly to: number;
  /** What happens in it, in a sentence. */
  readonly what: string;
}

/** A phase by the moment at which it ends; null: it never came. */
export type PhaseEnd = Pick<Phase, "name" | "is" | "what"> & { readonly at: number | null };
