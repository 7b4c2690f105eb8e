import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceiptView } from '../../../server/protocol/room.ts';

/** What the QR code says, a line each: enough to find the entry in the record again. */
function qrText({ origin, seq, leafHash, ts }: ReceiptView): string {
  return [origin, seq, leafHash, ts].join('\n');
}

/** The receipt's number and hash as a QR code; an image, so that a long press can save it. */
export function ReceiptQr({ receipt }: { readonly receipt: ReceiptView }) {
  const { t } = useTranslation();
  const [source, setSource] = useState<string | undefined>(undefined);
  const text = qrText(receipt);
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
