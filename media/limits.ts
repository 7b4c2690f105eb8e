/** Every limit of the plane, with its unit. Reasons and sources stand beside the numbers. */

/** A lost socket keeps its place this long; phones change networks within seconds, lifts take longer. */
export const PLACE_HELD_MS = 30_000;

/** One worker is one thread and carries about 430 viewers of one camera; beyond that picture suffers. */
export const ROOM_PEERS_MAX = 2_000;
/** Nine slots on the stage, three sources each. */
export const ROOM_PRODUCERS_MAX = 27;
/** Everything on the stage, and as much again while it changes. */
export const PEER_CONSUMERS_MAX = 2 * ROOM_PRODUCERS_MAX;
/** Requests of one peer that may wait for their turn. */
export const PEER_QUEUE_MAX = 128;

/** What a viewer is sent before its bandwidth is known. */
export const INITIAL_OUTGOING_BPS = 1_000_000;
/** Camera 1.85 Mbit/s in three layers, screen 2.5, voice 0.1, and room for retransmission. */
export const INCOMING_MAX_BPS = 5_000_000;
/** Not more than one key frame in this time is asked of an encoder, however many viewers join. */
export const KEY_FRAME_DELAY_MS = 2_500;

/** A camera layer that nobody has wanted for this long is no longer sent. */
export const LAYER_LOWER_AFTER_MS = 5_000;

/** Active speaker: at most two changes a second reach the room. */
export const SPEAKER_INTERVAL_MS = 500;
/** The observer needs ten packets of sound in this time; with DTX a short word sends no more. */
export const SILENCE_INTERVAL_MS = 1_000;
/** Below this average volume (dBov) it counts as silence. */
export const SILENCE_THRESHOLD_DBOV = -65;

/** How long a join waits for a worker that is being replaced. */
export const WORKER_WAIT_MS = 4_000;
/** Pauses before a worker that does not start is tried again; the last is repeated. */
export const WORKER_RETRY_MS = [0, 250, 500, 1_000, 2_000, 5_000] as const;
/** A worker that dies within this time of its start is started again only after a pause. */
export const STILLBORN_MS = 1_000;
/** From this many deaths of its worker on, a room gets a worker of its own (mediasoup issue 235). */
export const DEATHS_BEFORE_ISOLATION = 2;
/** Workers for such rooms, beside the ordinary ones. */
export const ISOLATED_WORKERS_MAX = 2;
