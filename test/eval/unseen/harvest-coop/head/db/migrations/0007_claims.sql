alter table payouts add column claim uuid;
