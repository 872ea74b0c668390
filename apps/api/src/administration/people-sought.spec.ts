import { describe, expect, it } from '@jest/globals';
import type { Person } from '#identity';
import { UnitTree } from '#workflow';
import { pageOfPeople, peopleSought } from './people-sought.js';

const ids = {
  minh: '00000000-0000-4000-8000-000000000001',
  dung: '00000000-0000-4000-8000-000000000002',
  an: '00000000-0000-4000-8000-000000000003',
};
const units = new UnitTree([
  { id: 'ministry', name: 'Bộ', level: 'ministry', parent: null },
  { id: 'service', name: 'Quân chủng', level: 'service', parent: 'ministry' },
  { id: 'office', name: 'Phòng', level: 'unit', parent: 'service' },
]);
const person = (id: string, name: string, unit: string | null, role: 'officer' | 'checker' = 'officer'): Person => ({
  ...{ id, name, username: `user.${name.split(' ').at(-1)?.toLowerCase() ?? ''}`, version: 1, commitment: '', roles: [], unit: unit ?? '' },
  ...{ grants: unit === null ? [] : [{ role, unit }], home: 'office', governs: null, isProgram: false, countsAs: [], keepers: [] },
  ...{ canSignIn: true, clearance: 'none', demo: false },
});
const people = [
  person(ids.minh, 'Nguyễn Văn Minh', 'service', 'checker'),
  person(ids.dung, 'Đỗ Thị Dung', 'office'),
  person(ids.an, 'Lê An', null),
];
const found = (sought: Parameters<typeof peopleSought>[1], administered: readonly string[] = []): readonly string[] =>
  peopleSought(people, sought, { units, administers: ({ id }) => administered.includes(id) }).map(({ name }) => name);

describe('People who are sought', () => {
  it('are found by beginnings of words of their name, without accents', () => {
    expect(found({ q: 'do du' })).toEqual(['Đỗ Thị Dung']);
    expect(found({ q: 'MINH nguyen' })).toEqual(['Nguyễn Văn Minh']);
    expect(found({ q: 'inh' })).toEqual([]);
  });

  it('are found by their username by their administrators alone', () => {
    expect(found({ q: 'user' })).toEqual([]);
    expect(found({ q: 'user minh' }, [ids.minh])).toEqual(['Nguyễn Văn Minh']);
  });

  it('are of a unit by a role there or below, and without any role where they are looked after', () => {
    expect(found({ unit: 'service' })).toEqual(['Nguyễn Văn Minh', 'Đỗ Thị Dung', 'Lê An']);
    expect(found({ unit: 'office' })).toEqual(['Đỗ Thị Dung', 'Lê An']);
    expect(found({ unit: 'service', role: 'officer' })).toEqual(['Đỗ Thị Dung']);
    expect(found({ unit: 'office', role: 'checker' })).toEqual([]);
  });

  it('are those whom one administers, or the others', () => {
    expect(found({ administered: true }, [ids.an])).toEqual(['Lê An']);
    expect(found({ administered: false }, [ids.an])).toEqual(['Nguyễn Văn Minh', 'Đỗ Thị Dung']);
  });

  it('come page by page in the order of Vietnamese, those near first where that is asked', () => {
    const paged = (near: readonly string[]): readonly string[] => {
      const one = pageOfPeople(people, { limit: '2', near });
      const two = pageOfPeople(people, { limit: '2', near, cursor: one.nextCursor ?? '' });
      expect(two.nextCursor).toBeNull();
      return [...one.items, ...two.items].map(({ name }) => name);
    };
    expect(paged([])).toEqual(['Đỗ Thị Dung', 'Lê An', 'Nguyễn Văn Minh']);
    expect(paged(['service', 'ministry'])).toEqual(['Nguyễn Văn Minh', 'Đỗ Thị Dung', 'Lê An']);
  });

  it('come each once and in that order, however many there are', () => {
    const many = Array.from({ length: 300 }, (_, index) => {
      const shuffled = (index * 7919) % 300;
      return person(
        `00000000-0000-4000-8000-${String(shuffled).padStart(12, '0')}`,
        ['An', 'Ánh', 'Đạt', 'Dung', 'Ơn'][shuffled % 5] ?? '',
        shuffled % 3 === 0 ? 'office' : 'service',
      );
    });
    const near = ['office'];
    const paged: Person[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { items, nextCursor } = pageOfPeople(many, { limit: '7', near, cursor });
      paged.push(...items);
      cursor = nextCursor;
    }
    expect(paged).toEqual(pageOfPeople(many, { near }).items);
    expect(new Set(paged).size).toBe(300);
  });
});
