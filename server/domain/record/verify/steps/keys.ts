/**
 * Device keys: sound, named after themselves, and bound by who holds them (record.md 9). A weak key would let
 * one signature fit two ballots.
 */
import { fromBase64 } from '../../base64.ts';
import { entriesOf } from '../../history/meeting-history.ts';
import { findPublicKeyFault, findPublicKeyFormFault, isGenuine, keyIdOf, keyMessage } from '../../keys.ts';
import { requireRecord, type StepRun, type VerifyContext } from '../context.ts';
import { inBatches } from '../in-batches.ts';
import { createFindings } from '../report.ts';

export const checkKeys: StepRun = async (context) => {
  const { history } = requireRecord(context);
  const findings = createFindings();
  const bindings = entriesOf(history, 'key.bind');
  let proofs = 0;
  const weak = (keyId: string, seq: string): void => {
    context.weakKeys.add(keyId);
    findings.add('KEY_WEAK', seq);
  };
  const pause = (done: number) => context.pause(done, bindings.length);
  await inBatches(bindings, pause, async ({ body, seq, origin }) => {
    const publicKey = fromBase64(body.publicKey);
    const { personId, alg } = body;
    if (findPublicKeyFormFault(alg, publicKey)) return weak(body.keyId, seq);
    if (keyIdOf(context.crypto.sha256, alg, publicKey) !== body.keyId) findings.add('KEY_ID', seq);
    if (body.proof !== undefined) {
      proofs += 1;
      const message = keyMessage({ origin, personId, alg, publicKey: body.publicKey });
      const signed = { alg, publicKey, message, signature: fromBase64(body.proof) };
      if (await isGenuine(signed, context.crypto.verifySignature)) return undefined;
      findings.add('KEY_PROOF', seq);
    }
    return findPublicKeyFault(alg, publicKey) ? weak(body.keyId, seq) : undefined;
  });
  noteBoundAgain(context, bindings);
  return { findings, facts: { keys: String(bindings.length), proofs: String(proofs) } };
};

function noteBoundAgain({ notes }: VerifyContext, bindings: readonly { body: { personId: string } }[]): void {
  const people = new Set(bindings.map(({ body }) => body.personId));
  const again = bindings.length - people.size;
  if (again > 0) notes.push({ id: 'keysBoundAgain', count: String(again) });
}
