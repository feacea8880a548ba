/** Requests that no tidy client would send. */

import { connect } from "node:net";

/** Sends text as it is, and gives what comes back until the server ends the connection. */
export const sendRaw = (url: string, request: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(request));
    let answer = "";
    socket.setEncoding("utf8").on("data", (text) => {
      answer += text;
    });
    socket.on("error", () => {}); // the server need not read to the end what it refuses
    socket.on("close", () => resolve(answer));
  });
