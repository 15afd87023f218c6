alter table endpoints
    add column client_certificate bytea,
    add column sealed_client_key bytea,
    add constraint endpoints_client_pair
        check ((client_certificate is null) = (sealed_client_key is null));
