import { hash, verify } from '@node-rs/argon2';
import { Turns } from './turns.js';

// OWASP's first choice for argon2id, which is the library's default algorithm: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/**
 * Each takes 19 MiB and a thread; more at once would only take memory from everything else. Making and checking take turns, so that whoever makes
 * many accounts keeps nobody from signing in.
 */
const turns = new Turns({ atOnce: 2, mostWaitingOfOne: 100, mostWaiting: 200 });

const leastLength = 12;
const mostLength = 200;
/** Of 12 characters and more, often guessed first, here and elsewhere. Shorter ones are refused by their length. */
const common: ReadonlySet<string> = new Set(
  `123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 0123456789012 012345678901 098765432109 987654321098
   098765432101 112233445566 123123123123 121212121212 123412341234 123456123456 123321123321 147258369147 159753159753 789456123789
   qwertyuiop123 qwertyuiop12 qwertyuiop1234 qwertyqwerty qwerty123456 1qaz2wsx3edc 1q2w3e4r5t6y q1w2e3r4t5y6 zaq12wsxcde3 qazwsxedcrfv
   asdfghjkl123 asdfghjkl1234 zxcvbnm12345 qwertyuiopas qwertyuiopasdf qwertyuiop[] 123456qwerty 1234567890qwe qwe123qwe123 abc123abc123
   abcdefghijkl abcdefghijklm abcd12345678 abcdef123456 abc123456789 a123456789012 aa1234567890 asd123asd123 password1234 password12345
   password123456 password12345678 passwordpassword password123! passw0rd1234 p@ssw0rd1234 p@ssword1234 mypassword123 adminadmin123
   admin1234567 admin12345678 administrator administrator1 administrator123 changemeplease changeme1234 letmein12345 letmeinplease
   welcome12345 welcome123456 iloveyou1234 iloveyou12345 iloveyouforever sunshine1234 football1234 superman1234 princess1234
   matkhau12345 matkhau123456 matkhau123456789 matkhaumatkhau mậtkhẩu123456 mậtkhẩumậtkhẩu anhyeuem1234 anhyeuem12345 anhyeuemnhieu
   emyeuanh1234 emyeuanh12345 yeuemnhieulam vietnam12345 vietnam123456 vietnamvodich vietnam19451975 hanoivietnam xinchaovietnam
   khongcopass12 khongbiet1234 khongcomatkhau matkhaulagi12 quantrihethong quantri12345 haiquan12345 haiquanvietnam tinhgon12345`.split(
    /\s+/,
  ),
);

/** What somebody who knows the product and its users tries first: names of them, with figures and signs before, between or after. */
const namesAround: ReadonlySet<string> = new Set(
  `tinhgon tinhgonadmin administrator quantri quantrivien haiquan haiquanvietnam quanchunghaiquan bohaiquan boquocphong quocphong quandoi
   quandoinhandan vietnam vietnamese thutuc thutuchanhchinh hanhchinh caicach caicachhanhchinh caicachthutuchanhchinh rasoat congbo
   phongkiemsoat kiemsoatthutuc vanphong matkhau password officer checker authority leader auditor navy ministry hanoi haiphong`.split(
    /\s+/,
  ),
);

/** Why a password cannot be taken, as a sentence. */
interface PasswordFault {
  readonly message: string;
  readonly vi: string;
}

/**
 * Why the password cannot be taken; null when it can. No rule of composition, as NIST SP 800-63B 3.1.1.2 asks:
 * length, and that it is none of what is tried first.
 */
export function passwordFault(password: string, username: string): PasswordFault | null {
  const composed = password.normalize('NFC');
  // Characters as people count them, not units of UTF-16.
  const { length } = Array.from(composed);
  const [least, most] = [String(leastLength), String(mostLength)];
  if (length < leastLength || length > mostLength)
    return { message: `A password has ${least} to ${most} characters.`, vi: `Mật khẩu có từ ${least} đến ${most} ký tự.` };
  const folded = composed.toLowerCase();
  if (folded === username.normalize('NFC').toLowerCase())
    return { message: 'A password must not be the username.', vi: 'Mật khẩu không được trùng tên đăng nhập.' };
  const letters = folded
    .normalize('NFD')
    .replace(/đ/g, 'd')
    .replace(/[^a-z]/g, '');
  const isName = letters.length > 0 && (namesAround.has(letters) || letters === username.toLowerCase().replace(/[^a-z]/g, ''));
  if (new Set(folded).size < 4 || common.has(folded) || isName)
    return {
      message: 'This password is among the first that are guessed; choose another one.',
      vi: 'Mật khẩu này dễ bị đoán; hãy chọn mật khẩu khác.',
    };
  return null;
}

/** The argon2id hash in PHC text form, with its own salt. @throws TooBusy */
export function hashPassword(password: string): Promise<string> {
  return turns.take('making', () => hash(password.normalize('NFC'), cost));
}

/** Whether the password is the one that was hashed. @throws TooBusy */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return turns.take('checking', () => verify(passwordHash, password.normalize('NFC')));
}
