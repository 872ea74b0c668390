import type { Procedure } from './procedure-queries';

/** Whether the server says that the caller may do it now. */
export const may = ({ otherActions }: Pick<Procedure, 'otherActions'>, action: Procedure['otherActions'][number]['action']): boolean =>
  otherActions.some((one) => one.action === action && one.unmet.length === 0);
