import { describe, expect, it } from '@jest/globals';
import { specification } from '#event-store/testing';
import { UnitTree } from '#workflow';
import type { HeldRole, Role } from '#workflow';
import { attached } from './attached.js';
import { comments } from './comments.js';
import type { CommentBody, CommentCommand } from './comments.js';
import { InvalidBody } from '#event-store';

const file = { hash: 'a'.repeat(64), name: 'Tờ trình.pdf', type: 'application/pdf', size: 7 };
const stranger = 'b'.repeat(64);
const pathsOf = (work: () => unknown): readonly string[] => {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof InvalidBody) return error.errors.map(({ path }) => path);
    throw error;
  }
};

describe('What an action carries', () => {
  it('is kept with name, type and size of each file, and left out where there is nothing', () => {
    const body = { comment: 'Kèm theo', attachments: [file.hash], decision: { scan: file.hash } };
    expect(attached(body, [file], undefined)).toEqual({ comment: 'Kèm theo', attachments: [file] });
    expect(attached({ attachments: [] }, [], undefined)).toEqual({});
  });

  it('names every file that is none of the procedure', () => {
    const body = { attachments: [stranger, file.hash], decision: { scan: stranger } };
    expect(pathsOf(() => attached(body, [file], 'confidential'))).toEqual(['attachments.0', 'decision.scan']);
  });

  it.each(['secret', 'topSecret'] as const)('is nothing where it is %s', (classification) => {
    for (const [body, path] of [
      [{ comment: 'x' }, 'comment'],
      [{ attachments: [file.hash] }, 'attachments.0'],
      [{ decision: { scan: file.hash } }, 'decision.scan'],
    ] as const)
      expect(pathsOf(() => attached(body, [file], classification))).toEqual([path]);
    expect(attached({}, [], classification)).toEqual({});
  });
});

describe('Comments', () => {
  const given = specification(comments);
  const held = (...roles: readonly Role[]): readonly HeldRole[] => roles.map((role) => ({ role, unit: 'u' }));
  const procedure = { id: 'p', revision: 3, owningUnit: 'u' };
  const units = new UnitTree([
    { id: 's', name: 'Service', level: 'service', parent: null },
    { id: 'u', name: 'Unit', level: 'unit', parent: 's' },
  ]);
  const comment = (body: CommentBody, more: Partial<CommentCommand['context']> = {}): CommentCommand => ({
    action: 'comment',
    body,
    context: { roles: held('officer'), procedure, units, files: [file], ...more },
  });

  it('are added by whoever does more than audit', () => {
    given().when(comment({ text: 'Đồng ý' })).then({ type: 'CommentAdded', data: { procedure: 'p', text: 'Đồng ý' } });
    given()
      .when(comment({ text: 'Xem', revision: 3, attachments: [file.hash] }, { roles: held('auditor', 'leader') }))
      .then({ type: 'CommentAdded', data: { procedure: 'p', text: 'Xem', revision: 3, attachments: [file] } });
    for (const roles of [held('auditor'), []]) {
      given().when(comment({ text: 'x' }, { roles })).thenRejected('not-authorised');
      given().when({ action: 'attach', context: { roles, procedure, units, files: [] } }).thenRejected('not-authorised');
    }
  }); // prettier-ignore

  it('name the role by which they were made: the nearest to whoever owns the procedure, and none that only audits', () => {
    const roles = [
      { role: 'auditor', unit: 'u' },
      { role: 'administrator', unit: 'elsewhere' },
      { role: 'leader', unit: 's' },
      { role: 'officer', unit: 'u' },
    ] as const;
    const by = (held: readonly HeldRole[]): unknown => comments.authority?.(comment({ text: 'x' }, { roles: held }), comments.initial);
    expect(by(roles)).toEqual({ role: 'officer', unit: 'u' });
    expect(by(roles.slice(0, 3))).toEqual({ role: 'leader', unit: 's' });
    expect(by(roles.slice(0, 2))).toEqual({ role: 'administrator', unit: 'elsewhere' });
    expect(by(roles.slice(0, 1))).toBeNull();
  });

  it('leave nothing in the log when a file is brought', () => {
    given()
      .when({ action: 'attach', context: { roles: held('officer'), procedure, units, files: [] } })
      .then();
  });

  it('are about a revision that is there, with files of the procedure', () => {
    const refused = (command: CommentCommand): readonly string[] => pathsOf(() => comments.decide(command, comments.initial));
    expect(refused(comment({ text: 'x', revision: 4 }))).toEqual(['revision']);
    expect(refused(comment({ text: 'x', attachments: [stranger] }))).toEqual(['attachments.0']);
    const secret = { ...procedure, classification: 'secret' } as const;
    expect(refused(comment({ text: 'x' }, { procedure: secret }))).toEqual(['text']);
    expect(refused({ action: 'attach', context: { roles: held('officer'), procedure: secret, units, files: [] } })).toEqual(['']);
  });
});
