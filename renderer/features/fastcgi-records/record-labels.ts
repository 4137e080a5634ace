// The purpose of each record type in a sentence or two for newcomers, with its section of FastCGI 1.0.
import { isStreamType, recordType, recordTypeName } from "../../../server/protocol/fastcgi/record-types.js";

interface RecordLabel {
  /** As the specification writes it. */
  readonly name: string;
  /** Goes on after the name: "carries …". */
  readonly sentence: string;
  /** Of FastCGI 1.0. */
  readonly section: string;
  /** Which of the five tints is its own; 0: none. */
  readonly tint: 0 | 1 | 2 | 3 | 4 | 5;
}

const words: Readonly<Record<number, Omit<RecordLabel, "name">>> = {
  [recordType.beginRequest]: {
    sentence:
      "begins a request. It names the application’s role and says whether the connection stays open afterwards.",
    section: "5.1",
    tint: 4,
  },
  [recordType.abortRequest]: {
    sentence: "asks the application to stop working on the request.",
    section: "5.4",
    tint: 3,
  },
  [recordType.endRequest]: {
    sentence: "ends the request: the application’s exit status, and whether it took the request at all.",
    section: "5.5",
    tint: 4,
  },
  [recordType.params]: {
    sentence: "carries what would be a CGI script’s environment, as name-value pairs. An empty record ends the list.",
    section: "5.2",
    tint: 1,
  },
  [recordType.stdin]: {
    sentence: "carries the request body, in pieces of up to 65,535 bytes. An empty record ends it.",
    section: "5.3",
    tint: 5,
  },
  [recordType.stdout]: {
    sentence:
      "carries what would be a CGI script’s standard output, in pieces of up to 65,535 bytes. An empty record ends it.",
    section: "5.3",
    tint: 2,
  },
  [recordType.stderr]: {
    sentence: "carries the application’s error messages. They go to the log, never to the client.",
    section: "5.3",
    tint: 3,
  },
  [recordType.data]: {
    sentence: "carries the file that an application in the Filter role changes.",
    section: "5.3",
    tint: 5,
  },
  [recordType.getValues]: {
    sentence: "asks how many connections and requests the application can handle at once. It belongs to no request.",
    section: "4.1",
    tint: 1,
  },
  [recordType.getValuesResult]: {
    sentence: "returns the values that GET_VALUES asked for. The application leaves out those that it does not know.",
    section: "4.1",
    tint: 2,
  },
  [recordType.unknownType]: {
    sentence: "reports that the application does not know the type of a record it received.",
    section: "4.2",
    tint: 3,
  },
};

const unknown: Omit<RecordLabel, "name"> = {
  sentence: "is not a type that the specification defines. Only the two programs know what it means.",
  section: "3.3",
  tint: 0,
};

export const recordLabel = (type: number): RecordLabel => ({ name: recordTypeName(type), ...(words[type] ?? unknown) });

/** An empty record of a stream ends it (§3.3). */
export const isStreamEnd = ({
  type,
  contentLength,
}: {
  readonly type: number;
  readonly contentLength: number;
}): boolean => isStreamType(type) && contentLength === 0;

/** END_REQUEST's protocolStatus (§5.5), in words. */
export function protocolStatusLabel(status: number): string {
  return (
    [
      "the request is complete",
      "refused: the application takes one request at a time on a connection",
      "refused: the application is overloaded",
      "refused: the application does not support the requested role",
    ][status] ?? "a status that the specification does not define"
  );
}
