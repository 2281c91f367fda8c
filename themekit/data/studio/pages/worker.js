// Holds the one stream of a browser for all pages: a browser opens six connections to a host, and no more.

import { stream } from "./stream.js";

const ports = new Set();
let state = null; // how things stand, for pages that come later

const take = (data) => {
  for (const port of ports) port.postMessage(data);
  const event = JSON.parse(data);
  if (event.kind === "state") state = event;
  else if (state && event.kind === "brands") state.ids = event.ids;
  else if (state && event.brand) {
    state.serials[event.brand] = event.serial;
    if (event.kind === "problems") state.problems[event.brand] = event.diagnostics;
  }
};

stream(new URL("../@events", self.location.href), take);

self.onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = () => ports.delete(port); // it only ever says goodbye
  if (state) port.postMessage(JSON.stringify(state));
};
