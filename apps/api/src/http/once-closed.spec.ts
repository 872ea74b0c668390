import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { onceClosed } from './once-closed.js';

describe('An answer that is over', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => void server.close());

  const asked = async (): Promise<{ readonly leave: () => void; readonly raw: ServerResponse }> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    const [, raw] = (await once(server, 'request')) as [unknown, ServerResponse];
    return { leave: () => socket.destroy(), raw };
  };

  it('gives back what it held, whether its reader goes later or went before', async () => {
    const { leave, raw } = await asked();
    let back = 0;
    onceClosed(raw, () => back++);
    expect(back).toBe(0);
    leave();
    await once(raw, 'close');
    expect(back).toBe(1);
    onceClosed(raw, () => back++);
    expect(back).toBe(2);
  });
});
