// How much evidence a long test gathers: all of it under `npm run verify`, less where every test runs.
export const isShort = process.env["TEST_EVIDENCE"] === "short";

/** The first number, or the second where evidence is shortened. */
export const amount = (full: number, short: number): number => (isShort ? short : full);
