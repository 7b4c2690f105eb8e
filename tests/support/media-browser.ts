/** Chromium pages with fake cameras, against a socket server that serves the media requests alone. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { Server } from 'socket.io';
import { Value } from 'typebox/value';
import { mediaRequests, type MediaRequestName } from '../../server/protocol/media.ts';
import { createMediaHandlers, toMediaNotification } from '../../server/realtime/media-handlers.ts';
import type { MediaPlane } from '../../server/services/ports/media-port.ts';
import { voiceWav } from './media-voice.ts';
import type { MediaPageDriver } from './media-page/main.ts';

const PAGE_DIRECTORY = fileURLToPath(new URL('./media-page/', import.meta.url));
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

declare global {
  var media: MediaPageDriver;
}

export type Look = ReturnType<MediaPageDriver['look']>;

/**
 * The page as Vite builds it, in a directory of its own. In a child process: the bundler's native part
 * does not take objects of Jest's realm.
 */
async function buildMediaPage(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'media-page-'));
  const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
  const options = ['--outDir', directory, '--emptyOutDir', '--minify', 'false', '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, [vite, 'build', PAGE_DIRECTORY, ...options]);
  return directory;
}

/** Only what the build made; the names are its own. */
function serveFiles(directory: string, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const file = join(directory, normalize(path === '/' ? '/index.html' : path));
  readFile(file).then(
    (content) =>
      response
        .writeHead(200, { 'content-type': extname(file) === '.html' ? 'text/html' : 'text/javascript' })
        .end(content),
    () => response.writeHead(404).end(),
  );
}

export interface MediaSite {
  open(roomId: string, peerId: string): Promise<Page>;
  /** Ends the peer's socket from the server's side. */
  cutSocket(peerId: string): void;
  close(): Promise<void>;
}

export async function startMediaSite(plane: MediaPlane): Promise<MediaSite> {
  const directory = await buildMediaPage();
  const http = createServer((request, response) => serveFiles(directory, request, response));
  const io = serveMedia(plane, new Server(http, { serveClient: false }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const voice = join(directory, 'voice.wav');
  await writeFile(voice, voiceWav());
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium',
    args: [...CHROMIUM_ARGUMENTS, `--use-file-for-fake-audio-capture=${voice}`],
  });
  return {
    open: async (roomId, peerId) => {
      const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
      const page = await context.newPage();
      await page.goto(`${origin}/?room=${roomId}&peer=${peerId}`);
      await page.waitForFunction(() => globalThis.media?.look().connection === 'connected');
      return page;
    },
    cutSocket: (peerId) => {
      for (const socket of io.sockets.sockets.values()) {
        if (socket.handshake.auth['peerId'] === peerId) socket.conn.close();
      }
    },
    close: async () => {
      await browser.close();
      await io.close();
      await rm(directory, { recursive: true });
    },
  };
}

function serveMedia(plane: MediaPlane, io: Server): Server {
  const handlers = createMediaHandlers({ plane });
  plane.onEvent((event) => {
    const { name, payload, toPeerId } = toMediaNotification(event);
    io.to(toPeerId === null ? event.roomId : `${event.roomId}/${toPeerId}`).emit(name, payload);
  });
  io.on('connection', (socket) => {
    const peer = {
      roomId: String(socket.handshake.auth['roomId']),
      peerId: String(socket.handshake.auth['peerId']),
    };
    void socket.join([peer.roomId, `${peer.roomId}/${peer.peerId}`]);
    socket.on('disconnect', () => plane.suspendPeer(peer));
    for (const name of Object.keys(mediaRequests) as MediaRequestName[]) {
      const handle = handlers[name] as (of: object, payload: unknown) => Promise<unknown>;
      socket.on(name, async (payload: unknown, ack: (answer: object) => void) => {
        if (!Value.Check(mediaRequests[name].request, payload)) {
          return ack({ ok: false, error: { code: 'INVALID_REQUEST' } });
        }
        await handle(peer, payload).then(
          (data) => ack({ ok: true, data }),
          (error: { code?: string }) => ack({ ok: false, error: { code: error.code ?? 'INTERNAL' } }),
        );
      });
    }
  });
  return io;
}

export const look = (page: Page): Promise<Look> => page.evaluate(() => globalThis.media.look());

/** Waits until the page has decoded this many frames more than it has now. */
export async function seeMoving(page: Page, frames = 15): Promise<void> {
  const { frames: before } = await look(page);
  await page.waitForFunction((target) => globalThis.media.look().frames >= target, before + frames);
}
