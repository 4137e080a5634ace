// Which CGI conformance tests do not apply when fcgiwrap runs the scripts, and why: skipped with that
// reason, by their titles' beginnings. Whole files that are left out: lifetimes, starting, misbehaving
// (processes, which are fcgiwrap's), large-upload.
import { beforeEach } from "vitest";
import { findProgram } from "./run/find-program.mjs";
import { doesNotApply } from "./run/vitest-counts.js";

const processes = "there is no process of ours to see, only the application's status";
const ownAnswer = "fcgiwrap answers itself for a script that fails or says nothing valid";
const headIsItsOwn = "fcgiwrap reads the header itself and writes it anew, so that stdout is not the script's";
const bodyFirst = "fcgiwrap hands over the whole body before it reads any output";

const differs: readonly (readonly [title: string, why: string])[] = [
  ["C24", "PATH is not sent to somebody else's application"],
  ["C25", "PATH is not sent to somebody else's application"],
  ["C30: whole also for a script whose", bodyFirst],
  ["C30: a script that has answered ends", bodyFirst],
  ["C32", `${ownAnswer}: closing stdin is an error to it`],
  ["C33", bodyFirst],
  ["C34", headIsItsOwn],
  ["C35", "FastCGI has no command line"],
  ["C36", "FastCGI has no command line"],
  ["C37", "FastCGI has no command line"],
  ["C38", "the working directory is fcgiwrap's business"],
  ["C40", processes],
  ["C41", processes],
  ["C42", processes],
  ["C50", headIsItsOwn],
  ["C51: no", ownAnswer],
  ["C51: an empty line first", ownAnswer],
  ["C52", headIsItsOwn],
  ["C54: a last script that", ownAnswer],
  ["C60", headIsItsOwn],
  ["C65: a longer body", headIsItsOwn],
  ["C66", "there is no NPH in FastCGI (F24)"],
  ["C67", "fcgiwrap collects what a script writes"],
  ["C68", processes],
  ["C69", headIsItsOwn],
  ["what was pipelined behind a response that ends the connection", processes],
  ["sees the connection close behind a body that is cut", bodyFirst],
  ["a request from its first byte to its last", processes],
  ["a Python traceback is in stderr", ownAnswer],
  ["a script that cannot be started", ownAnswer],
];
const isMissing = findProgram("fcgiwrap") === null;

beforeEach(({ task, skip }) => {
  if (isMissing) skip("needs fcgiwrap");
  const [, why] = differs.find(([title]) => task.name.startsWith(title)) ?? [];
  if (why !== undefined) skip(doesNotApply + why);
});
