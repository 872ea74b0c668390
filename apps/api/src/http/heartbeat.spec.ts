import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { beat } from './heartbeat.js';

describe('An answer without an end', () => {
  let server: Server;
  let client: Socket;
  let answer: ServerResponse;

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    [, answer] = (await once(server, 'request')) as [unknown, ServerResponse];
  });
  afterEach(() => {
    client.destroy();
    server.close();
    server.closeAllConnections();
  });

  it('is told of where nobody reads it', async () => {
    client.pause();
    answer.write(Buffer.alloc(32 * 1024 * 1024));
    const end = await new Promise<() => void>((resolve) => {
      const stop = beat(answer, 20, () => resolve(stop));
    });
    end();
    expect(answer.writableLength).toBeGreaterThan(0);
  });

  it('goes on where somebody does, and says that it is still there', async () => {
    let unread = 0;
    const end = beat(answer, 5, () => unread++);
    let heard = '';
    client.on('data', (piece) => (heard += piece.toString()));
    while (heard.split(': still here').length < 10) await once(client, 'data');
    end();
    expect(unread).toBe(0);
  });
});
