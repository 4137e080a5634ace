// Which of the five colour roles a variable has: the same in the request, in the environment and in every trace. The four parts of
// the request line keep theirs; headers take the next one each, and after the fifth the roles come again with another line under them.

/** Role 1–5 of the tokens `--c1` … `--c5`; `round` counts how often all five were used before. */
export interface Colour {
  readonly role: 1 | 2 | 3 | 4 | 5;
  readonly round: number;
}

const fixed: Readonly<Record<string, Colour["role"]>> = {
  REQUEST_METHOD: 1,
  SCRIPT_NAME: 2,
  PATH_INFO: 3,
  QUERY_STRING: 4,
};
/** Told by every request and never interesting: they stay grey, so that the colours are left for what differs. */
const quiet: ReadonlySet<string> = new Set(["SERVER_PROTOCOL"]);
const roles = [5, 1, 2, 3, 4] as const;

/** The colours of variables, given in the order in which the request names them. */
export function coloursOf(variables: Iterable<string>): ReadonlyMap<string, Colour> {
  const colours = new Map<string, Colour>();
  let next = 0;
  for (const name of variables) {
    if (colours.has(name) || quiet.has(name)) continue;
    const role = fixed[name];
    if (role !== undefined) {
      colours.set(name, { role, round: 0 });
      continue;
    }
    // The first header has role 5, which is its alone; each further one shares its role with something above it.
    colours.set(name, { role: roles[next % roles.length] ?? 5, round: Math.ceil(next / roles.length) });
    next++;
  }
  return colours;
}
