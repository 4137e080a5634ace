// `{{name}}` in text that is encoded before it is sent: the server, which has the values of the chosen environment,
// finds them by their braces.

/** Of a name that neither a target nor a form would cut or decode. */
const placeholder = /(\{\{[ \t]*(?:\$|\d*[A-Za-z_\x80-\uffff])[^\s{}&=#%+]*[ \t]*\}\})/;

/** The text encoded, its placeholders as they are. */
export const encodeAround = (text: string, encode: (part: string) => string): string =>
  text
    .split(placeholder)
    .map((part, index) => (index % 2 === 0 ? encode(part) : part))
    .join("");
