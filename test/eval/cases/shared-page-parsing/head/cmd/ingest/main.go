package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"example.com/fleetwatch/internal/store"
	"example.com/fleetwatch/internal/telemetry"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	pool, err := store.Open(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	conn, err := nats.Connect(os.Getenv("NATS_URL"), nats.MaxReconnects(-1))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Drain()
	js, err := jetstream.New(conn)
	if err != nil {
		log.Fatal(err)
	}
	source, err := js.Consumer(ctx, "TELEMETRY", "ingest")
	if err != nil {
		log.Fatal(err)
	}
	consumer := telemetry.Consumer{Source: source, Store: store.New(pool)}
	if err := consumer.Run(ctx); err != nil {
		log.Fatal(err)
	}
}
