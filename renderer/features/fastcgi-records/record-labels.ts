// What each type of record is for, in one sentence for somebody who sees it for the first time, with its section of FastCGI 1.0.
import { isStreamType, recordType, recordTypeName } from "../../../server/protocol/fastcgi/record-types.js";

export interface RecordLabel {
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
    sentence: "opens a request: what the application is asked to be, and whether the connection stays open afterwards.",
    section: "5.1",
    tint: 4,
  },
  [recordType.abortRequest]: {
    sentence: "asks the application to stop working on the request, because no client waits for the response any more.",
    section: "5.4",
    tint: 3,
  },
  [recordType.endRequest]: {
    sentence: "ends the request: the application’s exit status, and whether it took the request at all.",
    section: "5.5",
    tint: 4,
  },
  [recordType.params]: {
    sentence:
      "carries what a CGI script would find in its environment, as pairs of name and value; an empty one says that these were all.",
    section: "5.2",
    tint: 1,
  },
  [recordType.stdin]: {
    sentence: "carries the request’s body, in pieces of up to 65,535 bytes; an empty one ends it.",
    section: "5.3",
    tint: 5,
  },
  [recordType.stdout]: {
    sentence:
      "carries what a CGI script would have written to standard output, in pieces of up to 65,535 bytes; an empty one ends it.",
    section: "5.3",
    tint: 2,
  },
  [recordType.stderr]: {
    sentence: "carries what the application complains about: it goes to the log, never to the client.",
    section: "5.3",
    tint: 3,
  },
  [recordType.data]: {
    sentence: "carries the file that an application in the role of a filter is to change.",
    section: "5.3",
    tint: 5,
  },
  [recordType.getValues]: {
    sentence:
      "asks the application what it can do: how many connections and requests at once. It belongs to no request.",
    section: "4.1",
    tint: 1,
  },
  [recordType.getValuesResult]: {
    sentence: "answers that question; a variable that the application does not know is left out.",
    section: "4.1",
    tint: 2,
  },
  [recordType.unknownType]: {
    sentence: "says that the application does not know a type of record that was sent to it.",
    section: "4.2",
    tint: 3,
  },
};

const unknown: Omit<RecordLabel, "name"> = {
  sentence: "is no type that the specification names: what is meant by it is between those two.",
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
      "refused: the application does not know the role that it was asked for",
    ][status] ?? "a status that the specification does not name"
  );
}
