// The numbers of FastCGI 1.0 (§8) and what they are called.

export const recordType = {
  beginRequest: 1,
  abortRequest: 2,
  endRequest: 3,
  params: 4,
  stdin: 5,
  stdout: 6,
  stderr: 7,
  data: 8,
  getValues: 9,
  getValuesResult: 10,
  unknownType: 11,
} as const;

/** What the application is asked to be (§6). */
export const role = { responder: 1, authorizer: 2, filter: 3 } as const;
export type RoleName = keyof typeof role;

/** END_REQUEST's protocolStatus (§5.5). */
export const protocolStatus = { requestComplete: 0, cannotMultiplex: 1, overloaded: 2, unknownRole: 3 } as const;

/** BEGIN_REQUEST's flag: the application leaves the connection open after its END_REQUEST (§5.1). */
export const keepConnectionFlag = 1;

/** Only these two variables of the application, and its ability to multiplex, have names of their own (§4.1). */
export const limitNames = ["FCGI_MAX_CONNS", "FCGI_MAX_REQS", "FCGI_MPXS_CONNS"] as const;

export const headerBytes = 8;
/** A record's content is at most this long (§3.3). */
export const maxContentBytes = 65_535;

const typeNames = [
  "BEGIN_REQUEST",
  "ABORT_REQUEST",
  "END_REQUEST",
  "PARAMS",
  "STDIN",
  "STDOUT",
  "STDERR",
  "DATA",
  "GET_VALUES",
  "GET_VALUES_RESULT",
  "UNKNOWN_TYPE",
];

/** "STDOUT"; "type 42" for what the specification does not name. */
export function recordTypeName(type: number): string {
  return typeNames[type - 1] ?? `type ${type}`;
}

const statusNames = ["REQUEST_COMPLETE", "CANT_MPX_CONN", "OVERLOADED", "UNKNOWN_ROLE"];

/** "OVERLOADED"; "status 7" for what the specification does not name. */
export function protocolStatusName(status: number): string {
  return statusNames[status] ?? `status ${status}`;
}

/** Types that make up streams, ended by an empty record (§3.3). */
export function isStreamType(type: number): boolean {
  return type >= recordType.params && type <= recordType.data;
}
