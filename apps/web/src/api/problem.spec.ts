import { describe, expect, it } from '@jest/globals';
import { ApiProblem, saidInPlace } from './problem';

describe('What stands against a command', () => {
  it('does not name its place again where that is shown', () => {
    expect(saidInPlace({ message: 'Đơn vị đã giải thể. (steps.0)', path: 'steps.0' })).toBe('Đơn vị đã giải thể.');
    expect(saidInPlace({ message: 'Đơn vị đã giải thể. (steps.0)', path: 'steps.1' })).toBe('Đơn vị đã giải thể. (steps.0)');
    expect(saidInPlace({ message: 'Quá dài (200).' })).toBe('Quá dài (200).');
  });

  it('stands at the fields of a form, wherever it was found in what was sent', () => {
    const [unmet, errors] = [
      [{ code: 'unit-closed', message: 'Đơn vị đã giải thể.', path: 'units.0' }],
      [{ path: 'units.1', message: 'lặp' }],
    ];
    const problem = new ApiProblem({ title: 'Bị từ chối', status: 409, code: 'rejected', detail: 'Vì', unmet, errors });
    const { message, status, code, detail, ...there } = problem.atFields((path) => path.replace('units', 'rows'));
    expect({ message, status, code, detail }).toEqual({ message: 'Bị từ chối', status: 409, code: 'rejected', detail: 'Vì' });
    expect(there.unmet.map(({ path }) => path)).toEqual(['rows.0']);
    expect(there.errors.map(({ path }) => path)).toEqual(['rows.1']);
  });
});
