// A request to a FastCGI application, whoever sends it.
import type { RoleName } from "../../protocol/fastcgi/record-types.js";
import type { RequestParams } from "../../protocol/fastcgi/request-params.js";
import type { ReplayableBody } from "./replayable-body.js";

/** The file that a filter processes (§6.4). */
export interface FilterData {
  readonly bytes: Uint8Array;
  /** Time of its last change, Unix time in seconds. */
  readonly lastModified: number;
}

export interface FastcgiRequest {
  readonly role: RoleName;
  /** FCGI_DATA_… are added for a filter. */
  readonly params: RequestParams;
  /** For the bytes that will be written; null: there are none. */
  readonly body: ReplayableBody | null;
  /** For a filter. */
  readonly data?: FilterData;
}
