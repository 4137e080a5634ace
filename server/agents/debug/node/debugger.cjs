// Opens Node's own inspector for the workbench, within the process of one script: a thread beside the script's passes
// its messages, one JSON a line, to a UNIX socket. NODE_OPTIONS has this file loaded before the script. Nothing
// listens, and nothing is said on stderr.
const { Worker, isMainThread, workerData } = require("node:worker_threads");

const key = "cgi-workbench-debugger";
// What the two threads share: the script's may run; so often it has asked for a count, and the count and one; nobody
// answers any more; how long the text is that says which byte is looked for; the script's thread is about to end.
const [runs, asked, counted, isLeft, textLength, ends] = [0, 1, 2, 3, 4, 5];
const textStart = 24;

function start() {
  const { CGI_WORKBENCH_DEBUG: path, CGI_WORKBENCH_NODE_OPTIONS: own } = process.env;
  delete process.env.CGI_WORKBENCH_DEBUG;
  delete process.env.CGI_WORKBENCH_NODE_OPTIONS;
  delete process.env.NODE_OPTIONS;
  if (own !== undefined) process.env.NODE_OPTIONS = own;
  delete require.cache[__filename];
  const gate = new Int32Array(new SharedArrayBuffer(textStart + 512));
  const main = require("node:fs").realpathSync(process.argv[1]);
  new Worker(__filename, { workerData: { [key]: { path, gate, main } }, env: {}, execArgv: [] }).unref();
  Atomics.wait(gate, runs, 0); // until the breakpoints are set, or nobody answered
  leaveWhenUncaught(gate);
  const length = Atomics.load(gate, textLength);
  if (length === 0) return;
  const text = Buffer.from(gate.buffer, textStart, length).toString();
  lookFor(JSON.parse(text), () => {
    Atomics.store(gate, counted, 0);
    if (Atomics.load(gate, isLeft) === 1) return null;
    Atomics.add(gate, asked, 1);
    Atomics.notify(gate, asked);
    Atomics.wait(gate, counted, 0);
    return Atomics.load(gate, counted) - 1;
  });
}

// While a session is open, Node says on stderr that it waits for the end of it, where nobody catches an exception. The
// script's own listeners come before.
function leaveWhenUncaught(gate) {
  process.on("uncaughtExceptionMonitor", () => {
    if (process.listenerCount("uncaughtException") > 0 || process.hasUncaughtExceptionCaptureCallback()) return;
    process.once("exit", () => {
      Atomics.store(gate, ends, 1);
      Atomics.notify(gate, ends);
      Atomics.wait(gate, isLeft, 0, 1000);
    });
  });
}

function pass({ path, gate, main }) {
  const { Session } = require("node:inspector");
  const session = new Session();
  session.connectToMainThread();
  // This thread outlives the session: Node deletes it on the script's thread, which aborts once this one is gone.
  setInterval(() => {}, 2 ** 30);
  const wake = (at, value) => {
    Atomics.store(gate, at, value);
    Atomics.notify(gate, at);
  };
  const socket = require("node:net").connect(path);
  const send = (message) => socket.write(`${JSON.stringify(message)}\n`);
  const answerCounts = async () => {
    for (let known = 0; !socket.destroyed; known++) {
      await Atomics.waitAsync(gate, asked, known).value;
      send({ method: "Workbench.count" });
    }
  };
  Atomics.waitAsync(gate, ends, 0).value.then(() => socket.destroySoon());
  session.on("inspectorNotification", send);
  send({ method: "Workbench.ready", params: { main } });
  let rest = "";
  const own = {
    "Workbench.run": ({ stopAtByte }) => {
      if (stopAtByte) {
        Atomics.store(gate, textLength, Buffer.from(gate.buffer, textStart).write(JSON.stringify(stopAtByte)));
        void answerCounts();
      }
      wake(runs, 1);
    },
    "Workbench.counted": ({ bytes }) => wake(counted, bytes + 1),
  };
  socket.setEncoding("utf8").on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const { id, method, params } of lines.map((line) => JSON.parse(line))) {
      if (own[method] === undefined)
        session.post(method, params, (error, result) =>
          send(error ? { id, error: { message: error.message } } : { id, result }),
        );
      else {
        own[method](params);
        send({ id, result: {} });
      }
    }
  });
  socket.on("error", () => socket.destroy()); // nobody is there, or no longer
  socket.on("close", () => {
    session.disconnect();
    wake(isLeft, 1);
    wake(runs, 1);
    wake(counted, 1);
  });
}

