// What takes long and says much the same each time runs as a sample in `npm run ci`, in full in `npm run verify`. The
// commit chooses the sample: the same one in each run of a commit, all of them over many commits.
import { createHash } from "node:crypto";

/** Which of so many parts a commit takes of what has this name: from 0. @param {string} name @param {number} parts */
export const sampledPart = (name, parts, commit = process.env.TEST_SAMPLE ?? "") =>
  createHash("sha256").update(`${commit} ${name}`).digest().readUInt32BE() % parts;
