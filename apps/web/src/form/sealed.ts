/** Seals and opens text by a key that goes with a person's sign-in (AES-GCM, 256 bits), so that what lies in a shared browser is nobody else's to read. */
export class Seal {
  private constructor(private readonly key: CryptoKey) {}

  /** @param secret 256 bits in base64url */
  static async of(secret: string): Promise<Seal> {
    return new Seal(await crypto.subtle.importKey('raw', bytesIn(secret), 'AES-GCM', false, ['encrypt', 'decrypt']));
  }

  /** @param name Of what it is; sealed text that is moved to another name does not open. */
  async close(name: string, text: string): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: encoder.encode(name) },
      this.key,
      encoder.encode(text),
    );
    return textOf(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
  }

  /** @returns null for what was sealed by another key, changed since, or is none */
  async open(name: string, sealed: string): Promise<string | null> {
    try {
      const bytes = bytesIn(sealed);
      const how = { name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: encoder.encode(name) };
      return new TextDecoder().decode(await crypto.subtle.decrypt(how, this.key, bytes.slice(12)));
    } catch {
      return null;
    }
  }
}

const encoder = new TextEncoder();

const textOf = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

function bytesIn(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
