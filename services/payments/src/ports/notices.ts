/** What a verified notification of the gateway is about. */
export interface Notice {
  readonly type: string;
  /** The object that changed. Nothing else of the notification decides anything: it may be late. */
  readonly objectId: string;
  /** Whose it seems to be: only saves asking the gateway what the ledger knows. */
  readonly orderHint?: string;
}

export interface Notices {
  /** Undefined where the signature is missing, forged or too old. @param body exactly as it was received */
  verify(body: string, signature: string | null): Promise<Notice | undefined>;
}
