package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/meter-ingest/internal/httpapi"
	"example.com/meter-ingest/internal/orgs"
	"example.com/meter-ingest/internal/readings"
	"example.com/meter-ingest/internal/retention"
	"example.com/meter-ingest/internal/sites"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		slog.Error("database", "err", err)
		os.Exit(1)
	}
	defer pool.Close()
	go retention.Run(ctx, pool)

	server := &http.Server{
		Addr:              ":8080",
		Handler:           httpapi.Routes(orgs.NewStore(pool), sites.NewStore(pool), readings.NewStore(pool)),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       20 * time.Second,
		WriteTimeout:      45 * time.Second,
	}
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		<-ctx.Done()
		wait, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := server.Shutdown(wait); err != nil {
			slog.Error("shutdown", "err", err)
		}
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		slog.Error("stopped", "err", err)
		os.Exit(1)
	}
	<-closed
}
