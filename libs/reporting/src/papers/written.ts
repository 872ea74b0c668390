import { blank } from './laid-paper.js';

/** As Decree 30/2020 writes a date: days below 10 and the first two months with a zero before. */
export function dateInWords(date: string | null | undefined): string {
  const [year, month, day] = date?.split('-') ?? [];
  if (year === undefined || month === undefined || day === undefined) return `ngày ${blank} tháng ${blank} năm ${blank}`;
  return `ngày ${day} tháng ${Number(month) < 3 ? month : String(Number(month))} năm ${year}`;
}

/** dd/MM/yyyy, for tables. */
export const shortDate = (date: string | null | undefined): string => date?.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1') ?? blank;

/** Digits in groups of three. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '.');

/** Whole đồng, or another count. */
export const money = (dong: number | null | undefined): string => (dong == null ? blank : grouped(String(dong)));

/** A decimal in text with a comma, its whole part in groups of three. */
export function decimal(text: string): string {
  const [whole = '', rest] = text.split('.');
  return `${grouped(whole)}${rest === undefined ? '' : `,${rest}`}`;
}

/** Null where there was nothing to cut. */
export const percent = (text: string | null | undefined): string =>
  text === undefined ? blank : text === null ? 'không xác định' : `${decimal(text)}%`;