// Stops at the write of one byte of stdout or stderr. Node writes to a pipe at once, so nothing waits in a buffer.
function lookFor({ stream, offset, expected }, ask) {
  const [fs, children] = [require("node:fs"), require("node:child_process")];
  const descriptor = stream === "stderr" ? 2 : 1;
  const next = Buffer.from(expected, "hex");
  let [arrived, isOver, hasChildren] = [0, false, false];
  const stopAt = {
    flushed: function cgiWorkbenchFlushed() {
      // biome-ignore lint/suspicious/noDebugger: this is where the script stops
      debugger;
    },
    child: function cgiWorkbenchChild() {
      // biome-ignore lint/suspicious/noDebugger: this is where the script stops
      debugger;
    },
    passed: function cgiWorkbenchPassed() {
      // biome-ignore lint/suspicious/noDebugger: this is where the script stops
      debugger;
    },
  };
  const lookAtOthers = (how) => {
    const count = isOver ? null : ask();
    if (count === null) return;
    arrived = count;
    if (arrived <= offset) return;
    isOver = true;
    stopAt[how]();
  };
  const goes = (data, encoding) => {
    const isText = typeof data === "string";
    if (!(isText || ArrayBuffer.isView(data))) return; // the stream itself says what is wrong
    if (hasChildren) lookAtOthers("passed");
    if (isOver) return;
    const bytes = isText
      ? Buffer.from(data, Buffer.isEncoding(encoding) ? encoding : "utf8")
      : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const at = offset - arrived;
    arrived += bytes.length;
    if (at < 0 || at >= bytes.length || !isAlike(bytes.subarray(at), next)) return;
    isOver = true;
    stopAt.flushed();
  };
  const instead = (of, name, before, after) => {
    const method = of[name];
    of[name] = function (...all) {
      before?.(...all);
      try {
        return Reflect.apply(method, this, all);
      } finally {
        after?.();
      }
    };
    Object.defineProperty(of[name], "name", { value: name });
  };
  const { get, ...property } = Object.getOwnPropertyDescriptor(process, stream);
  let there = null;
  const adopted = () => {
    if (there === null) {
      there = get.call(process);
      for (const name of ["write", "end"]) instead(there, name, goes);
    }
    return there;
  };
  Object.defineProperty(process, stream, { ...property, get: adopted });
  for (const name of ["write", "writeSync", "writeFileSync", "appendFileSync"])
    instead(fs, name, (to, data, ...rest) => {
      if (to !== descriptor) return;
      const [from, length] = rest;
      goes(typeof from === "number" ? data.subarray(from, from + (length ?? data.length)) : data, rest.at(-1));
    });
  for (const name of ["spawnSync", "execSync", "execFileSync"])
    instead(children, name, null, () => lookAtOthers("child"));
  instead(children.ChildProcess.prototype, "spawn", () => {
    hasChildren = true;
  });
  require("node:module").syncBuiltinESMExports();
}

/** At least half of the bytes are the same: a time or a number may be another one. */
function isAlike(bytes, expected) {
  const length = Math.min(bytes.length, expected.length);
  let same = 0;
  for (let at = 0; at < length; at++) if (bytes[at] === expected[at]) same += 1;
  return 2 * same >= length;
}

// The script's own threads load this file, too.
if (isMainThread) start();
else if (workerData?.[key]) pass(workerData[key]);
