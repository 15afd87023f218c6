create index payouts_due on payouts (next_attempt_at) where state in ('approved', 'sending');
