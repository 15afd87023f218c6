package retention

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

const keep = "400 days"

// Run deletes old readings, a slice an hour.
func Run(ctx context.Context, pool *pgxpool.Pool) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_, err := pool.Exec(ctx, `
				delete from readings where ctid = any(array(
					select ctid from readings where received_at < now() - $1::interval
					order by received_at limit 50000))`, keep)
			if err != nil {
				slog.Error("retention", "err", err)
			}
		}
	}
}
