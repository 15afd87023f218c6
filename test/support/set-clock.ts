import type { Database } from '../../src/queue/database.ts';

/** As if the database's clock were set by so many seconds, ahead or (negative) back: every time that is stored moves the other way. */
export async function setClock(database: Database, seconds: number): Promise<void> {
  const columns = await database.query(
    `select table_schema || '.' || table_name as name, string_agg(format('%1$I = %1$I - %2$s * interval ''1 second''', column_name, $1::integer), ', ') as set
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema in ('pgboss', 'backend_dev') and table_type = 'BASE TABLE' and data_type like 'timestamp%'
       and not exists (select 1 from pg_inherits where inhrelid = format('%I.%I', table_schema, table_name)::regclass)
     group by 1`,
    [seconds],
  );
  for (const { name, set } of columns) await database.query(`update ${String(name)} set ${String(set)}`);
}
