// Environments worth comparing, by language: what decides over encodings, and nothing else.
import type { TextLanguage } from "../../../server/formats/encodings/interpreter-text.js";

export interface NamedEnvironment {
  readonly title: string;
  readonly variables: Readonly<Record<string, string>>;
}

const bare: NamedEnvironment = { title: "No variables set", variables: {} };
const python: readonly NamedEnvironment[] = [
  bare,
  { title: "LANG=C.UTF-8, as in a terminal", variables: { LANG: "C.UTF-8" } },
  { title: "PYTHONUTF8=1", variables: { PYTHONUTF8: "1" } },
  { title: "PYTHONIOENCODING=ascii", variables: { PYTHONIOENCODING: "ascii" } },
  { title: "PYTHONIOENCODING=latin-1", variables: { PYTHONIOENCODING: "latin-1" } },
  { title: "LC_ALL=C, PYTHONUTF8=0, as before Python 3.7", variables: { LC_ALL: "C", PYTHONUTF8: "0" } },
];
const perl: readonly NamedEnvironment[] = [bare, { title: "PERL_UNICODE=S", variables: { PERL_UNICODE: "S" } }];
const tcl: readonly NamedEnvironment[] = [bare, { title: "LANG=C.UTF-8", variables: { LANG: "C.UTF-8" } }];

/** One alone where the environment changes nothing. */
export const environmentsOf = (language: TextLanguage): readonly NamedEnvironment[] =>
  language === "python" ? python : language === "perl" ? perl : language === "tcl" ? tcl : [bare];

/** The variables that decide, out of a whole environment. */
export const decidingNames = [
  "PYTHONIOENCODING",
  "PYTHONUTF8",
  "PYTHONCOERCECLOCALE",
  "PERL_UNICODE",
  "LC_ALL",
  "LC_CTYPE",
  "LANG",
] as const;

export const languageTitles: Readonly<Record<TextLanguage, string>> = {
  python: "Python",
  perl: "Perl",
  php: "PHP",
  shell: "Shell",
  ruby: "Ruby",
  node: "Node",
  tcl: "Tcl",
  other: "Other",
};
