import { api } from '../api/client';
import type { components } from '../api/schema';
import type { Word } from '../words/words';

export type Board = components['schemas']['BoardAnswer'];
export type Member = Board['members'][number];

export const boardQuery = (id: string) => api.queryOptions('get', '/api/v1/steering-boards/{id}', { params: { path: { id } } });

export const boardStateWords = {
  active: 'boards.state.active',
  dissolved: 'boards.state.dissolved',
} as const satisfies Record<Board['state'], Word>;

export const memberRoleWords = {
  head: 'boards.role.head',
  deputy: 'boards.role.deputy',
  standing: 'boards.role.standing',
  member: 'boards.role.member',
} as const satisfies Record<Member['role'], Word>;
