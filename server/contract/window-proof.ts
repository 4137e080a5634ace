// How a window in a browser and its server prove to each other that they know the same secret, and neither sends it:
//   page    {hello, nonce}   which secret: "token", or the id of a one-time code
//   server  {nonce, proof}
//   page    {proof}
//   server  {welcome}        after a code: the token, masked; else null
// A proof is HMAC-SHA-256 of the secret over both nonces and the address that the page has, so that another program
// cannot pass it on from an address of its own. Nonces and proofs are hexadecimal.

/** Who proves; "mask" makes the bytes that hide the token. */
export type ProofPurpose = "server" | "client" | "mask";

export interface ProofContext {
  /** Host and port in the page's address. */
  readonly authority: string;
  readonly clientNonce: string;
  readonly serverNonce: string;
}

/** What the HMAC is over. */
export const provenText = (purpose: ProofPurpose, { authority, clientNonce, serverNonce }: ProofContext): string =>
  [purpose, authority, clientNonce, serverNonce].join("\n");

/** The hello of a page that has the token. */
export const tokenHello = "token";
/** The parameter of the address's fragment, `ID.SECRET`. */
export const codeParameter = "code";
/** The WebSocket's close codes, in the range for applications. */
export const windowClose = { refused: 4401, late: 4408 } as const;
