// What takes long and says much the same each time runs as a sample in `npm run ci`, in full in `npm run verify`. The
// commit chooses the sample: the same one in each run of a commit, all of them over many commits.
import { createHash } from "node:crypto";

/** Which of so many parts a commit takes of what has this name: from 0. @param {string} name @param {number} parts */
export const sampledPart = (name, parts, commit = process.env.TEST_SAMPLE ?? "") =>
  createHash("sha256").update(`${commit} ${name}`).digest().readUInt32BE() % parts;

/** The files of a sample: about half of them. @param {string[]} files */
export const sampledFiles = (files) => files.filter((file) => sampledPart(file, 2) === 0);

/**
 * Which shell runs a spec of a sample, where half of the specs run, each in one shell. Null: none.
 * @param {string} spec the file's name @returns {"browser" | "electron" | null}
 */
export const sampledShell = (spec) =>
  [/** @type {const} */ ("browser"), /** @type {const} */ ("electron"), null, null][sampledPart(spec, 4)] ?? null;
