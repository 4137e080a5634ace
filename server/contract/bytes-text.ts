// Text that came as bytes, in public JSON: a string when the bytes are valid UTF-8, base64 otherwise.
// Inside the server such text is a ByteString: a JavaScript string in which one
// character is one byte (node:http's own form).
import { z } from "zod";

/** One character = one byte (U+0000 to U+00FF). A brand, so that it cannot be mixed up with decoded text. */
export type ByteString = string & { readonly __bytes: unique symbol };

export const bytesText = z.union([z.string(), z.object({ base64: z.base64() })]);
/** A string (the bytes were valid UTF-8) or `{ base64 }` (they were not). */
export type BytesText = z.infer<typeof bytesText>;
