package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/fleetwatch/internal/enrich"
	"example.com/fleetwatch/internal/geo"
	"example.com/fleetwatch/internal/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	pool, err := store.Open(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	loop := enrich.Loop{Store: store.New(pool), Geo: geo.New(os.Getenv("GEOCODER_URL")), Pause: 5 * time.Second}
	loop.Run(ctx)
}
