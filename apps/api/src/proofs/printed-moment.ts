const parts = { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

/** A moment as it is printed, in Vietnam's time: dd/MM/yyyy, with a zero before what has one digit, so that nobody adds one. */
export const printedMoment = (at: string | Date, language: 'vi' | 'en'): string =>
  new Date(at).toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB', { timeZone: 'Asia/Ho_Chi_Minh', ...parts });
