// `token` of RFC 9110 §5.6.2: what a method and a header name may be made of. As a table by
// byte, since every header byte is looked up.
const tokenCharacters = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const isToken = new Uint8Array(256);
for (let i = 0; i < tokenCharacters.length; i++) isToken[tokenCharacters.charCodeAt(i)] = 1;

/** Whether a token may hold this byte; false for undefined. */
export function isTokenByte(byte: number | undefined): boolean {
  return byte !== undefined && isToken[byte] === 1;
}

/** Whether the whole text is one token. */
export function isTokenText(text: string): boolean {
  if (text === "") return false;
  for (let i = 0; i < text.length; i++) if (isToken[text.charCodeAt(i)] !== 1) return false;
  return true;
}
