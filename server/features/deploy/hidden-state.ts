// What scripts keep in files of their machine, found in their sources: with two machines, each would have its own.
import { posix } from "node:path";

export type StateKind = "session" | "upload" | "database" | "file";
export interface HiddenState {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: StateKind;
  /** Where the line says it is: absolute, or in the script's folder. Null: it does not say. */
  readonly folder: string | null;
}

type Rule = readonly [kind: StateKind, shows: RegExp];
interface Language {
  readonly files: RegExp;
  readonly program: RegExp;
  /** What is not code: comments. */
  readonly comment: RegExp;
  readonly rules: readonly Rule[];
}

const languages: readonly Language[] = [
  {
    files: /\.(py|wsgi)$/,
    program: /python/,
    comment: /(^|\s)#.*$/,
    rules: [
      ["database", /\bsqlite3\.connect\((?!\s*["']:memory:)|["']sqlite:\/\/\/(?!:memory:)/],
      ["session", /\bshelve\.open\(|\bFileSystemCache\(|SESSION_TYPE["'\]]*\s*[=:]\s*["']filesystem/],
      ["upload", /\bshutil\.copyfileobj\(|\.save\(\s*os\.path|\bfile\.save\(/],
      ["database", /\b(?:dbm(?:\.\w+)?|gdbm|anydbm)\.open\(/],
      ["file", /(?<![\w.])(?:io\.|codecs\.)?open\([^#]*?,\s*(?:mode\s*=\s*)?[rbt]*["'][rbtU]*[wax+]/],
      ["file", /\.(?:write_text|write_bytes|touch)\(|\.open\(\s*["'][rbt]*[wax+]/],
      ["file", /\b(?:os\.(?:rename|replace|mkdir|makedirs)|shutil\.(?:copy\w*|move))\(/],
    ],
  },
  {
    files: /\.(pl|pm|psgi)$/,
    program: /perl/,
    comment: /(^|\s)#.*$/,
    rules: [
      ["database", /dbi:SQLite:(?!\S*:memory:)|\bdbmopen\b|\btie\b.*\b(?:\w+DBM?_File|DB_File)\b/i],
      ["session", /\bCGI::Session->new\(|\bApache::Session::File\b/],
      ["upload", /->upload\(.*(?:copy|move)|\b(?:copy|move)\(.*upload/i],
      ["file", /\bopen\b[\s(]+[^,]+,\s*["'](?:>>?|\+<|\+>)/],
      ["file", /\bopen\b[\s(]+[^,]+,\s*["']>>?\s*(?!&)[^"']/],
      ["file", /\b(?:nstore|store|lock_store)\s*[(\\]|\b(?:write_file|spew\w*|mkdir|make_path|rename)\b\s*[("'$]/],
      ["file", /\bsysopen\b.*O_(?:WRONLY|RDWR|CREAT)/],
    ],
  },
  {
    files: /\.(rb|ru)$/,
    program: /ruby/,
    comment: /(^|\s)#(?!\{).*$/,
    rules: [
      ["database", /\bSQLite3::Database\.(?:new|open)[\s(](?!["']:memory:)|["']sqlite:\/\/(?!["'])/],
      ["session", /\b(?:PStore|YAML::Store)\.new\b|CGI::Session\.new\b/],
      ["upload", /\b(?:FileUtils\.(?:cp|mv|copy|move)|IO\.copy_stream)[\s(].*(?:tempfile|upload)/i],
      ["file", /\b(?:File|IO)\.(?:write|binwrite)\b|\bFile\.(?:open|new)[\s(][^#]*?,\s*["'][rb]*[wa+]/],
      [
        "file",
        /\bopen\([^#]*?,\s*["'][rb]*[wa+]|\bFileUtils\.(?:cp|mv|mkdir\w*|touch)\b|\bFile\.rename\b|\bDir\.mkdir\b/,
      ],
    ],
  },
  {
    files: /\.php\d?$/,
    program: /php/,
    comment: /(^|\s)(?:\/\/|#).*$/,
    rules: [
      ["session", /\bsession_start\s*\(/],
      ["upload", /\bmove_uploaded_file\s*\(/],
      ["database", /\bnew\s+SQLite3\s*\((?!\s*["']:memory:)|["']sqlite:(?!:memory:)/],
      ["file", /\bfile_put_contents\s*\((?!\s*["']php:\/\/)|\bfopen\s*\((?!\s*["']php:\/\/).*?,\s*["'][rb]*[waxc+]/],
      ["file", /\b(?:rename|copy|touch|mkdir)\s*\(\s*[$"']/],
    ],
  },
  {
    files: /\.(sh|bash)$/,
    program: /(?:^|\/)(?:ba|da|k|z)?sh$/,
    comment: /(^|\s)#.*$/,
    rules: [
      ["database", /(^|[\s|;&(])sqlite3\s/],
      ["file", /(?<![0-9&<>=-])>{1,2}\s*(?!&|\/dev\/|\()["']?[\w$./{-]/],
      ["file", /(^|[\s|;&(])(?:tee|touch|mkdir|mv|cp)\s+[^|]*[\w$./{-]/],
    ],
  },
];

/** `program`: of the first line, without its options; null: the name tells. Each line once. */
export function hiddenState(path: string, program: string | null, source: string): HiddenState[] {
  const language = languages.find(({ files, program: is }) =>
    program === null ? files.test(path) : is.test(posix.basename(program)),
  );
  if (language === undefined) return [];
  return source.split(/\r?\n/).flatMap((text, index) => {
    const code = text.replace(language.comment, "");
    const found = language.rules.find(([, shows]) => shows.test(code));
    return found === undefined ? [] : [{ path, line: index + 1, kind: found[0], folder: folderIn(code) }];
  });
}

/** The folder of the first path among the line's texts, or of one that a shell writes to without quotes. */
function folderIn(code: string): string | null {
  const texts = [...code.matchAll(/(["'])(.*?)\1/g)].map(([, , text = ""]) => text.replace(/^[\w:]*[=:](?=\/)/, ""));
  const text = texts.find((each) => each.includes("/")) ?? /[\s>](\/[\w./-]+)\s*$/.exec(code)?.[1] ?? "";
  const folder = posix.dirname(posix.normalize(text).replace(/^\/+/, "/"));
  // Each unit has a /tmp of its own.
  const isPlace =
    /^\/?[\w.-]+(?:\/[\w.-]+)*$/.test(folder) && !/^(?:\.|\/(?:dev|tmp|var\/tmp|proc|sys)(?:\/|$))/.test(folder);
  return isPlace ? folder : null;
}
