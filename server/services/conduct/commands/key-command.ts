import { DomainError } from '../../../domain/errors.ts';
import { judgeKey } from '../../../domain/meeting/key-rules.ts';
import type { EntryBody } from '../../../protocol/entries.ts';
import { requireAppended, type Command } from './command.ts';

export interface BindingReply {
  readonly keyId: string;
  readonly seq: string;
  /** The person had a key before and has one more now. */
  readonly isFurther: boolean;
}

/** Binds a key whose form and proof were checked; the same one again is answered with its entry. */
export function bindKey(body: EntryBody<'key.bind'>): Command<BindingReply> {
  const { keyId } = body;
  return {
    privates: [],
    decide: (state) => {
      const verdict = judgeKey(state, body);
      switch (verdict.kind) {
        case 'refuse':
          throw new DomainError(verdict.code, verdict.params ? { params: verdict.params } : {});
        case 'repeat':
          return { entries: [], reply: () => ({ keyId, seq: verdict.key.seq, isFurther: false }) };
        case 'accept': {
          const isFurther = !verdict.isFirst;
          return {
            entries: [{ t: 'key.bind', body }],
            reply: ([appended]) => ({ keyId, seq: requireAppended(appended).seq, isFurther }),
          };
        }
      }
    },
  };
}
