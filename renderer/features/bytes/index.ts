// Bytes on the screen: the byte view of a stream, and the pieces it is made of for other features that show bytes.
export { ByteTokens, ByteValue } from "./byte-tokens.js";
export { canonicalCharset } from "./charset-choice.js";
export { type Mark, tokensOf } from "./tokens.js";
export { useRange } from "./use-range.js";
export { useStream } from "./use-stream.js";
export { wholeFrom, wholeTo } from "./whole-characters.js";
