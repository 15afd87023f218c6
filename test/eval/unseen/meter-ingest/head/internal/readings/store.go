package readings

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type Store struct{ pool *pgxpool.Pool }

func NewStore(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

const createIncoming = `
	create temporary table incoming (
		place integer not null,
		meter text not null,
		at timestamptz not null,
		kwh double precision not null
	) on commit drop`

const mergeIncoming = `
	insert into readings (site_id, meter, at, kwh)
	select distinct on (meter, at) $1::bigint, meter, at, kwh
	from incoming
	order by meter, at, place desc
	on conflict (site_id, meter, at) do update set kwh = excluded.kwh, received_at = now()`

// Save writes all readings or none.
func (s *Store) Save(ctx context.Context, siteID int64, all []Reading) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, createIncoming); err != nil {
			return err
		}
		rows := pgx.CopyFromSlice(len(all), func(i int) ([]any, error) {
			return []any{int32(i), all[i].Meter, all[i].At, all[i].KWh}, nil
		})
		columns := []string{"place", "meter", "at", "kwh"}
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{"incoming"}, columns, rows); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, mergeIncoming, siteID)
		return err
	})
}

type Day struct {
	Meter string    `json:"meter"`
	Day   time.Time `json:"day"`
	KWh   float64   `json:"kwh"`
}

func (s *Store) Days(ctx context.Context, siteID int64) ([]Day, error) {
	rows, err := s.pool.Query(ctx,
		`select meter, date_trunc('day', at) as day, max(kwh) - min(kwh) as kwh
		 from readings
		 where site_id = $1 and at >= date_trunc('day', now()) - interval '31 days'
		 group by meter, day order by meter, day`, siteID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Day])
}
