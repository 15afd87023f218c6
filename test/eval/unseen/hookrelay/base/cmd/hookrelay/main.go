package main

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/hookrelay/internal/api"
	"example.com/hookrelay/internal/delivery"
	"example.com/hookrelay/internal/endpoints"
	"example.com/hookrelay/internal/seal"
)

func main() {
	if err := run(); err != nil {
		slog.Error("stopped", "err", err)
		os.Exit(1)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	key, err := hex.DecodeString(os.Getenv("HOOKRELAY_SEAL_KEY"))
	if err != nil {
		return err
	}
	box, err := seal.New(key)
	if err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, os.Getenv("HOOKRELAY_DATABASE_URL"))
	if err != nil {
		return err
	}
	defer pool.Close()

	store := endpoints.NewStore(pool, box)
	sender := delivery.NewSender(delivery.NewGuard())
	worker := delivery.NewWorker(pool, store, sender)
	go worker.Run(ctx)

	server := &http.Server{
		Addr:              listen(),
		Handler:           api.Routes(store),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
	}
	go func() {
		<-ctx.Done()
		shutdown, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = server.Shutdown(shutdown)
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func listen() string {
	if v := os.Getenv("HOOKRELAY_LISTEN"); v != "" {
		return v
	}
	return ":8080"
}
