// Bounds both ends know. Apart from the schemas, so that the window's first chunk need not bring those along.

/** A range of a stream asked for at once, bytes. */
export const maxRangeBytes = 1 << 20;
/** Chunks of a stream that are told one by one; what passes after them is counted as part of the last. */
export const maxChunks = 4096;
/** Traces that are kept, when memory allows, and rows that can be asked for: the newest. */
export const maxTraces = 20_000;
/** Rows asked for at once. */
export const maxBatchRows = 2000;
