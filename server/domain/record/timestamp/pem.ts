import { parseBase64 } from '../base64.ts';

/** Certificates of a PEM file, as DER, in its order; empty when there are none. */
export function certificatesOfPem(pem: string): Uint8Array[] {
  // The page of the verifier runs in browsers that have no `matchAll`.
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => parseBase64(block.replace(/-----[A-Z ]+-----|\s/g, '')) ?? []);
}
