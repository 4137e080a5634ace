// `node least-gateway.mjs SOCKET`: the least that a gateway on Node's sockets can do. It reads no request and no
// record: whatever comes from a client, it sends one request that was encoded before to a FastCGI application on a kept
// connection, and one response that was encoded before to the client. What our gateway costs beyond it is our own; what
// it costs beyond a server in C is Node's.
import { connect, createServer } from "node:net";

const [socketPath] = process.argv.slice(2);
const record = (type, content) => Buffer.from([1, type, 0, 1, 0, content.length, 0, 0, ...content]);
const pair = (name, value) => [name.length, value.length, ...Buffer.from(name + value)];
const request = Buffer.concat([
  record(1, [0, 1, 1, 0, 0, 0, 0, 0]), // a responder, on a connection that is kept
  record(4, pair("REQUEST_METHOD", "GET")),
  record(4, []),
  record(5, []),
]);
const response = Buffer.from("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n");

const waiting = [];
const resting = [];
for (let n = 0; n < 2; n++) {
  const application = connect(socketPath);
  let client = null;
  const serve = (next) => {
    client = next;
    application.write(request);
  };
  application.on("data", () => {
    client?.write(response);
    const next = waiting.shift();
    if (next) serve(next);
    else resting.push(serve);
  });
  resting.push(serve);
}
const server = createServer({ noDelay: true }, (client) => {
  client.on("error", () => client.destroy());
  client.on("data", () => {
    const serve = resting.pop();
    if (serve) serve(client);
    else waiting.push(client);
  });
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify(server.address())));
