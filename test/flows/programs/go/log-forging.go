// --- the standard logger writes plain text
package main

import (
	"log"
	"net/http"
	"strings"
)

func login(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	log.Printf("login of %s failed", user) // ! low log-forging
	log.Println("login failed:", user) // ! low log-forging
	log.Printf("login of %q failed", user)
	log.Printf("%d characters", len(user))
	log.Println(strings.ReplaceAll(user, "\n", " "))
	log.Printf("agent %s", r.UserAgent())
}

// --- structured loggers escape
package main

import (
	"log/slog"
	"net/http"

	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

func login(logger *zap.Logger, z zerolog.Logger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user := r.FormValue("user")
		slog.Info("login failed", "user", user)
		logger.Info("login failed", zap.String("user", user))
		z.Info().Str("user", user).Msg("login failed")
		logrus.WithField("user", user).Info("login failed")
	}
}

// --- a logger of its own, errors and identifiers
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"

	"github.com/google/uuid"
)

type server struct {
	log *log.Logger
}

func newServer() *server {
	return &server{log: log.New(os.Stderr, "app ", log.LstdFlags)}
}

func (s *server) create(w http.ResponseWriter, r *http.Request) {
	var body struct{ Title string }
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		s.log.Printf("decode: %v", err)
		return
	}
	id, err := uuid.Parse(r.FormValue("id"))
	if err != nil {
		s.log.Print("bad id")
		return
	}
	s.log.Printf("created %s", id)
	s.log.Printf("created %s", body.Title) // ! low log-forging
}
