// Where this user's own folders are. A variable that is empty or relative is ignored: it would lead to the folder in
// which the workbench happens to start, whose files may come from elsewhere.
import { tmpdir, userInfo } from "node:os";
import { isAbsolute } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** What Debian gives as home to users without one: nothing is found there, and nothing can be stored. */
const noHome = "/nonexistent";

/** Absolute: `HOME`, else the home that the system has for this user, else a folder that does not exist. */
export function homeFolder({ HOME }: Environment = process.env): string {
  if (HOME !== undefined && isAbsolute(HOME)) return HOME;
  try {
    const { homedir } = userInfo();
    return isAbsolute(homedir) ? homedir : noHome;
  } catch {
    return noHome; // SystemError: the system has no entry for this user
  }
}

/** Absolute: the system's folder for temporary files. */
export const temporaryRoot = (): string => (isAbsolute(tmpdir()) ? tmpdir() : "/tmp");
