import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Malformed } from './malformed.js';
import { ed25519Type, parseSignerKey, parseVerifierKey, signerKey, verifierKeyText } from './note-keys.js';
import { encodeNote, mostSignatures, noteVerifier, openNote, parseNote, signatureLine, signNote, Unverified } from './note.js';
import { textOf, utf8 } from './octets.js';

/** Of the example in c2sp.org/signed-note@v1.0.0. */
const published = {
  key: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  text: 'This is an example message.\n',
  signature: '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};
const publishedNote = utf8(`${published.text}\n${published.signature}`);
const publishedVerifier = noteVerifier(parseVerifierKey(published.key));

const log = signerKey('log.example/one', ed25519Type, new Uint8Array(32).fill(1));
const other = signerKey('log.example/two', ed25519Type, new Uint8Array(32).fill(2));
const text = 'first\n\nlast\n';
const noteBy = (...keys: readonly (typeof log)[]): Uint8Array => encodeNote({ text, signatures: keys.map((key) => signNote(text, key)) });
const note = (whole: string): Uint8Array => utf8(whole);
const line = signatureLine(signNote(text, log));

describe('a signed note', () => {
  it('that was published opens', () => {
    const opened = openNote(publishedNote, [publishedVerifier]);
    expect(opened.text).toBe(published.text);
    expect(opened.verified.map(signatureLine)).toEqual([published.signature]);
    expect(opened.unknown).toEqual([]);
  });

  it('is signed as Go signs it', () => {
    const key = parseSignerKey('PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz');
    expect(verifierKeyText(key)).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  });

  it('of which any octet was changed does not open', () => {
    for (let place = 0; place < publishedNote.length; place += 1) {
      const changed = publishedNote.with(place, (publishedNote[place] ?? 0) ^ 1);
      expect(() => openNote(changed, [publishedVerifier])).toThrow(/signature|signed|note|Base64|UTF-8|dash/);
    }
  });

  it('opens by each key that signed it, and keeps the signatures of others', () => {
    const both = noteBy(log, other);
    expect(openNote(both, [noteVerifier(log), noteVerifier(other)]).verified.map(({ name }) => name)).toEqual([log.name, other.name]);
    const opened = openNote(both, [noteVerifier(other)]);
    expect(opened.verified.map(({ name }) => name)).toEqual([other.name]);
    expect(opened.unknown).toEqual([signNote(text, log)]);
    expect(encodeNote({ text, signatures: [...opened.unknown, ...opened.verified] })).toEqual(both);
  });

  it('does not open where nobody known signed it, or a known signature is wrong beside a right one', () => {
    expect(() => openNote(noteBy(log), [noteVerifier(other)])).toThrow(Unverified);
    const forged = { ...signNote('something else\n', other), name: other.name };
    const mixed = encodeNote({ text, signatures: [signNote(text, log), forged] });
    expect(() => openNote(mixed, [noteVerifier(log), noteVerifier(other)])).toThrow(Unverified);
    expect(openNote(mixed, [noteVerifier(log)]).unknown).toEqual([forged]);
  });

  it('does not mistake a key for one that shares only its name or only its id', () => {
    const namesake = { ...noteVerifier(other), name: log.name };
    expect(() => openNote(noteBy(log), [namesake])).toThrow(Unverified);
    expect(() => openNote(noteBy(log), [{ ...noteVerifier(log), name: other.name }])).toThrow(Unverified);
  });

  it('counts the repeated signature of one key once', () => {
    expect(openNote(noteBy(log, log), [noteVerifier(log)]).verified).toHaveLength(1);
  });

  it('ends its text at the last empty line', () => {
    expect(parseNote(noteBy(log)).text).toBe(text);
  });

  it('has at most a hundred signatures', () => {
    expect(parseNote(note(`${text}\n${line.repeat(mostSignatures)}`)).signatures).toHaveLength(mostSignatures);
    expect(() => parseNote(note(`${text}\n${line.repeat(mostSignatures + 1)}`))).toThrow(Malformed);
    expect(() => parseNote(note(`${text.repeat(100_000)}\n${line}`))).toThrow(Malformed);
  });

  it.each([
    ['no signature', `${text}\n`],
    ['no empty line', `text\n${line}`],
    ['no last newline', `${text}\n${line.slice(0, -1)}`],
    ['a carriage return', `te\rxt\n\n${line}`],
    ['a tab', `te\txt\n\n${line}`],
    ['a NUL', `te\0xt\n\n${line}`],
    ['a hyphen for the dash', `${text}\n${line.replace('—', '-')}`],
    ['two spaces', `${text}\n${line.replace(' ', '  ')}`],
    ['something after the signature', `${text}\n${line.replace('\n', ' x\n')}`],
    ['a name with a plus', `${text}\n${line.replace('one', 'o+e')}`],
    ['a name with a space of another script', `${text}\n${line.replace('one', 'o\u3000e')}`],
    ['no name', `${text}\n${line.replace('log.example/one', '')}`],
    ['a key and no signature', `${text}\n— a AAAAAA==\n`],
    ['Base64 for URLs', `${text}\n— a AAAAA_-A\n`],
    ['Base64 with bits that say nothing', `${text}\n— a AAAAAAB=\n`],
  ])('with %s is malformed', (_, whole) => {
    expect(() => parseNote(note(whole))).toThrow(Malformed);
  });

  it('that is not UTF-8 is malformed', () => {
    for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x80]]) {
      expect(() => parseNote(Uint8Array.from([...bad, ...note(`\n\n${line}`)]))).toThrow(Malformed);
    }
  });

  it('keeps a byte order mark, which was signed', () => {
    expect(parseNote(note(`\ufeff${text}\n${line}`)).text).toBe(`\ufeff${text}`);
  });

  it('of garbage is refused by its name', () => {
    const part = fc.constantFrom('— ', 'a', ' ', '\n', '\n\n', 'AAAAAAA=', '+', line, text, '\0', '\ufeff');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(part).map((parts) => utf8(parts.join(''))),
        ),
        (octets) => {
          try {
            const read = parseNote(octets);
            expect(textOf(encodeNote(read))).toBe(textOf(octets));
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
