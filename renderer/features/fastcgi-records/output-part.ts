// Which part of the script's output a STDOUT record carries. The stream goes on from record to record, so that it
// depends on what the ones before it carried.
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import type { FastcgiRecord } from "./record-lanes.js";

/** `bodyAt`: where in stdout the body begins; null: not known. */
export function outputPart(records: readonly FastcgiRecord[], record: FastcgiRecord, bodyAt: number | null): string {
  if (bodyAt === null) return "";
  let from = 0;
  for (const other of records) {
    if (other === record) break;
    if (other.type === recordType.stdout && other.requestId === record.requestId) from += other.contentLength;
  }
  if (from >= bodyAt) return "body";
  return from + record.contentLength > bodyAt ? "headers, body" : "headers";
}
