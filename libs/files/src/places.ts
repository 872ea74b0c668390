/** No address of a file comes near. */
const longestAddress = 4_096;

/** As programs read it that drop white space, take either slash, and resolve what is written as a code. */
const asRead = (address: string): string => address.replace(/[\s\p{Cc}]|%20/gu, '').replace(/%5c|%2f|\\/gi, '/');

/** Whether an address leads out of the document. */
export const leadsElsewhere = (address: string): boolean =>
  address.length > longestAddress || /^([a-z][a-z\d+.-]*:|\/\/)/i.test(asRead(address));

/** A name as computers of an office have it: without a dot or a port, and no number that stands for an address. */
const officeName = /^(?!0x)(?=[\w-]{0,62}[a-z])[\w-]{1,63}$/i;
/** A disk as Windows and as a Mac of some years ago name it. */
const disk = /^([a-z]:\/|macintoshhd:)/i;

/**
 * Whether an address names a file beside the document, on the disk of whoever opens it (`C:\…`, `/Users/…`) or on a share of
 * their office (`\\server\…`): where office programs find the templates and workbooks of their authors, and where nobody outside
 * can put one. A server whose name has a dot or a port may be anybody's.
 */
export function isOwnPlace(address: string): boolean {
  if (address.length > longestAddress) return false;
  const read = asRead(address);
  if (!/^(file:|\/\/)/i.test(read)) return disk.test(read) || !leadsElsewhere(read);
  const [first = '', ...rest] = read.replace(/^(file:)?\/*/i, '').split('/');
  if (first.toLowerCase() === 'localhost') return rest.length > 0 && isOwnPlace(`file:${rest.join('/')}`);
  return /^[a-z]:$/i.test(first) || officeName.test(first);
}
