import { dayAfter, today } from '../format/format';

const soonDays = 3;

/** @param dueOn YYYY-MM-DD */
export const isDueSoon = (dueOn: string): boolean => dueOn <= dayAfter(today(), soonDays);
