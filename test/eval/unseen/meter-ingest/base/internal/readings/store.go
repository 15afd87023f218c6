package readings

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type Store struct{ pool *pgxpool.Pool }

func NewStore(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

// Save writes all readings or none.
func (s *Store) Save(ctx context.Context, siteID int64, all []Reading) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		for _, r := range all {
			_, err := tx.Exec(ctx,
				`insert into readings (site_id, meter, at, kwh) values ($1, $2, $3, $4)
				 on conflict (site_id, meter, at) do update set kwh = excluded.kwh, received_at = now()`,
				siteID, r.Meter, r.At, r.KWh)
			if err != nil {
				return err
			}
		}
		return nil
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
