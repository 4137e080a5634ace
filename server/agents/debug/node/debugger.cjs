// Opens Node's own inspector for the workbench, within the process of one script: a thread beside the script's passes
// its messages, one JSON a line, to a UNIX socket. NODE_OPTIONS has this file loaded before the script. Nothing
// listens, and nothing is said on stderr.
const { Worker, isMainThread, workerData } = require("node:worker_threads");

const key = "cgi-workbench-debugger";

function start() {
  const { CGI_WORKBENCH_DEBUG: path, CGI_WORKBENCH_NODE_OPTIONS: own } = process.env;
  delete process.env.CGI_WORKBENCH_DEBUG;
  delete process.env.CGI_WORKBENCH_NODE_OPTIONS;
  delete process.env.NODE_OPTIONS;
  if (own !== undefined) process.env.NODE_OPTIONS = own;
  delete require.cache[__filename];
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const main = require("node:fs").realpathSync(process.argv[1]);
  new Worker(__filename, { workerData: { [key]: { path, gate, main } }, env: {}, execArgv: [] }).unref();
  Atomics.wait(gate, 0, 0); // until the breakpoints are set, or nobody answered
}

function pass({ path, gate, main }) {
  const { Session } = require("node:inspector");
  const session = new Session();
  session.connectToMainThread();
  const run = () => {
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  };
  const socket = require("node:net").connect(path);
  const send = (message) => socket.write(`${JSON.stringify(message)}\n`);
  session.on("inspectorNotification", send);
  send({ method: "Workbench.ready", params: { main } });
  let rest = "";
  socket.setEncoding("utf8").on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const { id, method, params } of lines.map((line) => JSON.parse(line))) {
      if (method !== "Workbench.run")
        session.post(method, params, (error, result) =>
          send(error ? { id, error: { message: error.message } } : { id, result }),
        );
      else {
        run();
        send({ id, result: {} });
      }
    }
  });
  socket.on("error", () => socket.destroy()); // nobody is there, or no longer
  socket.on("close", () => {
    session.disconnect();
    run();
  });
}

// The script's own threads load this file, too.
if (isMainThread) start();
else if (workerData?.[key]) pass(workerData[key]);
