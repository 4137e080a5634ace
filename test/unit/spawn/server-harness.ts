// A small server to be killed: starts three sessions the way named on its command line, prints their ids, and stays.
// The second writes into the file named after that when it gets TERM, and goes on.
import { byteString } from "../../../server/protocol/byte-string.js";
import { createStarter } from "../../../server/spawn/create-starter.js";

const [, , wish, heard = "/dev/null"] = process.argv;
const { starter, why } = await createStarter(wish === "native" || wish === "portable" ? wish : "auto");
let ready = 0;
const open = async (script: string): Promise<number> => {
  const child = await starter.start(
    {
      file: byteString("/bin/bash"),
      argv: ["bash", "-c", script].map(byteString),
      env: [byteString("PATH=/usr/bin:/bin")],
      cwd: byteString("/"),
      stdin: "null",
    },
    { stdout: tellWhenReady, stderr: () => true, stdoutEnd() {}, stderrEnd() {}, exit() {}, stdinDrain() {} },
  );
  return child.pid;
};
const tellWhenReady = (): boolean => {
  if (++ready === 3) process.stdout.write(`${JSON.stringify({ kind: starter.kind, why, pids })}\n`);
  return true;
};
const pids = [
  await open("echo; exec sleep 300"),
  await open(`exec 2>/dev/null; trap 'echo TERM > ${heard}' TERM; echo; while :; do sleep .1; done`),
  await open("set -m; (trap '' TERM; echo; sleep 301) & sleep 302 & wait"),
];
