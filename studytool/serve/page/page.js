// The terminal is textual-serve's. This tells it where to connect, starts it when its font is there, and says why it ended.
"use strict";

const begin = window.onload; // set by textual.js, which stands before this in the page
window.onload = null;

const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...where) {
    super(...where);
    this.addEventListener("close", (event) => {
      document.querySelector("#told").textContent =
        event.reason || "The connection was lost: the server has ended, or the way to it is broken.";
      document.querySelector("#again").focus();
    });
  }
};

// The terminal would take ctrl+v for a character; so the browser pastes, as it does everywhere else.
window.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey && !event.altKey && event.key.toLowerCase() === "v") event.stopImmediatePropagation();
  },
  true,
);

window.addEventListener("load", async () => {
  const terminal = document.querySelector("#terminal");
  document.querySelector("#again").addEventListener("click", () => location.reload());
  // Where the page came from, also behind a tunnel or a proxy.
  terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";
  const styles = ["", "bold ", "italic ", "italic bold "];
  await Promise.allSettled(styles.map((style) => document.fonts.load(`${style}16px "Roboto Mono"`)));
  begin();
  terminal.querySelector("textarea").focus(); // keys go to the app without a click
});
