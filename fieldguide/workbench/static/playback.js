// What was recorded, to be heard again.

/** An iPhone's switch for silence is no switch for what somebody asks to hear. */
export function purpose(kind) {
  if (navigator.audioSession) navigator.audioSession.type = kind;
}

/** Play from one second to another; what comes back can be stopped, and says "ended". */
export function playPart(context, buffer, begin, end) {
  purpose("playback");
  context.resume(); // a call may have stopped it
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(context.destination);
  source.start(0, begin, end - begin);
  return source;
}
