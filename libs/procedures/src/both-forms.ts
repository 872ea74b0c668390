import type { Agency, LegalBase, Manner, Parts } from './parts.js';

const hoursOfWorkingDay = 8;

/** The parts as they are read: where one of two forms is not there, it is made of the other. What is stored is never changed by it. */
export function inBothForms(parts: Parts): Parts {
  const { manners, documents, bases, agencies, manner, timeLimitDays, fees, dossier, agency, legalBasis } = parts;
  return { ...(manners && textsOf(manners)), ...(documents && { dossier: { documents: documents.map(({ name }) => name), sets: 1 } }),
    ...(agencies && { agency: nameOf(agencies) }), ...(bases && { legalBasis: bases.map(lineOf) }),
    ...(manner !== undefined && timeLimitDays !== undefined && { manners: [{ way: manner, timeLimit: { amount: timeLimitDays, unit: 'days' }, ...(fees !== undefined && { fee: fees }) }] }),
    ...(dossier && { documents: dossier.documents.map((name) => ({ name, originals: dossier.sets, copies: 0 })) }),
    ...(agency !== undefined && { agencies: [{ role: 'carriesOut', name: agency }] }),
    ...(legalBasis && { bases: legalBasis.map((summary) => ({ summary })) }),
    ...parts };
} // prettier-ignore

/** The longest limit is that of the procedure; what has no day of its own begins one. */
function textsOf(manners: readonly Manner[]): Pick<Parts, 'manner' | 'timeLimitDays' | 'fees'> {
  const days = manners.map(({ timeLimit: { amount, unit } }) => (unit === 'hours' ? Math.ceil(amount / hoursOfWorkingDay) : amount));
  const fees = manners.flatMap(({ way, fee }) =>
    fee === undefined ? [] : [`${way}: ${typeof fee === 'number' ? `${fee.toLocaleString('vi-VN')} đồng` : fee}`],
  );
  return {
    manner: manners.map(({ way }) => way).join('; '),
    timeLimitDays: Math.max(...days),
    ...(fees.length > 0 && { fees: fees.join('; ') }),
  };
}

/** Whoever carries it out, where somebody is said to; else all that are named. */
function nameOf(agencies: readonly Agency[]): string {
  const carrying = agencies.filter(({ role }) => role === 'carriesOut');
  return (carrying.length > 0 ? carrying : agencies).map(({ name }) => name).join('; ');
}

function lineOf({ number, summary, date, issuer }: LegalBase): string {
  return [number, date, issuer, summary].filter((one) => one !== undefined).join(', ');
}
