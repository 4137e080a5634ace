// Bounds both ends know. Apart from the schemas, so that the window's first chunk need not bring those along.

/** A range of a stream asked for at once, bytes. */
export const maxRangeBytes = 1 << 20;
/** Chunks of a stream that are told one by one; what passes after them is counted as part of the last. */
export const maxChunks = 4096;
/** The newest traces are kept, as far as `limits.memoryBytes` goes. The feed and the window list as many rows: what is kept can be listed. */
export const maxTraces = 20_000;
/** What all traces together may cost, unless the configuration says otherwise. */
export const defaultMemoryBytes = 128 << 20;
/** How much of each stream a trace keeps, unless the configuration says otherwise. */
export const defaultCaptureBytes = 8 << 20;
/** Rows asked for at once. */
export const maxBatchRows = 2000;
/** Largest body that the composer sends, bytes. */
export const maxComposedBodyBytes = 16 << 20;
/** The same as base64, which is a third longer, with room. */
export const maxComposedBase64 = (maxComposedBodyBytes / 2) * 3;
/** Longest pause between two pieces of a raw request, ms. */
export const maxPauseMs = 60_000;
/** Longest text of a file in a call, characters. */
export const maxFileText = 16 << 20;
/** What all versions of scripts that traces ran may take. The least recently run are evicted first. */
export const maxScriptVersionsBytes = 16 << 20;
