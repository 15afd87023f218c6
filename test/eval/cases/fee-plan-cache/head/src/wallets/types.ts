export interface Wallet {
  id: string;
  merchant_id: string;
  customer_ref: string;
  balance_cents: number;
  fee_plan: string;
  frozen_at: Date | null;
}

export interface Entry {
  id: string;
  wallet_id: string;
  amount_cents: number;
  balance_after_cents: number;
  kind: 'topup' | 'topup_reversal' | 'spend' | 'refund' | 'fee' | 'transfer';
  reference: string | null;
  created_at: Date;
}
