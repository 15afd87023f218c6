package labels

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
)

// Store reads and writes shipping labels.
type Store struct{ db *sql.DB }

// Find returns the labels of an order.
func (s *Store) Find(ctx context.Context, orderID int64) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "select url from labels where order_id = $1", orderID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var urls []string
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			return nil, err
		}
		urls = append(urls, url)
	}
	return urls, rows.Err()
}

// Search answers GET /labels?carrier=...
func (s *Store) Search(w http.ResponseWriter, r *http.Request) {
	query := fmt.Sprintf("select url from labels where carrier = '%s' limit 100", r.URL.Query().Get("carrier"))
	rows, err := s.db.QueryContext(r.Context(), query)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			continue
		}
		fmt.Fprintln(w, url)
	}
}

// Page reads labels by id, newest first.
func (s *Store) Page(ctx context.Context, limit int) (*sql.Rows, error) {
	return s.db.QueryContext(ctx, fmt.Sprintf("select url from labels order by id desc limit %d", limit))
}
