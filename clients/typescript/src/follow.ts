// Events as they happen: followed, and gone on with where the connection broke.

import { EventSourceParserStream } from "eventsource-parser/stream";

import type { components } from "./schema.js";
import { type Evenkeel, type Problem, ProblemError } from "./session.js";

/** Something that happened on a node. */
export type FeedEvent = components["schemas"]["FeedEvent"];

/** Which events. */
export interface Follow {
  /** Only this node's; those of all nodes when absent. */
  node?: string;
  /** Only those about this module. */
  module?: string;
  /** `normal` leaves verbose events out. */
  level?: components["schemas"]["LogLevel"];
  /** The `id` of the last event that is known; from now on when absent. */
  after?: string;
  /** Ends the stream. */
  signal?: AbortSignal;
}

/** Milliseconds between two attempts to connect again. */
const RETRY_MS = 1000;

/** Milliseconds without a sign of life, which a node gives every 10 s, after which it is gone. */
const SILENCE_MS = 25_000;

/**
 * What happens. Never ends by itself: where the connection breaks or the node does not answer it connects
 * again and goes on after the last event.
 *
 * Throws `ProblemError` where the node refuses.
 */
export async function* follow(evenkeel: Evenkeel, wanted: Follow = {}): AsyncGenerator<FeedEvent> {
  let { after } = wanted;
  while (wanted.signal?.aborted !== true) {
    try {
      for await (const event of connection(evenkeel, { ...wanted, after })) {
        after = event.id;
        yield event;
      }
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status < 500) {
        throw error;
      }
    }
    await pause(RETRY_MS, wanted.signal);
  }
}

/** Waits for so long, or until the signal. */
function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal?.addEventListener("abort", over);
    if (signal?.aborted === true) over();
  });
}

type Wanted = Omit<Follow, "after"> & { after: string | undefined };

/** The events of one connection. */
async function* connection(evenkeel: Evenkeel, wanted: Wanted): AsyncGenerator<FeedEvent> {
  const { node, module, level, after } = wanted;
  const broken = new AbortController();
  const signal = AbortSignal.any([broken.signal, ...(wanted.signal ? [wanted.signal] : [])]);
  const query = {
    ...(module === undefined ? {} : { module }),
    ...(level === undefined ? {} : { level }),
    ...(after === undefined ? {} : { after }),
  };
  const options = { parseAs: "stream", signal } as const;
  const answer =
    node === undefined
      ? await evenkeel.GET("/v1/events", { params: { query }, ...options })
      : await evenkeel.GET("/v1/nodes/{node}/events", { params: { query, path: { node } }, ...options });
  if (answer.error !== undefined) {
    throw new ProblemError(answer.error as Problem);
  }
  const bytes = answer.data as unknown as ReadableStream<Uint8Array>;
  let silence = setTimeout(() => broken.abort(), SILENCE_MS);
  const heard = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      clearTimeout(silence);
      silence = setTimeout(() => broken.abort(), SILENCE_MS);
      controller.enqueue(chunk);
    },
  });
  const frames = bytes
    .pipeThrough(heard)
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream());
  try {
    // Not every browser iterates over a stream.
    const reader = frames.getReader();
    for (let frame = await reader.read(); !frame.done; frame = await reader.read()) {
      yield JSON.parse(frame.value.data) as FeedEvent;
    }
  } finally {
    clearTimeout(silence);
    broken.abort();
  }
}
