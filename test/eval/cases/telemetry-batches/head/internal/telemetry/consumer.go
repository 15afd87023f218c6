// Package telemetry writes what devices report into the database.
package telemetry

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"example.com/fleetwatch/internal/store"
)

const (
	batchSize = 500
	batchWait = time.Second
)

type Consumer struct {
	Source jetstream.Consumer
	Store  *store.Queries
}

// Run reads until ctx ends.
func (c *Consumer) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		messages, err := c.Source.Fetch(batchSize, jetstream.FetchMaxWait(batchWait))
		if err != nil {
			return err
		}
		c.write(ctx, c.collect(ctx, messages.Messages()))
		if err := messages.Error(); err != nil && !errors.Is(err, jetstream.ErrNoMessages) {
			slog.WarnContext(ctx, "batch ended early", "err", err)
		}
	}
	return nil
}

// collect parses a batch. What cannot be parsed never will be, so it is not delivered again.
func (c *Consumer) collect(ctx context.Context, messages <-chan jetstream.Msg) []store.InsertReadingParams {
	readings := make([]store.InsertReadingParams, 0, batchSize)
	for msg := range messages {
		reading, err := parseReading(msg.Data())
		if err != nil {
			slog.WarnContext(ctx, "reading refused", "err", err)
			refused.Add(1)
			_ = msg.Term()
			continue
		}
		readings = append(readings, reading)
		if err := msg.Ack(); err != nil {
			slog.WarnContext(ctx, "acknowledgement failed", "device", reading.DeviceID, "err", err)
		}
	}
	return readings
}

func (c *Consumer) write(ctx context.Context, readings []store.InsertReadingParams) {
	if len(readings) == 0 {
		return
	}
	batches.Add(1)
	err := c.Store.InsertReadings(ctx, readings)
	if err == nil {
		return
	}
	slog.WarnContext(ctx, "batch refused, writing one by one", "readings", len(readings), "err", err)
	split.Add(1)
	for _, reading := range readings {
		if err := c.Store.InsertReading(ctx, reading); err != nil {
			slog.ErrorContext(ctx, "reading not stored", "device", reading.DeviceID, "err", err)
		}
	}
}
