alter table payouts add column reason text;
