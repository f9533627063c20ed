// What a page loads when somebody keeps the guide, or has kept it: all that fetches, stores and renews, in one file.

export { keep } from "./loop.js";
export { bytesOf, planOf } from "./plan.js";
export { giveUpBegun } from "./kept.js";
export { onlyNumbers, room, roomFor } from "./room.js";
export { renewKept } from "./renew.js";
export { Stopped, stoppedBy } from "./stopped.js";
export { openStore } from "./store.js";
