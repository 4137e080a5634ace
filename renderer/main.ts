// The page's start: it connects and takes over what the server remembers, while
// the browser fetches the window's own code.
import { takeOverMemory } from "./platform/window-memory.js";
import { connect } from "./rpc/connection.js";
import { askAtOnce } from "./rpc/store.js";

const connecting = connect().then(askAtOnce);
connecting.catch(() => undefined); // the window, once it is loaded, shows why there is no connection
// Not awaited here: the window's chunk shares modules with this one, and would wait for it.
void takeOverMemory(connecting)
  .then(() => import("./window.js"))
  .then(({ openWindow }) => openWindow(connecting));
