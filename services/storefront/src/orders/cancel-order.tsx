import { useRef, useState } from 'react';
import { FailureNotice } from '../ui/notice.js';

/** Asks once more before it cancels; the dialog is the browser's own, with its focus trap and Escape key. */
export function CancelOrder({ onCancel }: { onCancel: () => Promise<void> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const confirm = async () => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onCancel();
      dialog.current?.close();
    } catch (reason) {
      setError(reason);
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => dialog.current?.showModal()}>
        Cancel order
      </button>
      <dialog ref={dialog} className="dialog" aria-labelledby="cancel-heading">
        <h2 id="cancel-heading">Cancel this order?</h2>
        <p>We call the payment off. Whatever was charged comes back to your card.</p>
        {error !== undefined && <FailureNotice error={error} />}
        <div className="dialog-actions">
          <button type="button" className="button button-danger" aria-disabled={busy} onClick={confirm}>
            {busy ? 'Cancelling…' : 'Yes, cancel it'}
          </button>
          <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
            Keep it
          </button>
        </div>
      </dialog>
    </>
  );
}
