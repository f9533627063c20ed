// The microphone, from one touch to the next.

import { loudestOf } from "./wave.js";

const BITS = 96_000; // a second: more than what is kept of it
const DENIED = { NotAllowedError: "denied", SecurityError: "denied" };

/** Why nothing can be recorded: "insecure", "denied", "none", or "no-sound" for a browser that has a microphone and cannot record. */
export class Refused extends Error {}

/**
 * Record at once. `heard(loudest, seconds)` is called while it goes on, `ended(blob)` after `stop()`, when the microphone is off.
 * Throws `Refused`.
 */
export async function openMicrophone(context, { heard, ended }) {
  if (!navigator.mediaDevices) throw new Refused("insecure");
  const stream = await granted();
  try {
    await context.resume();
    return new Microphone(context, stream, { heard, ended });
  } catch {
    release(stream);
    throw new Refused("no-sound");
  }
}

async function granted() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false } });
  } catch ({ name }) {
    throw new Refused(DENIED[name] ?? "none");
  }
}

function release(stream) {
  for (const track of stream.getTracks()) track.stop();
}

class Microphone {
  constructor(context, stream, { heard, ended }) {
    const parts = [];
    this.recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS });
    this.recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    this.recorder.addEventListener("stop", () => {
      release(stream);
      ended(new Blob(parts, { type: parts[0]?.type }));
    });
    this.recorder.start();
    this.measure(context, stream, heard);
  }

  stop() {
    if (this.recorder.state === "recording") this.recorder.stop();
  }

  measure(context, stream, heard) {
    const source = context.createMediaStreamSource(stream);
    const analyser = new AnalyserNode(context);
    const samples = new Float32Array(analyser.fftSize);
    const started = performance.now();
    source.connect(analyser);
    const look = (now) => {
      if (this.recorder.state !== "recording") return source.disconnect();
      analyser.getFloatTimeDomainData(samples);
      heard(loudestOf(samples), Math.max(0, now - started) / 1000);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }
}
