// What a FastCGI application is asked, whoever asks.
import type { RoleName } from "../../protocol/fastcgi/record-types.js";
import type { RequestParams } from "../../protocol/fastcgi/request-params.js";
import type { ReplayableBody } from "./replayable-body.js";

/** What a filter works on (§6.4). */
export interface FilterData {
  readonly bytes: Uint8Array;
  /** When it was changed last, Unix time in seconds. */
  readonly lastModified: number;
}

export interface FastcgiRequest {
  readonly role: RoleName;
  /** FCGI_DATA_… are added for a filter. */
  readonly params: RequestParams;
  /** For the bytes that are going to be written; null: none are. */
  readonly body: ReplayableBody | null;
  /** For a filter. */
  readonly data?: FilterData;
}
