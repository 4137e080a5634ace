// The explanation of a header or a status, shown when the pointer is on its name.

export interface NameExplanation {
  /** As it is usually written. */
  readonly name: string;
  /** One or two plain sentences. */
  readonly text: string;
  /** Where it is defined. */
  readonly reference: string;
}

export type Explained = readonly [name: string, text: string, reference: string];
export const tableOf = (entries: readonly Explained[]): ReadonlyMap<string, NameExplanation> =>
  new Map(entries.map(([name, text, reference]) => [name.toLowerCase(), { name, text, reference }]));
