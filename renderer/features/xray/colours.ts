// Which colour a variable has: the same in the request, in the environment and in every trace. The parts of the request
// line and the body have one each; all other headers share a grey one, so that a colour always means the same.

/** Role 1–5 of the tokens `--c1` … `--c5`: method, script, path info, query, body; "header" for the rest. */
export type Colour = 1 | 2 | 3 | 4 | 5 | "header";

const roles: Readonly<Record<string, Colour>> = {
  REQUEST_METHOD: 1,
  SCRIPT_NAME: 2,
  PATH_INFO: 3,
  QUERY_STRING: 4,
  CONTENT_LENGTH: 5,
  CONTENT_TYPE: 5,
  HTTP_COOKIE: "header",
};
/** Told by every request and never interesting. */
const quiet: ReadonlySet<string> = new Set(["SERVER_PROTOCOL"]);

/** Whether it is one of those that a person looks for first. */
export const isLookedFor = (name: string): boolean => name in roles;

/**
 * The colours of the variables that the request names, and of the body's own, which a chunked request does not name.
 */
export function coloursOf(variables: Iterable<string>): ReadonlyMap<string, Colour> {
  const named = [...variables].filter((name) => !quiet.has(name));
  return new Map(
    [...named, "CONTENT_LENGTH", "CONTENT_TYPE"].map((name): [string, Colour] => [name, roles[name] ?? "header"]),
  );
}
