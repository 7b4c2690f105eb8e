/** A change of what people sign in with, as the record keeps it: once for each cause. */
import { credentialKey, type EntryBody } from '../../../protocol/entries.ts';
import { createSealer, type Command } from './command.ts';

export interface CredentialToRecord {
  readonly body: Omit<EntryBody<'credential.reset'>, 'commitments'>;
  /** Name of the creditor, or of the member of staff. */
  readonly name: string;
}

/** Nothing is written a second time: an interrupted import or confirmation is repeated. */
export function recordCredential({ body, name }: CredentialToRecord): Command<void> {
  const sealer = createSealer();
  const field = body.creditorId === undefined ? 'personName' : 'creditorName';
  const commitments = { [field]: sealer.seal(field, name) };
  return {
    privates: sealer.privates,
    decide: (state) => {
      const isRecorded = state.credentialResets.has(credentialKey(body));
      return {
        entries: isRecorded ? [] : [{ t: 'credential.reset', body: { ...body, commitments } }],
        reply: () => undefined,
      };
    },
  };
}
