// What the fixed fields in a record's content say, a line each: roles, flags, statuses.
import {
  keepConnectionFlag,
  protocolStatusName,
  recordType,
  recordTypeName,
  role,
} from "../../../server/protocol/fastcgi/record-types.js";
import { protocolStatusLabel } from "./record-labels.js";

export type Fact = readonly [name: string, value: string];

const roleNames: readonly Fact[] = [
  ["responder", "the application responds to the request, as a CGI script would"],
  ["authorizer", "the application decides whether the request is allowed"],
  ["filter", "the application changes a file on its way to the client"],
];

/**
 * The fields of BEGIN_REQUEST, END_REQUEST and UNKNOWN_TYPE; null for other types,
 * or when the content is too short for them.
 */
export function recordFacts(type: number, content: Uint8Array): readonly Fact[] | null {
  if (content.length < 8) return null;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (type === recordType.beginRequest) {
    const asked = view.getUint16(0);
    const flags = view.getUint8(2);
    const [name, what] = roleNames[asked - role.responder] ?? ["unknown", "not a role that the specification defines"];
    const keeps = (flags & keepConnectionFlag) !== 0;
    return [
      ["role", `${asked}: ${name}, ${what}`],
      [
        "flags",
        `${flags}: ${keeps ? "KEEP_CONN, the connection stays open for the next request" : "the application closes the connection after its response"}`,
      ],
    ];
  }
  if (type === recordType.endRequest) {
    const status = view.getUint8(4);
    const exit = view.getUint32(0);
    return [
      [
        "appStatus",
        `${exit}: ${exit === 0 ? "success, like exit status 0 of a CGI script" : "like the exit status of a CGI script"}`,
      ],
      ["protocolStatus", `${status}: ${protocolStatusName(status)}, ${protocolStatusLabel(status)}`],
    ];
  }
  if (type === recordType.unknownType)
    return [["type", `${view.getUint8(0)}: ${recordTypeName(view.getUint8(0))} is not known to the application`]];
  return null;
}
