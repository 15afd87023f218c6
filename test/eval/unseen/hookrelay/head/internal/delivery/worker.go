package delivery

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/hookrelay/internal/endpoints"
)

const maxAttempts = 12

type Worker struct {
	pool   *pgxpool.Pool
	store  *endpoints.Store
	sender *Sender
}

func NewWorker(pool *pgxpool.Pool, store *endpoints.Store, sender *Sender) *Worker {
	return &Worker{pool: pool, store: store, sender: sender}
}

type job struct {
	id       int64
	endpoint uuid.UUID
	event    uuid.UUID
	body     []byte
	attempts int
}

func (w *Worker) Run(ctx context.Context) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			for {
				found, err := w.one(ctx)
				if err != nil {
					slog.Error("delivery", "err", err)
				}
				if !found || err != nil {
					break
				}
			}
		}
	}
}

// one takes a due delivery and moves its next attempt out of reach of other workers first.
func (w *Worker) one(ctx context.Context) (bool, error) {
	var j job
	err := w.pool.QueryRow(ctx, `
		update deliveries set attempts = attempts + 1, next_attempt_at = now() + interval '2 minutes'
		where id = (
			select id from deliveries where done_at is null and next_attempt_at <= now()
			order by next_attempt_at limit 1 for update skip locked)
		returning id, endpoint_id, event_id, body, attempts`).
		Scan(&j.id, &j.endpoint, &j.event, &j.body, &j.attempts)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}

	ep, err := w.store.Load(ctx, j.endpoint)
	if errors.Is(err, endpoints.ErrNotFound) {
		return true, w.finish(ctx, j, Result{}, true)
	}
	if err != nil {
		return true, err
	}
	res, err := w.sender.Send(ctx, ep, j.event.String(), j.body)
	if err != nil {
		slog.Warn("delivery failed", "delivery", j.id, "err", err)
		res = Result{Answer: "no answer"}
	}
	ok := res.Status >= 200 && res.Status < 300
	return true, w.finish(ctx, j, res, ok || j.attempts >= maxAttempts)
}

func (w *Worker) finish(ctx context.Context, j job, res Result, done bool) error {
	wait := time.Duration(1<<min(j.attempts, 10)) * 30 * time.Second
	_, err := w.pool.Exec(ctx, `
		update deliveries
		set status = nullif($2, 0), answer = $3,
		    done_at = case when $4 then now() end,
		    next_attempt_at = now() + make_interval(secs => $5)
		where id = $1`,
		j.id, res.Status, strings.ReplaceAll(res.Answer, "\x00", ""), done, wait.Seconds())
	return err
}
