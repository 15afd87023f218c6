package sweeper

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/ticket-office/internal/pg"
	"example.com/ticket-office/internal/seats"
	"example.com/ticket-office/internal/vouchers"
)

// Run frees what unpaid orders hold once they are older than age.
func Run(ctx context.Context, pool *pgxpool.Pool, age time.Duration) {
	tick := time.NewTicker(30 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := sweep(ctx, pool, age); err != nil {
				slog.Error("sweeper", "err", err)
			}
		}
	}
}

func sweep(ctx context.Context, pool *pgxpool.Pool, age time.Duration) error {
	return pg.InTx(ctx, pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx,
			`update orders set state = 'expired'
			 where id in (select id from orders where state = 'unpaid' and created_at < $1
			              order by created_at limit 100 for update skip locked)
			 returning id`, time.Now().Add(-age))
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := seats.NewStore(tx).Free(ctx, id); err != nil {
				return err
			}
			if err := vouchers.NewStore(tx).GiveBack(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
}
