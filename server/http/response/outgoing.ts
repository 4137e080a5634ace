// What a response's bytes go through to the client, whatever the form: framed by
// node (ResponseWriter) or raw (NphWriter).

/** Where a response's body goes. */
export interface OutputSink {
  /** False: wait for `onDrain`. Bytes that no longer belong to the response are swallowed. */
  write(bytes: Uint8Array): boolean;
  /** Sends the head now when no body byte did so yet. */
  flush(): void;
  /** The body is over. */
  end(): void;
  /** The response ends here, incomplete, and the client can tell. */
  cut(): void;
}

export interface Outgoing extends OutputSink {
  /** The client has (or will have) everything that belongs to the response. */
  readonly complete: boolean;
  /** Everything went to the system. */
  readonly finished: boolean;
  /** Ended by `cut`. */
  readonly cutShort: boolean;
  /** Waiting for the client to read. */
  readonly blocked: boolean;
  /** Resolves when the kernel has the last byte, or the connection is closed. */
  readonly closed: Promise<void>;
}

/** What an `Outgoing` tells its exchange. */
export interface OutgoingEvents {
  /** Bytes can be written again after `write` returned false. */
  onDrain(): void;
  /** Nothing more belongs to the response, though the script may run on. */
  onComplete(): void;
}
