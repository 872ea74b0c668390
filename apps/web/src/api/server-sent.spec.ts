import { describe, expect, it } from '@jest/globals';
import { ServerSentReader } from './server-sent';

const sent = ': following the log\nid: 7\n\nid: 8\nevent: change\ndata: {"procedure":"một"}\n\n: still here\n\nid: 9\ndata: a\ndata: b\n\n';
const events = [
  { id: '7', event: 'message', data: '' },
  { id: '8', event: 'change', data: '{"procedure":"một"}' },
  { id: '9', event: 'message', data: 'a\nb' },
];

describe('A stream of events', () => {
  it('is read the same wherever its pieces end', () => {
    for (let at = 0; at <= sent.length; at++) {
      const reader = new ServerSentReader();
      expect([...reader.read(sent.slice(0, at)), ...reader.read(sent.slice(at))]).toEqual(events);
    }
  });

  it('gives an event when it is whole, and not before', () => {
    const reader = new ServerSentReader();
    expect(reader.read('id: 1\nevent: change\ndata: x')).toEqual([]);
    expect(reader.read('y\n\n')).toEqual([{ id: '1', event: 'change', data: 'xy' }]);
  });
});
