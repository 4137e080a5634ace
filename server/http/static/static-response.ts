// The response to a request for a static file, as plain data: the gateway frames it and sends it like a script's.
import type { Readable } from "node:stream";
import type { HeaderPair, RequestHead } from "../../protocol/request.js";
import type { StaticRoute } from "../../routing/route.js";

export interface StaticBody {
  /** Bytes that `open()` will give. */
  readonly size: number;
  /** Opens the file: called at most once, and not at all for HEAD. An error of the stream cuts the response. */
  open(): Readable;
}
export interface StaticResponse {
  /** 200, 206, 304, 403, 404, 412, 416. */
  readonly status: number;
  /** Content-Type, ETag, Last-Modified, Accept-Ranges, Content-Range: no framing, no Date, no Server. */
  readonly headers: readonly HeaderPair[];
  /** Null: nothing to send beside the head (304), or an error for which the gateway writes a page. */
  readonly body: StaticBody | null;
}
export interface StaticFiles {
  /**
   * `file` of the route: a file, or a folder with a final slash, to be listed. Only GET and HEAD arrive here. Never
   * rejects for what a file system can say: that is a status.
   */
  serve(route: StaticRoute, request: RequestHead): Promise<StaticResponse>;
}
