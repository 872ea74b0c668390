import { describe, expect, it } from '@jest/globals';
import { toldEvents } from './event-choice';
import { toldEventName } from './told-event-name';

describe('What webhooks are told', () => {
  it('has a name in words', () => {
    expect(toldEvents.filter((type) => toldEventName(type, (word) => word) === type)).toEqual([]);
  });
});
