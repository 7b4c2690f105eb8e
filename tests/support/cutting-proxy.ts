import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy before a database that can lose the answer to a write after the write has been done. */
export interface CuttingProxy {
  readonly port: number;
  /** From now on, the answers to this many inserts or updates of `collection` are lost and their connections cut. */
  cutReplies(collection: string, times: number): void;
  /** Answers lost so far. */
  readonly cuts: number;
  stop(): Promise<void>;
}

export async function startCuttingProxy(targetPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let collection = '';
  let left = 0;
  let cuts = 0;

  /** An OP_MSG carries `insert` or `update`, a type and length, and the collection's name near its beginning. */
  function isWrite(chunk: Buffer): boolean {
    const starts = ['insert\0', 'update\0'].map((command) => chunk.indexOf(command));
    return starts.some((at) => at >= 0 && chunk.subarray(at, at + 64).includes(`${collection}\0`));
  }

  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let isMarked = false;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (chunk) => {
      if (left > 0 && isWrite(chunk)) isMarked = true;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (isMarked && left > 0) {
        // The answer is here, so the write has been done: it is lost now.
        left -= 1;
        cuts += 1;
        end();
        return;
      }
      client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cutReplies(name, times) {
      collection = name;
      left = times;
    },
    get cuts() {
      return cuts;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The database's address by way of the proxy; the driver must not look for the members of the replica set. */
export function viaProxy(uri: string, proxy: CuttingProxy): string {
  const url = new URL(uri);
  url.port = String(proxy.port);
  url.searchParams.delete('replicaSet');
  url.searchParams.set('directConnection', 'true');
  return url.href;
}

/** Port of a database's address. */
export function portOf(uri: string): number {
  return Number(new URL(uri).port);
}
