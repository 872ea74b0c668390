import { describe, expect, it } from '@jest/globals';
import { codeMail, digestMail } from './digest-mail.js';
import type { DigestItem } from './digest-mail.js';

const to = {
  person: '11111111-0000-4000-8000-000000000001',
  period: '2026-03-04',
  to: 'an@example.vn',
  publicUrl: 'https://tinhgon.example',
};
const item = (change: Partial<DigestItem> = {}): DigestItem => ({
  ...{ type: 'ConsultationOpened', procedure: '22222222-0000-4000-8000-000000000002', title: 'Cấp giấy phép', classified: false },
  data: { dueOn: '2026-03-09' },
  ...change,
});

describe('A digest', () => {
  it('tells what is new, by when and where, in Vietnamese, and in short in English', () => {
    const { subject, text, html } = digestMail([item()], to);
    expect(subject).toBe('Tinh Gọn: 1 việc mới');
    expect(text).toContain(
      '- Được lấy ý kiến (hạn 2026-03-09): Cấp giấy phép\n  https://tinhgon.example/procedures/22222222-0000-4000-8000-000000000002',
    );
    expect(text).toContain('In English: 1 new. Sign in to see them:\nhttps://tinhgon.example');
    expect(html).toContain('<li>Được lấy ý kiến (hạn 2026-03-09): Cấp giấy phép <a href="https://tinhgon.example/procedures/');
  });

  it('counts what is classified and says nothing else of it', () => {
    const kept = item({
      classified: true,
      title: 'Thủ tục kín',
      procedure: '33333333-0000-4000-8000-000000000003',
      data: { dueOn: '2026-04-01' },
    });
    for (const items of [
      [kept, kept],
      [kept, item(), kept],
    ]) {
      const { subject, text, html } = digestMail(items, to);
      for (const body of [text, html]) {
        expect(body).toContain('2 việc mật: đăng nhập để xem.');
        for (const secret of ['kín', '33333333', '2026-04-01']) expect(`${subject}${body}`).not.toContain(secret);
      }
    }
  });

  it('takes no markup and no lines from titles', () => {
    const { text, html } = digestMail([item({ title: `<script>alert("x")</script>\r\n- Quá hạn: & 'khác'\u202e` })], to);
    expect(html).not.toContain('<script>');
    expect(html).toContain('&#60;script&#62;');
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(1);
    expect(text).not.toContain('\u202e');
  });

  it('has its id from person and period, and is not without end', () => {
    const many = Array.from({ length: 400 }, () => item());
    expect(digestMail(many, to).text).toContain('Và 350 việc khác.');
    expect(digestMail(many, to).id).toBe(digestMail([item()], to).id);
    expect(digestMail(many, { ...to, period: '2026-03-05' }).id).not.toBe(digestMail(many, to).id);
  });
});

describe('The mail with a code', () => {
  it('tells the code in both languages and no link', () => {
    const { text, html } = codeMail('01234567', { to: 'an@example.vn', id: to.person });
    expect(text.match(/01234567/g)).toHaveLength(2);
    expect(html).not.toContain('http');
  });
});
