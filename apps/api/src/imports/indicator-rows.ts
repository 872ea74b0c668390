import type { CommandBus } from '@nestjs/cqrs';
import { uuidv5 } from '#event-store';
import type { Directory, Person } from '#identity';
import { indicatorIdOf } from '#programmes';
import type { Defined, Indicators, Place, ReportRequest } from '#programmes';
import { ReportIndicator } from '#programmes/commands';
import { unitIn } from '../administration/administered.js';
import { isUuid } from '../http/sent.js';
import { shapeOf } from '../http/shape-of.js';
import { ReportIndicatorDto } from '../indicators/indicators.dto.js';
import { faultOf, faultsOf, findingOf } from './kind.js';
import type { Fault, ImportKind, PreparedRow, RowSession } from './kind.js';
import { titlesOfIndicators } from './titles.js';
import { UnitNames } from './unit-names.js';

interface Desks {
  readonly commands: CommandBus;
  readonly indicators: Indicators;
  readonly directory: Directory;
}

/** Rows that report figures of units, each of an indicator that it names by code or id. */
export function indicatorRows(desks: Desks): ImportKind {
  return {
    make: ReportIndicatorDto,
    shape: shapeOf(ReportIndicatorDto),
    besides: ['indicator'],
    titles: titlesOfIndicators,
    place: 'unit',
    needs: 'commands',
    // A row may correct one before it.
    oneByOne: true,
    isPersonal: false,
    begin: (person) => new IndicatorSession(desks, person),
  };
}

type Named = { readonly id: string; readonly of: Defined };

class IndicatorSession implements RowSession {
  private readonly names: UnitNames;
  private readonly known = new Map<string, Named>();
  /** What rows before report, as they would. */
  private readonly coming = new Set<string>();

  constructor(
    private readonly desks: Desks,
    private readonly person: () => Person,
  ) {
    this.names = new UnitNames(desks.directory);
  }

  unitOf(text: string): ReturnType<UnitNames['find']> {
    return this.names.find(text);
  }

  async prepare(
    body: object,
    { indicator = '' }: Readonly<Record<string, string>>,
  ): Promise<PreparedRow | { readonly faults: readonly Fault[] }> {
    const named = await this.find(indicator);
    if (!named) return { faults: [unknown] };
    const { commands, indicators, directory } = this.desks;
    const { unit, period, value, evidence, reason } = body as ReportIndicatorDto;
    const place: Place = { indicator: named.id, unit, period };
    const said = { value, ...(evidence !== undefined && { evidence }), ...(reason !== undefined && { reason }) };
    const request: ReportRequest = { action: 'report-indicator', said };
    return {
      content: { ...place, ...said },
      claims: [],
      check: async (key) => {
        const by = this.person();
        const asked = { of: named.of, by, commandId: uuidv5(by.id, key) };
        try {
          unitIn(directory, unit, 'unit');
          const unmet = await indicators.unmetByReport(place, request, asked);
          if (unmet === null) return { outcome: 'repeated' };
          const isAgain = unmet.length === 0 && reason === undefined && this.coming.has(keyOf(place));
          return await findingOf(() => Promise.resolve(isAgain ? [again] : unmet.map(faultOf)));
        } catch (error) {
          return { outcome: 'refused', faults: faultsOf(error) };
        }
      },
      enter: async (sent) => {
        unitIn(directory, unit, 'unit');
        return (await commands.execute(new ReportIndicator(place, request, named.of, sent))).position;
      },
    };
  }

  found({ content }: PreparedRow): void {
    this.coming.add(keyOf(content as Place));
  }

  /** Null where none is called so. */
  private async find(text: string): Promise<Named | null> {
    const known = this.known.get(text);
    if (known) return known;
    for (const id of [...(isUuid(text) ? [text.toLowerCase()] : []), indicatorIdOf(text)]) {
      const found = await this.desks.indicators.find(id);
      if (!found) continue;
      const named = { id, of: found.defined };
      this.known.set(text, named);
      return named;
    }
    return null;
  }
}

const keyOf = ({ indicator, unit, period }: Place): string => `${indicator} ${unit} ${period}`;

const unknown: Fault = { path: 'indicator', code: 'unknown-indicator', message: 'is no indicator: its code or its id is needed', vi: 'không phải là chỉ số: cần mã hoặc định danh' }; // prettier-ignore
const again: Fault = { path: 'reason', code: 'reason-required', message: 'is required: another row of this sheet reports the same unit and period', vi: 'là bắt buộc: một dòng khác trong bảng đã báo cáo đơn vị và kỳ này' }; // prettier-ignore
