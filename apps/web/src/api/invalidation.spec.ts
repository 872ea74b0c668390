import { describe, expect, it } from '@jest/globals';
import { isTouched } from './invalidation';
import { eventTypes } from '../words/codes';

const one = ['get', '/api/v1/procedures/{id}', { params: { path: { id: 'a' } } }];
const other = ['get', '/api/v1/procedures/{id}/history', { params: { path: { id: 'b' }, query: { limit: 50 } } }];
const register = ['pages', '/api/v1/procedures', { limit: 50 }];
const tasks = ['pages', '/api/v1/tasks', { limit: 50 }];
const told = ['get', '/api/v1/notifications', { params: { query: { limit: 1 } } }];
const units = ['get', '/api/v1/units'];

const touchedBy = (...types: readonly string[]): readonly unknown[] =>
  [one, other, register, tasks, told, units].filter((key) => isTouched(key, [{ types, procedure: 'a' }]));

describe('What happened to a procedure', () => {
  it('changes what is shown of it and of lists, and nothing of another one', () => {
    expect(touchedBy('PartsAmended')).toEqual([one, register]);
  });

  it('changes what people are asked and told where it asks and tells them', () => {
    expect(touchedBy('ReviewAssigned')).toEqual([one, register, tasks, told]);
    expect(touchedBy('InquiryAnswered')).toEqual([one, tasks, told]);
  });

  it('may change everything where nobody knows what it is', () => {
    expect(touchedBy('SomethingNew')).toEqual([one, register, tasks, told, units]);
  });

  it('is known for every event that has a name', () => {
    const known = eventTypes.filter((type) => type !== 'CommandRefused');
    expect(known.filter((type) => isTouched(units, [{ types: [type] }]))).toEqual([]);
  });

  it('may be about any procedure where it does not say about which', () => {
    expect(isTouched(other, [{ types: ['PartsAmended'] }])).toBe(true);
  });
});
