// Which headers, variables and fields hold secrets, as their names say.

/** An author is no secret, but an authorization is. */
const secret =
  /pass|pwd|secret|token|credential|api_?-?key|auth(?!or(?!i[sz]))|cookie|session|sessid|(?<![a-z])sid(?![a-z])|[cx]srf|jwt|signature/i;
/** What a server asks for, which kind of secret it is, and what servers say of themselves. */
const open =
  /(?:^|[_-])(?:(?:www|proxy)[_-]authenticate|(?:auth|token)[_-]type|allow[_-]credentials|server[_-]signature)$/i;

/** Whether a name says that its value is a secret. */
export const isSecretName = (name: string): boolean => secret.test(name) && !open.test(name);

/** Such as `Bearer {{token}}`. */
const variable = /^(?:\w+ +)?\{\{[^{}]+\}\}$/;

/** Whether a saved request has a secret in this header: one that is a variable of an environment is none. */
export const isSecretHeader = (name: string, value: string): boolean => isSecretName(name) && !variable.test(value);
