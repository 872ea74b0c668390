import { UnitAnswer } from '../auth/auth.dto.js';

class UnitInTree extends UnitAnswer {
  /** Unit id; null for a ministry. */
  readonly parent: string | null;
}

export class UnitsAnswer {
  readonly items: UnitInTree[];
}
