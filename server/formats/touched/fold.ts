// Which touches are of no interest: those with which an interpreter, a loader or a shell finds its own parts. What was
// sought and never found stays.
import type { Seen } from "./seen.js";

/** What is sought whether it is there or not. */
const optional =
  /^\/etc\/ld\.so\.|\/nscd\/socket$|^\/dev\/tty$|selinux|\.pmc$|\/__pycache__(?:\/|$)|\/pyvenv\.cfg$|\/glibc-hwcaps\/|\/locale\/|\/gconv\/|\/locale-archive$|\/\.python-version$|\/rubygems\/defaults\/|\/(?:enumerator|fiber|thread|rational|complex)\.(?:so|rb)$/;
/** Where programs have their own parts. */
const libraries =
  /^\/(?:usr\/)?(?:local\/)?(?:lib\d*|libexec|share)(?:\/|$)|^\/(?:proc|sys)(?:\/|$)|^\/dev\/|^\/var\/lib\/gems|^\/etc\/(?:perl|php|python|ruby|ssl|locale|terminfo|alternatives|localtime|nsswitch|resolv|host\.conf|gai|passwd|group)|\/\.local\/(?:lib|share\/gem)(?:\/|$)|\/(?:\.gem|gems|site-packages|dist-packages|site_perl|vendor_perl|site_ruby|vendor_ruby)(?:\/|$)/;
const part = /\.(?:p[lmh]|al|so(?:[.\d]*)|pyc?|rbc?|php|inc|jar|[cm]?js|node|lua|tcl|class)$/i;
/** Programs lie in them; in the last one, the `sendmail` that catches mail. */
const ofPrograms = /\/(?:s?bin|shims|libexec|cgi-workbench-mail-\w+)$/;
/** A search is over within so many touches. */
const searchLength = 300;

const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));
const baseOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
/** `libssl.so.3` and `json.cpython-311.pyc` are parts of `libssl` and `json`. */
const stemOf = (path: string): string => /^\.?[^.]*/.exec(baseOf(path))?.[0] ?? "";

const isSought = ({ did, name }: Seen): boolean =>
  part.test(name) || (ofPrograms.test(folderOf(name)) && (did === "looked" || did === "started"));
const isMissing = ({ errno }: Seen): boolean => errno === "ENOENT" || errno === "ENOTDIR";

/** Marks them. `script`: its path. */
export function markOwn(seen: readonly Seen[], script: string, rootPid: number | null): void {
  const begins = seen.findIndex(
    ({ did, name, pid, errno }) =>
      pid === rootPid && did === "read" && errno === null && baseOf(name) === baseOf(script),
  );
  const first = seen.find(({ did, errno }) => did === "started" && errno === null);
  const isLibrary = libraryTest(seen, script);
  const folders = new Set(["/", ...seen.flatMap(({ name }) => ancestorsOf(name))]);
  const isFound = foundTest(seen, isLibrary);
  const used = new Set(seen.flatMap((one) => (one.errno === null && one.did !== "looked" ? [one.name] : [])));
  for (const [index, one] of seen.entries()) {
    const { did, name, errno } = one;
    if (did === "resolved" || (errno !== null && !isMissing(one) && !optional.test(name))) continue;
    if (did === "connected") one.isOwn = optional.test(name);
    else if (optional.test(name)) one.isOwn = true;
    else if (errno === null)
      one.isOwn =
        index <= begins ||
        (did === "started" ? one === first : isLibrary(name)) ||
        (did === "looked" && (used.has(name) || folders.has(name))) ||
        ((did === "listed" || did === "entered") && name === folderOf(script)) ||
        (name === script && did === "read");
    else if (isSought(one)) one.isOwn = isFound(one, index) || (index < begins && !/\.so(?:\.|$)/.test(name));
    else one.isOwn = index < begins || isLibrary(name);
  }
}

function libraryTest(seen: readonly Seen[], script: string): (path: string) => boolean {
  const own = new Set<string>();
  for (const { did, name, errno } of seen) {
    const [, prefix] = /^(\/.+)\/s?bin\/[^/]+$/.exec(name) ?? [];
    if (did === "started" && errno === null && prefix !== undefined && prefix !== "/usr") own.add(`${prefix}/lib`);
  }
  const scripts = `${folderOf(script)}/`;
  return (path) =>
    !path.startsWith(scripts) && (libraries.test(path) || [...own].some((prefix) => path.startsWith(prefix)));
}

function ancestorsOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) folders.push(path.slice(0, end));
  return folders;
}

/** Whether a part that is missing in one folder is there in another one. */
function foundTest(
  seen: readonly Seen[],
  isLibrary: (path: string) => boolean,
): (missing: Seen, index: number) => boolean {
  const found = new Map<string, { readonly index: number; readonly folder: string }[]>();
  const sought = new Map<string, Set<string>>();
  for (const [index, one] of seen.entries()) {
    const stem = stemOf(one.name);
    const folder = folderOf(one.name);
    if (one.errno === null && (isSought(one) || one.did === "started"))
      found.set(stem, [...(found.get(stem) ?? []), { index, folder }]);
    else if (isMissing(one) && isSought(one)) sought.set(stem, (sought.get(stem) ?? new Set()).add(folder));
  }
  return ({ name }, at) => {
    const stem = stemOf(name);
    const folders = [...(sought.get(stem) ?? [])];
    // `A/B.pm` is sought as such in all folders: `C/B.pm` is another part.
    const parents = new Set(folders.map(baseOf));
    const isNested = folders.length > 1 && parents.size === 1;
    return (found.get(stem) ?? []).some(
      ({ index, folder }) =>
        (!isNested || parents.has(baseOf(folder))) && (isLibrary(name) || (index > at && index - at < searchLength)),
    );
  };
}

/** Those that mean the same are one: what was sought in several folders, and what was done several times. */
export const sameAs = (one: Seen): string =>
  one.did === "started" && one.errno === null
    ? `${one.isOwn} ${one.name} ${one.args?.join("\0")} ${one.exitCode} ${one.signal}`
    : isMissing(one) && isSought(one)
      ? `${one.isOwn} ? ${stemOf(one.name)}`
      : `${one.isOwn} ${isMissing(one) ? "" : one.did} ${one.errno} ${one.name}`;
