// Why a request cannot be served: a code, the status that answers it, and the bytes
// that prove it. Sentences are made elsewhere.

/** What is wrong with a request, each answered with its status before anything runs. */
export const requestFaultStatus = {
  "not-http": 400,
  "tls-hello": 400,
  "http2-preface": 505,
  "method-invalid": 400,
  "method-connect": 501,
  "request-line-incomplete": 400,
  "request-line-spaces": 400,
  "target-invalid-byte": 400,
  "version-invalid": 400,
  "version-unsupported": 505,
  "line-feed-alone": 400,
  "carriage-return-alone": 400,
  "header-folded": 400,
  "header-folded-first": 400,
  "header-without-colon": 400,
  "header-name-empty": 400,
  "header-name-invalid-byte": 400,
  "header-space-before-colon": 400,
  "header-value-invalid-byte": 400,
  "request-line-too-large": 414,
  "request-head-too-large": 431,
  "content-length-invalid": 400,
  "content-length-repeated": 400,
  "content-length-and-transfer-encoding": 400,
  "transfer-encoding-in-http-1-0": 400,
  "transfer-encoding-not-chunked-last": 400,
  "transfer-encoding-unknown": 501,
  "chunk-size-invalid": 400,
  "chunk-size-too-large": 400,
  "chunk-extension-invalid": 400,
  "chunk-extensions-too-large": 413,
  "chunk-line-end-invalid": 400,
  "chunk-data-end-invalid": 400,
  "trailer-invalid": 400,
  "trailers-too-large": 431,
} as const;
export type RequestFaultCode = keyof typeof requestFaultStatus;

export interface RequestFault {
  readonly code: RequestFaultCode;
  readonly status: number;
  /**
   * The bytes that are wrong, as offsets in the head; `from` = `to` where something is missing. In a
   * chunked body: offsets in the encoded body.
   */
  readonly range: readonly [from: number, to: number];
}

export const requestFault = (code: RequestFaultCode, from: number, to = from + 1): RequestFault => ({
  code,
  status: requestFaultStatus[code],
  range: [from, to],
});
