// Package enrich fills in the names of places.
package enrich

import (
	"context"
	"log/slog"
	"time"

	"example.com/fleetwatch/internal/geo"
	"example.com/fleetwatch/internal/store"
)

const batch = 200

type Loop struct {
	Store *store.Queries
	Geo   *geo.Client
	Pause time.Duration
}

// Run works until ctx ends: one position after the other, as the geocoder's terms ask.
func (l *Loop) Run(ctx context.Context) {
	for ctx.Err() == nil {
		done, err := l.round(ctx)
		if err != nil {
			slog.ErrorContext(ctx, "enrichment failed", "err", err)
		}
		if done < batch {
			select {
			case <-ctx.Done():
			case <-time.After(l.Pause):
			}
		}
	}
}

func (l *Loop) round(ctx context.Context) (int, error) {
	readings, err := l.Store.ReadingsWithoutPlace(ctx, batch)
	if err != nil {
		return 0, err
	}
	for i, r := range readings {
		place, err := l.Geo.Reverse(ctx, r.Lat, r.Lon)
		if err != nil {
			return i, err
		}
		if err := l.Store.SetPlace(ctx, r.DeviceID, r.At, place.Name); err != nil {
			return i, err
		}
	}
	return len(readings), nil
}
