// Limits that both ends know. A file of its own, so that the window's first chunk does not include the schemas.

/** Longest range of a stream in one call, bytes. */
export const maxRangeBytes = 1 << 20;
/** Chunks of a stream that are listed one by one; later writes count as part of the last one. */
export const maxChunks = 4096;
/**
 * The newest traces are kept, within `limits.memoryBytes`. The feed and the window list as many rows: every kept trace
 * is in the list.
 */
export const maxTraces = 20_000;
/** Memory for all traces together, by default, bytes. */
export const defaultMemoryBytes = 128 << 20;
/** How much of each stream a trace keeps, by default, bytes. */
export const defaultCaptureBytes = 8 << 20;
/** Whether the window's server stores the traces of a folder for which the user has not decided. */
export const storesByDefault = true;
/** What the stored traces of one workspace take on disk, bytes, and how old they become, days. */
export const defaultStoreBytes = 1 << 30;
export const minStoreBytes = 1 << 24;
export const maxStoreBytes = 2 ** 40;
export const defaultStoreAgeDays = 30;
/**
 * What the stored traces of all workspaces take on disk, bytes, and how long those of a folder that is gone stay, days.
 */
export const maxStoresBytes = 4 * 2 ** 30;
export const goneFolderDays = 30;
export const maxStoreAgeDays = 3650;
/** What the user writes to a trace, or calls a search, characters; and how many of them. */
export const maxNameLength = 200;
export const maxNoteLength = 4000;
export const maxTagLength = 50;
export const maxTags = 20;
export const maxSavedSearches = 100;
/** Longest search for traces, characters. */
export const maxQueryLength = 4000;
/** How long the deletion of traces can be undone, ms: somewhat longer than the window offers it. */
export const undoDeletionMs = 30_000;
/** Traces that are deleted by their ids in one call. */
export const maxDeletedIds = 20_000;
/** The fewest requests of which a quantile is shown: of fewer it is little else than the slowest one. */
export const leastFor = { p90: 10, p95: 20, p99: 100 } as const;
/** Rows in one call. */
export const maxBatchRows = 2000;
/** Largest body that the composer sends, bytes. */
export const maxComposedBodyBytes = 16 << 20;
/** The limit of such a body in base64, which is a third longer, with some room. */
export const maxComposedBase64 = (maxComposedBodyBytes / 2) * 3;
/** A WebSocket’s message is kept in memory until it is whole, and so is a line that becomes one; bytes. */
export const maxMessageBytes = 1 << 20;
/** So many requests are held at once; more go on. So many rules hold them. */
export const maxHeld = 16;
/** So many breakpoints a file has at most. */
export const maxBreakpoints = 500;
/** A rule delays a request by so much at most. */
export const maxLatencyMs = 60_000;
/** Longest pause between two pieces of a raw request, ms. */
export const maxPauseMs = 60_000;
/** Most requests that one is varied into. */
export const maxVariations = 100_000;
/** The most requests of one run in a window, which keeps a row for each. */
export const maxShownVariations = 10_000;
/** Longest file of traces in a call, characters. The command line has no such limit. */
export const maxExchangedText = 24 << 20;
/** How many files a collection of requests may have that the window imports. */
export const maxImportedFiles = 2000;
/** Longest text of a file in a call, characters. */
export const maxFileText = 16 << 20;
/** All versions of scripts that traces ran, bytes. The least recently run are evicted first. */
export const maxScriptVersionsBytes = 16 << 20;
/** A larger script is not kept: it would displace many small ones. */
export const maxScriptVersionBytes = 2 << 20;
/** All versions in the file of a folder's stored traces; never more than an eighth of what the file may take. */
export const maxStoredVersionsBytes = 64 << 20;
/** What browser windows remember, keys and values together, characters: about what a browser keeps for one address. */
export const maxWindowMemory = 5 << 20;
/** Files whose encodings are examined, and files that one conversion can have. */
export const maxExaminedFiles = 5000;
/** Scripts that one fix changes together. */
export const maxFixedTogether = 5000;
/** Longest text to find in files, and longest replacement, characters. */
export const maxSearchText = 1000;
/** Characters of a line that a regular expression is tried on. */
export const maxExpressionLine = 20_000;

/** Folders below each other that the explorer lists. */
export const maxListedDepth = 64;

/** The limits of a measurement in the window: seconds for each mode, connections, and requests a second. */
export const maxMeasureSeconds = 600;
export const maxMeasureConnections = 256;
export const maxMeasureRate = 100_000;
