package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/ticket-office/internal/booking"
	"example.com/ticket-office/internal/httpapi"
	"example.com/ticket-office/internal/sweeper"
)

func main() {
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		slog.Error("database", "err", err)
		os.Exit(1)
	}
	defer pool.Close()

	go sweeper.Run(ctx, pool, 15*time.Minute)

	server := &http.Server{
		Addr:              ":8080",
		Handler:           httpapi.Routes(booking.NewService(pool)),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      20 * time.Second,
	}
	if err := server.ListenAndServe(); err != nil {
		slog.Error("stopped", "err", err)
		os.Exit(1)
	}
}
