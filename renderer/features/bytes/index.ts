// Bytes on the screen: the byte view of a stream, and the pieces it is made of for whoever shows bytes elsewhere.
export { ByteTokens, ByteValue } from "./byte-tokens.js";
export { ByteView } from "./byte-view.js";
export { readable, toByteString } from "./bytes-text.js";
export { formatBytes, formatCount, formatExactBytes } from "./size.js";
export { type Mark, tokensOf } from "./tokens.js";
export { useRange } from "./use-range.js";
export { useStream } from "./use-stream.js";
