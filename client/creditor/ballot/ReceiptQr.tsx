import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceiptView } from '../../../server/protocol/room.ts';
import { findSeenRecord } from '../../record/seen-record.ts';
import { useMeeting } from '../use-meeting.ts';

/**
 * What the QR code says, a line each, without anything about persons: where the entry stands, its hash, its time,
 * and size and root of a checkpoint that covers the entry, of the receipt or the one seen last: paper then holds
 * the whole record to its word. About 200 characters: an old phone still reads it from a screen.
 */
function qrText({ origin, seq, leafHash, ts, proof }: ReceiptView, seen: string | null | undefined): string {
  const lines = [origin, seq, leafHash, ts];
  // The checkpoint of a receipt follows its first empty line: origin, size, root.
  const [, size = '0', root = ''] = (proof?.split('\n\n')[1] ?? seen)?.split('\n') ?? [];
  if (Number(size) > Number(seq)) lines.push(`${size} ${root}`);
  return lines.join('\n');
}

/** The receipt's number and hash as a QR code; an image, so that a long press can save it. */
export function ReceiptQr({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useTranslation();
  const [source, setSource] = useState<string | undefined>(undefined);
  const { meeting } = useMeeting();
  const text = qrText(receipt, findSeenRecord(meeting.meetingId)?.checkpoint);
  useEffect(() => {
    let isCurrent = true;
    void import('qrcode')
      .then(({ toDataURL }) => toDataURL(text, { margin: 2, width: 400 }))
      .then((url) => isCurrent && setSource(url));
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return source === undefined ? (
    <div className="receipt__qr skeleton" />
  ) : (
    <img className="receipt__qr" src={source} alt={t('vote.qrAlt', { seq: receipt.seq })} />
  );
}
