// Package telemetry writes what devices report into the database.
package telemetry

import (
	"context"
	"log/slog"

	"github.com/nats-io/nats.go/jetstream"

	"example.com/fleetwatch/internal/store"
)

type Consumer struct {
	Source jetstream.Consumer
	Store  *store.Queries
}

// Run reads until ctx ends.
func (c *Consumer) Run(ctx context.Context) error {
	messages, err := c.Source.Messages()
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, messages.Stop)
	defer stop()
	for {
		msg, err := messages.Next()
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		c.handle(ctx, msg)
	}
}

func (c *Consumer) handle(ctx context.Context, msg jetstream.Msg) {
	reading, err := parseReading(msg.Data())
	if err != nil {
		slog.WarnContext(ctx, "reading refused", "err", err)
		_ = msg.Term()
		return
	}
	if err := c.Store.InsertReading(ctx, reading); err != nil {
		slog.ErrorContext(ctx, "reading not stored", "device", reading.DeviceID, "err", err)
		_ = msg.Nak()
		return
	}
	_ = msg.Ack()
}
