// Streams of a trace that lie in bytes which an exported file has anyway: the request body is the script's stdin, the
// response body the end of its stdout. The file has them once.
import { z } from "zod";
import { stream, streamInfo, trace } from "../../contract/trace.js";
import type { StreamJson } from "./read-trace-json.js";

const partNames = ["stdin", "stdout", "body", "content"] as const;
/** The bytes that a file has beside the trace. */
type Parts = Readonly<Partial<Record<(typeof partNames)[number], Buffer>>>;

/** A stream with its bytes, or where they are. */
const placed = z.union([stream, streamInfo.extend({ in: z.enum(partNames), from: z.int().nonnegative() })]);
type PlacedStream = z.infer<typeof placed>;

/** Schema 1, with streams that may lie elsewhere in the file. */
export const placedTrace = trace.extend({
  request: trace.shape.request.extend({ body: placed }),
  stdin: placed.nullable(),
  stdout: placed.nullable(),
  response: trace.shape.response.unwrap().extend({ body: placed }).nullable(),
});
type PlacedTrace = z.infer<typeof placedTrace>;
type Traced = z.infer<typeof trace>;

/** The trace without what is in `parts`. */
export function placeStreams({ request, stdin, stdout, response, ...others }: Traced, parts: Parts): PlacedTrace {
  const place = (whole: StreamJson): PlacedStream => {
    const { base64, ...info } = whole;
    const bytes = Buffer.from(base64, "base64");
    if (bytes.length === 0) return whole;
    for (const name of partNames) {
      const part = parts[name];
      if (!part || part.length < bytes.length) continue;
      for (const from of [0, part.length - bytes.length])
        if (part.subarray(from, from + bytes.length).equals(bytes)) return { ...info, in: name, from };
    }
    return whole;
  };
  return {
    ...others,
    request: { ...request, body: place(request.body) },
    stdin: stdin && place(stdin),
    stdout: stdout && place(stdout),
    response: response && { ...response, body: place(response.body) },
  };
}

/** The whole trace again. Bytes that a part does not have are missing: see `unsoundStream`. */
export function restoreStreams({ request, stdin, stdout, response, ...others }: PlacedTrace, parts: Parts): Traced {
  const restore = (given: PlacedStream): StreamJson => {
    if (!("in" in given)) return given;
    const { in: name, from, ...info } = given;
    const bytes = parts[name]?.subarray(from, from + info.captured) ?? Buffer.alloc(0);
    return { ...info, base64: bytes.toString("base64") };
  };
  return {
    ...others,
    request: { ...request, body: restore(request.body) },
    stdin: stdin && restore(stdin),
    stdout: stdout && restore(stdout),
    response: response && { ...response, body: restore(response.body) },
  };
}
