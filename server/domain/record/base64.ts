/** Base64 with the standard alphabet and padding, as hashes and salts stand in entries (RFC 4648). */

export function toBase64(bytes: Uint8Array): string {
  // Spread arguments are bounded by the stack; hashes, salts and keys are at most 90 bytes.
  return btoa(String.fromCharCode(...bytes));
}

/** Bytes of a text that a schema has already checked. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

/** Bytes of lower-case hexadecimal that a schema has already checked. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}
